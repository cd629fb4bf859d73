"""What is not public by law, and what has to be stated by the authority: the class, the day of performance."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused
from disclosure.actions.base import announce, handed_in, locked, note, required, staff, write
from disclosure.actions.lowering import hold, settle
from disclosure.actions.publishing import explained
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.queries.evaluation import STATED_HERE, Evaluation, Evaluator
from disclosure.rules.publication import refuse
from disclosure.rules.states import LABELS, State, next_state
from disclosure.rules.values import EXEMPTION, Claim

SEVERITIES = ("轻微", "一般", "严重")
STATABLE = (State.DRAFT, State.RETURNED, State.SUBMITTED)
PERFORMABLE = (*STATABLE, State.APPROVED, State.PUBLISHED, State.SUSPENDED)


def exempt(disclosure: Disclosure, *, by: Actor, reason: str, version: int | None = None) -> Disclosure:
    """Say that an item is not public by law. It awaits review until another person has confirmed it; the seven days run on.

    Who: reviewer, credit office. From DRAFT, SUBMITTED, RETURNED; a reason is due.
    """
    with acting(by):
        row = locked(disclosure, version)
        policy.require(by, "disclosure.exempt", row.source_department)
        state = next_state(row.state, "exempt")
        text = required(reason, "disclosure.reason", "不公示的法定理由", "《政府信息公开条例》第十四条、第十五条")
        before = {"state": row.state}
        hold(row, Claim(EXEMPTION, f"依法不公示：{text}"), by=by, reason=text)
        write(row, state=state, awaits_confirmation=True, **handed_in(by))
        note("exempt", row, before, by=by, reason=text)
    return row


def reopen(disclosure: Disclosure, *, by: Actor, reason: str, version: int | None = None) -> Disclosure:
    """Take an exempt item back into work; the seven days were never stopped. Who: reviewer, credit office. From EXEMPT."""
    with acting(by):
        row = locked(disclosure, version)
        policy.require(by, "disclosure.reopen", row.source_department)
        state = next_state(row.state, "reopen")
        text = required(reason, "disclosure.reason", "恢复办理的理由")
        before = {"state": row.state, "ended_why": row.ended_why}
        settle(row)
        write(row, state=state, ended_why="", reviewed_by=None, reviewed_at=None)
        note("reopen", row, before, by=by, reason=text)
    return row


def state_severity(
    disclosure: Disclosure,
    *,
    by: Actor,
    severity: str,
    basis: str,
    on: date | None = None,
    version: int | None = None,
) -> Disclosure:
    """Write down the class that the deciding authority states, with its basis.

    Who: clerk, reviewer. In DRAFT, RETURNED, SUBMITTED. Refused when the law ties the kinds of penalty to a heavier class. One that is
    lighter than they are, or not public (轻微), awaits review until another person has confirmed it.
    """
    on = on or timezone.localdate()
    with acting(by):
        row = locked(disclosure, version)
        policy.require(by, "disclosure.state_severity", row.source_department)
        _in(row, STATABLE)
        if severity not in SEVERITIES:
            raise Refused("severity.unknown", "失信严重程度只能填轻微、一般或严重。")
        text = required(basis, "severity.basis", "认定依据")
        before: dict[str, Any] = {
            "severity": row.severity,
            "severity_stated_by": row.severity_stated_by,
            "state": row.state,
        }
        row.severity, row.severity_stated_by = severity, STATED_HERE
        evaluation = Evaluator(on).of(row)
        if evaluation.claim is not None and evaluation.claim.barred:
            refuse(evaluation.period.findings)
        values: dict[str, Any] = {
            "severity": severity,
            "severity_stated_by": STATED_HERE,
            "severity_said_by": staff(by),
            "rule_set": evaluation.period.rule_set,
        }
        write(row, **values, **_held(row, evaluation, by=by, reason=text))
        note("state_severity", row, before, by=by, reason=text)
    return row


def _held(row: Disclosure, evaluation: Evaluation, *, by: Actor, reason: str) -> dict[str, Any]:
    """How the item stands after a class was stated: as it was, waiting for a second person, or exempt by a rule."""
    if evaluation.claim is None:
        settle(row)
        if evaluation.exempt:
            return {
                "state": next_state(row.state, "set_aside"),
                "ended_why": evaluation.exempt[:300],
                "awaits_confirmation": False,
            }
        return {"awaits_confirmation": False}
    hold(row, evaluation.claim, by=by, reason=reason)
    if evaluation.exempt:
        return {"state": next_state(row.state, "exempt"), "awaits_confirmation": True, **handed_in(by)}
    return {"awaits_confirmation": True}


def state_performance(
    disclosure: Disclosure,
    *,
    by: Actor,
    performed_on: date,
    proof: str,
    on: date | None = None,
    version: int | None = None,
) -> Disclosure:
    """Write down on which day the duty was performed and the conduct corrected: repair cannot be asked for before it, and where a
    ministry's rule keeps what is unperformed, the period ends with it (trap 36).

    Who: clerk, reviewer. The end of a published item is reckoned again; no clock starts anew.
    """
    on = on or timezone.localdate()
    with acting(by):
        row = locked(disclosure, version)
        policy.require(by, "disclosure.state_performance", row.source_department)
        _in(row, PERFORMABLE)
        text = required(proof, "performance.proof", "履行、纠正的证明材料")
        if not row.decided_on <= performed_on <= on:
            raise Refused("performance.day", "履行日期应在决定日期与今天之间。", mend="请核对履行完毕的日期。")
        before: dict[str, Any] = {"performed_on": row.performed_on, "ends_on": row.ends_on}
        row.performed_on = performed_on
        values: dict[str, Any] = {"performed_on": performed_on}
        if row.published_on is not None:
            evaluation = Evaluator(on).of(row)
            period = evaluation.period
            values |= {
                "earliest_repair_on": period.earliest_repair_on,
                "ends_on": period.ends_on,
                "waits_for_performance": period.waits,
                "ends_explained": explained(period, evaluation.beside),
            }
        write(row, **values)
        if row.state == State.PUBLISHED:
            announce(Verb.CHANGED, row, by=by)
        note("state_performance", row, before, by=by, reason=text)
    return row


def _in(row: Disclosure, states: tuple[State, ...]) -> None:
    if State(row.state) not in states:
        raise Conflict(
            "disclosure.state",
            f"该公示事项当前为“{LABELS[State(row.state)]}”，不能进行此操作。",
            mend="请刷新页面，按最新状态处理。",
        )
