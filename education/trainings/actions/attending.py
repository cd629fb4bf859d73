"""Who comes: a company takes seats, the desk enters who was there, another person confirms it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import time

from django.utils import timezone

from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, at_field, refuse, required
from education.actions.base import CHECK, DRAFT, LEARN
from education.trainings import rules
from education.trainings.actions.planning import grown, locked, tell
from education.trainings.models import Invitation, Seat, Training
from education.trainings.queries import reached, seats_taken
from records.identifiers.names import mask_person_name
from records.models import Subject


def accept(invitation: Invitation, *, seats: int, by: CompanyAccount) -> Invitation:
    """A company takes seats of a session that it was invited to.

    Raises Conflict when they are taken, when it has answered before and when the session is over; Forbidden for another's invitation.
    """
    with acting(by):
        policy.require(by, LEARN)
        training = Training.objects.select_for_update().get(pk=invitation.training_id)
        row = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if row.subject_id not in {by.subject_id, canonical_subject(by).pk}:
            raise Forbidden("training.own", "只能办理本单位的邀请。")
        if row.answered_at is not None:
            raise Conflict("training.answered", "已经预约过这一期培训。")
        if training.state != rules.State.ANNOUNCED or training.on < timezone.localdate():
            raise Conflict("training.state", "这一期培训现在不接受预约。")
        if not 1 <= seats <= rules.SEATS_MOST:
            refuse([at_field("training.seats", "seats", f"席位为1至{rules.SEATS_MOST}个。")])
        left = training.capacity - seats_taken(training)
        if seats > left:
            raise Conflict("training.full", f"剩余席位{left}个，不够预约。", mend="请减少席位，或者等候下一期。")
        row.seats, row.answered_by, row.answered_at = seats, by, timezone.now()
        row.save(update_fields=["seats", "answered_by", "answered_at"])
        audit.record("education.training_accept", row, by=by, after={"seats": seats}, unit_id=training.department_id)
        return row


def enter(training: Training, *, subject: Subject, name: str, came: time, left: time, by: User) -> Seat:
    """Enter somebody who came for a subject, with the minutes present. Raises Refused for times out of order, Conflict, Forbidden."""
    with acting(by):
        row = locked(training, by, DRAFT)
        if row.state != rules.State.ANNOUNCED:
            raise Conflict("training.state", f"培训{row.get_state_display()}，不能登记签到。")
        if row.on > timezone.localdate():
            raise Conflict("training.early", "培训日期还没有到，不能登记签到。")
        against = [] if left > came else [at_field("training.times", "left", "签退时间应晚于签到时间。")]
        refuse([*required(name, "name", "请填写参加人员姓名。", rule="training.name", most=40), *against])
        seat = Seat.objects.create(
            training=row,
            subject=subject,
            name_masked=mask_person_name(name.strip()),
            came=came,
            left=left,
            entered_by=by,
        )
        grown(row)
        tell("enter", row, by, after={"seat": seat.pk})
        return seat


def strike(seat: Seat, *, by: User) -> None:
    """Take back a seat that was entered by mistake, before it is confirmed; the row stays, struck. Raises Conflict, Forbidden."""
    with acting(by):
        row = locked(seat.training, by, DRAFT)
        if row.state != rules.State.ANNOUNCED:
            raise Conflict("training.state", f"培训{row.get_state_display()}，不能更改签到。")
        Seat.objects.filter(pk=seat.pk, struck_at__isnull=True).update(struck_at=timezone.now())
        grown(row)
        tell("strike", row, by, after={"seat": seat.pk})


def hold(training: Training, *, by: User, seen: str) -> Training:
    """The session took place and everybody is entered. Raises Conflict before its day and without a single seat, Forbidden."""
    with acting(by):
        row = locked(training, by, DRAFT, seen)
        state = rules.next_state(rules.State(row.state), "hold")
        if row.on > timezone.localdate():
            raise Conflict("training.early", "培训日期还没有到。")
        if not row.seats.counted().exists():
            raise Conflict("training.nobody", "还没有登记签到。", mend="请先登记参加的人员；没有举办的，请取消。")
        row.state, row.entered_by = state.value, by
        grown(row)
        tell("hold", row, by)
        return row


def close(training: Training, *, by: User, seen: str) -> Training:
    """Another person confirms the attendance; coverage is frozen with today as the day of reference. Raises Forbidden, Conflict."""
    with acting(by):
        row = locked(training, by, CHECK, seen)
        state = rules.next_state(rules.State(row.state), "close")
        _second_person(row, by)
        row.state, row.confirmed_by = state.value, by
        row.reference_on, row.coverage = timezone.localdate(), asdict(reached(row))
        grown(row)
        tell("close", row, by, after=row.coverage)
        return row


def return_(training: Training, *, reason: str, by: User, seen: str) -> Training:
    """Give the attendance back with what is to be mended. Raises Refused without words, Forbidden, Conflict."""
    with acting(by):
        row = locked(training, by, CHECK, seen)
        state = rules.next_state(rules.State(row.state), "return")
        _second_person(row, by)
        refuse(required(reason, "note", "请写明退回原因。", rule="training.note", most=300))
        row.state, row.note, row.entered_by = state.value, reason.strip(), None
        grown(row)
        tell("return", row, by, reason=row.note)
        return row


def _second_person(row: Training, by: User) -> None:
    entered = set(row.seats.counted().values_list("entered_by_id", flat=True)) | {row.entered_by_id}
    if by.pk in entered:
        raise Forbidden("training.two_people", "登记签到的人不能确认。", mend="请由另一名审核人员办理。")
