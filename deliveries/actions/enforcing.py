"""The case against a recipient that is late, each verb one step of the kit, each told to its department."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from casework.actions import At, hearing, step
from casework.actions.opening import open_many
from casework.models import Case, Notice
from casework.queries.clocks import days_of
from credit_platform.accounts.actions.clients import pause_api_client, resume_api_client
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.errors import Forbidden, required
from deliveries.models import Delivery, DeliveryCase
from deliveries.queries import Lateness
from deliveries.rules import enforcement as rules
from deliveries.rules.deliveries import ARTICLE, ORDER_DAYS, REMIND_DAYS
from deliveries.rules.enforcement import ENFORCEMENT


def remind(late: Collection[Lateness], *, on: date, by: Actor) -> list[Case]:
    """Begin a case against each recipient that is late and has none, with a notice to its department. The sweep, in its transaction."""
    days = days_of(ENFORCEMENT, "remind", on=on, otherwise=REMIND_DAYS)
    own = [{"recipient": each.recipient, "late": each.count, "oldest_on": each.oldest} for each in late]
    begun = [(None, each.recipient.department, row) for each, row in zip(late, own, strict=True)]
    cases = open_many(ENFORCEMENT, begun, by=by, on=on, days=days)
    Notice.objects.bulk_create(
        Notice(
            case=case,
            kind="reminded",
            on=on,
            department=case.department,
            text=rules.reminder(each.count, each.oldest),
        )
        for case, each in zip(cases, late, strict=True)
    )
    return cases


def order(
    case: Case, *, document_number: str, reason: str, by: User, on: date | None = None, version: str | None = None
) -> Case:
    """Order the recipient to update within the days of the profile. Credit office, from REMINDED, who becomes the drafter. Refused before the
    days of the reminder are over, without a number of the document and without a reason."""
    with step(ENFORCEMENT, case, "order", by=by, on=on, version=version) as at:
        number = required(
            document_number, "document_number", "请填写责令更新文书号。", rule="delivery.number", most=128
        )
        why = required(reason, "reason", "请写明未更新的情况和要求。", rule="delivery.reason", most=300)
        at.refuse([*rules.against_haste(at.case.due_on, at.on), *number, *why])
        at.own.order_number, at.reason, at.basis = document_number.strip(), reason.strip(), ARTICLE
        at.case.drafted_by = by
        at.due(days_of(ENFORCEMENT, "order", on=at.on, otherwise=ORDER_DAYS))
        _tell(at, "ordered", f"责令更新（{at.own.order_number}）：{at.reason}")
    return at.case


def pause(
    case: Case, *, document_number: str, reason: str, by: User, on: date | None = None, version: str | None = None
) -> Case:
    """Pause what the recipient may take out. Credit office, never who ordered, from ORDERED. Refused before the days of the order are over, for
    who has no key, and when nothing is late any more."""
    with step(ENFORCEMENT, case, "pause", by=by, on=on, version=version) as at:
        client = at.own.recipient.client
        against = [
            *rules.against_haste(at.case.due_on, at.on),
            *rules.against_pausing(has_key=client is not None, late=late_of(at)),
            *required(reason, "reason", "请写明暂停共享的理由。", rule="delivery.reason", most=300),
        ]
        hearing.decide(at, document_number=document_number, against=against)
        at.reason, at.basis, at.own.paused_at = reason.strip(), ARTICLE, timezone.now()
        pause_api_client(client, by=by, reason=f"{at.case.number}：{at.reason}")
        _tell(
            at,
            "paused",
            f"已暂停共享（{at.case.document_number}）：{at.reason}更新完毕并回执后，可向市信用办申请恢复。",
        )
    return at.case


def apply(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Ask for the pause to end. Credit office, from PAUSED. Refused while something is late, and without a reason."""
    with step(ENFORCEMENT, case, "apply", by=by, on=on, version=version) as at:
        why = required(reason, "reason", "请写明核对的情况。", rule="delivery.reason", most=500)
        at.refuse([*rules.against_resuming(late_of(at)), *why])
        at.own.asked_by, at.reason = by, reason.strip()
    return at.case


def resume(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The pause ends at once. Credit office, never who asked for it, from RESUMING. Forbidden for that one; Refused while something is late."""
    with step(ENFORCEMENT, case, "resume", by=by, on=on, version=version) as at:
        _second(at, by)
        hearing.close(at, reason=reason, words="请写明核准恢复的理由。")
        at.refuse(rules.against_resuming(late_of(at)))
        at.own.resumed_by, at.own.resumed_at = by, timezone.now()
        resume_api_client(at.own.recipient.client, by=by, reason=f"{at.case.number}：{at.reason}")
        _tell(at, "resumed", "已恢复共享。")
    return at.case


def deny(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The pause stands. Credit office, never who asked for its end, from RESUMING. Refused without a reason."""
    with step(ENFORCEMENT, case, "deny", by=by, on=on, version=version) as at:
        _second(at, by)
        at.refuse(required(reason, "reason", "请写明还需要做什么。", rule="delivery.reason", most=300))
        at.own.asked_by, at.reason = None, reason.strip()
        _tell(at, "denied", f"暂不恢复共享：{at.reason}")
    return at.case


def settle(recipients: Collection[int], *, on: date | None = None) -> int:
    """End the cases of those among these recipients of whom nothing is late any more; how many. In the transaction of who found it so."""
    on = on or timezone.localdate()
    states = [state for state, verb in ENFORCEMENT.moves if verb == "settle"]
    late = Delivery.objects.late(on).filter(recipient__in=recipients).values("recipient")
    rows = DeliveryCase.objects.filter(recipient__in=recipients, is_open=True, case__state__in=states)
    current = list(rows.exclude(recipient__in=late).select_related("case").order_by("pk"))
    for each in current:
        with step(ENFORCEMENT, each.case, "settle", by=SYSTEM, on=max(on, each.case.moved_on)) as at:
            at.case.closed_why = at.reason = "逾期的信息已全部回执。"
    return len(current)


def late_of(at: At) -> int:
    """How many deliveries of the case's recipient are late on the day of the step."""
    return Delivery.objects.late(at.on).filter(recipient=at.own.recipient_id).count()


def _second(at: At, by: User) -> None:
    if at.own.asked_by_id == by.pk:
        raise Forbidden("delivery.two_people", "提请恢复的人不能核准。", mend="请由信用办另一名人员办理。")


def _tell(at: At, kind: str, text: str) -> None:
    Notice.objects.create(case=at.case, kind=kind, on=at.on, department=at.case.department, text=text[:500])
