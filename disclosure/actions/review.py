"""Submission and review: a second person looks at what the public will see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import F
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Forbidden, Level, Refused
from disclosure.actions.base import handed_in, locked, note, required, staff, write
from disclosure.actions.bulk import Outcome, decide
from disclosure.actions.lowering import confirmed, hold, not_awaiting, settle
from disclosure.actions.publishing import publish, publish_many
from disclosure.models import Disclosure
from disclosure.queries.evaluation import Evaluation, Evaluator
from disclosure.rules.publication import blocking, doubts, refuse
from disclosure.rules.states import State, next_state
from disclosure.rules.values import Claim


def submit(disclosure: Disclosure, *, by: Actor, on: date | None = None, version: int | None = None) -> Disclosure:
    """Hand a draft or a returned item to review.

    Who: clerk or API client of the department. From DRAFT, RETURNED. Refused when the class must be stated first or when the
    item may not be public at all; what is only said on the row to be not public, or lighter, is handed in for confirmation.
    Conflict in any other state (a second click changes nothing).
    """
    on = on or timezone.localdate()
    with acting(by):
        row = locked(disclosure, version)
        rules = Evaluator(on)
        state = _may_submit(row, rules, by=by)
        before = {"state": row.state}
        claim = rules.of(row).claim
        waits = claim is not None and (row.awaits_confirmation or not confirmed(row, claim))
        if claim is not None and waits and not row.awaits_confirmation:
            hold(row, claim, by=by)
        write(row, state=state, awaits_confirmation=waits, **handed_in(by))
        note("submit", row, before, by=by)
    return row


def submit_many(
    ids: Sequence[int], *, by: Actor, on: date | None = None, seen: Mapping[int, int] | None = None
) -> list[Outcome]:
    """Submit many; those that cannot be are told one by one, the others are written together under one audit row.

    `seen`: the versions that the person had before him; what changed since is told and left.
    """
    on = on or timezone.localdate()
    with acting(by):
        claims: dict[int, Claim] = {}
        outcomes = decide(ids, lambda row, rules: _note_claim(as_seen(row, seen), rules, claims, by=by), on)
        for each in outcomes:
            if each.ok and each.disclosure.pk in claims:
                submit(each.disclosure, by=by, on=on)
        passed = [each.disclosure.pk for each in outcomes if each.ok and each.disclosure.pk not in claims]
        if passed:
            now = timezone.now()
            Disclosure.objects.filter(pk__in=passed).update(
                state=State.SUBMITTED,
                submitted_by=staff(by),
                submitted_at=now,
                reviewed_by=None,
                reviewed_at=None,
                version=F("version") + 1,
                updated_at=now,
            )
            audit.record("disclosure.submit", by=by, members=passed, unit_id=by.department_id)
    return outcomes


def as_seen(row: Disclosure, seen: Mapping[int, int] | None) -> Disclosure:
    """The row itself; Conflict when it is no longer the version that the person saw."""
    if seen is not None and seen.get(row.pk) != row.version:
        raise Conflict(
            "disclosure.version", "该事项在您核对后已有变动，没有办理。", mend="请打开该事项核对最新内容后单独办理。"
        )
    return row


def _note_claim(row: Disclosure, rules: Evaluator, claims: dict[int, Claim], *, by: Actor) -> None:
    """Whether the row may be submitted; those with something said of them are handed in one by one."""
    _may_submit(row, rules, by=by)
    claim = rules.of(row).claim
    if claim is not None:
        claims[row.pk] = claim


def _may_submit(row: Disclosure, rules: Evaluator, *, by: Actor) -> State:
    policy.require(by, "disclosure.submit", row.source_department)
    state = next_state(row.state, "submit")
    evaluation = rules.of(row)
    if evaluation.claim is None or evaluation.claim.barred:
        _not_exempt(evaluation)
    refuse(evaluation.period.findings)
    return state


def _not_exempt(evaluation: Evaluation) -> None:
    if evaluation.exempt:
        raise Refused(
            "disclosure.exempt", f"该事项依法不公示：{evaluation.exempt}", mend="请办理“依法不公示”，记录仍在归集库中。"
        )


def return_(disclosure: Disclosure, *, by: Actor, reason: str, version: int | None = None) -> Disclosure:
    """Send an item back to the clerk with what has to be mended. Who: reviewer. From SUBMITTED, APPROVED."""
    with acting(by):
        row = locked(disclosure, version)
        policy.require(by, "disclosure.return", row.source_department)
        state = next_state(row.state, "return")
        text = required(reason, "disclosure.reason", "退回原因")
        before = {"state": row.state, "review_note": row.review_note}
        settle(row)
        write(
            row,
            state=state,
            awaits_confirmation=False,
            review_note=text,
            reviewed_by=None,
            reviewed_at=None,
            masking_confirmed=False,
            publish_from=None,
        )
        note("return", row, before, by=by, reason=text)
    return row


def approve(
    disclosure: Disclosure,
    *,
    by: Actor,
    on: date | None = None,
    text: str = "",
    confirm_masked: bool = False,
    confirm_doubts: bool = False,
    publish_from: date | None = None,
    version: int | None = None,
) -> Disclosure:
    """Approve for publication; `publish_from` (today by default) is the day on which the sweep publishes it.

    Who: a reviewer who neither drafted, nor submitted, nor last changed it. From SUBMITTED. Refused with all findings; those of
    the scanner are lifted by `confirm_masked`: checked, to be published in the masked form; warnings that the record may not
    agree with the decision by `confirm_doubts`: held against the decision, it reads so.
    """
    on = on or timezone.localdate()
    with acting(by):
        row = locked(disclosure, version)
        state = _may_approve(row, Evaluator(on), by=by, confirm_masked=confirm_masked, confirm_doubts=confirm_doubts)
        day = publish_from or on
        if day < on:
            raise _day_refused("公示日期不得早于今天。")
        if day > max(row.due_on, on):
            raise _day_refused("公示日期不得晚于公示截止日。")
        before = {"state": row.state, "masking_confirmed": row.masking_confirmed, "publish_from": row.publish_from}
        write(
            row,
            state=state,
            reviewed_by=staff(by),
            reviewed_at=timezone.now(),
            review_note=text.strip(),
            masking_confirmed=confirm_masked,
            publish_from=day,
        )
        confirmed = [each.rule for each in doubts(row.record.warnings)]
        note("approve", row, before, by=by, reason=text, detail={"confirmed": confirmed} if confirmed else None)
    return row


def _may_approve(
    row: Disclosure, rules: Evaluator, *, by: Actor, confirm_masked: bool = False, confirm_doubts: bool = False
) -> State:
    policy.require(by, "disclosure.review", row.source_department)
    state = next_state(row.state, "approve")
    not_awaiting(row)
    two_people(row, by=by)
    evaluation = rules.of(row)
    _not_exempt(evaluation)
    others = (*evaluation.period.findings, *(() if confirm_doubts else doubts(row.record.warnings)))
    refuse(blocking(evaluation.scanned, others, masking_confirmed=confirm_masked))
    return state


def _day_refused(text: str) -> Refused:
    wrong = Finding("disclosure.publish_from", Level.ERROR, text, mend="请重新选择公示日期。", field="publish_from")
    return Refused("disclosure.publish_from", text, mend=wrong.mend, findings=[wrong])


def two_people(row: Disclosure, *, by: Actor) -> None:
    """Forbidden for who drafted, submitted or last changed the item, or stated its class (also a check constraint)."""
    own = (row.drafted_by_id, row.submitted_by_id, row.changed_by_id, row.severity_said_by_id)
    if by.actor_kind == "staff" and by.actor_id in own:
        raise Forbidden(
            "disclosure.two_people",
            "不能审核本人起草、提交或修改的事项。",
            mend="请由本单位另一名审核员办理。",
        )


def approve_and_publish(
    disclosure: Disclosure,
    *,
    by: Actor,
    on: date | None = None,
    text: str = "",
    confirm_masked: bool = False,
    confirm_doubts: bool = False,
    version: int | None = None,
) -> Disclosure:
    """Approve and publish in one step: both happen, or neither. Who and errors as in `approve` and `publish`."""
    with acting(by):
        row = approve(
            disclosure,
            by=by,
            on=on,
            text=text,
            confirm_masked=confirm_masked,
            confirm_doubts=confirm_doubts,
            version=version,
        )
        return publish(row, by=by, on=on)


def approve_many(
    ids: Sequence[int], *, by: Actor, on: date | None = None, seen: Mapping[int, int] | None = None
) -> list[Outcome]:
    """Approve and publish many at once; rows with any finding stay for a look of their own, and are told one by one.

    `seen`: the versions that the person had before him; what changed since is told and left.
    """
    on = on or timezone.localdate()
    with acting(by):
        outcomes = decide(ids, lambda row, rules: _may_approve(as_seen(row, seen), rules, by=by), on)
        passed = [each.disclosure.pk for each in outcomes if each.ok]
        if not passed:
            return outcomes
        now = timezone.now()
        Disclosure.objects.filter(pk__in=passed).update(
            state=State.APPROVED,
            reviewed_by=staff(by),
            reviewed_at=now,
            review_note="",
            masking_confirmed=False,
            publish_from=on,
            version=F("version") + 1,
            updated_at=now,
        )
        audit.record("disclosure.approve", by=by, members=passed, unit_id=by.department_id)
        refused = {each.disclosure.pk: each for each in publish_many(passed, by=by, on=on) if not each.ok}
    return [refused.get(each.disclosure.pk, each) for each in outcomes]
