"""The verbs of a rule: a new version, silent trial, speaking, silence, renewal, end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, refuse, required
from credit_platform.web.once import require_version
from supervision.alerts.models import AlertRule
from supervision.alerts.queries.conditions import condition_of
from supervision.alerts.rules import ruling as rules
from supervision.alerts.rules.ruling import ACTIVATE, DRAFT, RuleState

NUMBERS = (
    "window_days", "threshold", "clear_threshold", "ack_days", "handle_days", "cooldown_days", "horizon_days",
    "weekly_budget", "false_share", "false_least",
)  # fmt: skip
WORDS = ("name", "severity", "receiver", "department", "outcomes", "advice", "basis", "owner", "parameters")
UNSPOKEN = (RuleState.DRAFT, RuleState.BACKTESTED)
"""A version that was never asked at night may still be written over; its back-tests then say nothing of it any more."""


def revise(rule: AlertRule, *, given: Mapping[str, Any], by: User, version: str | None = None) -> AlertRule:
    """Write the numbers and words of a rule anew (`NUMBERS`, `WORDS`): of a version that never spoke in place, else as the next version.

    Credit office. Refused with all findings for numbers out of bounds, without advice or basis; Conflict when it was changed since `version`, or
    when it would be written over while it is back-tested.
    """
    with acting(by):
        policy.require(by, DRAFT)
        row = _locked(rule, version)
        refuse(
            [
                *rules.against_numbers({name: given.get(name, getattr(row, name)) for name in NUMBERS}),
                *rules.against_words(*(given.get(name, getattr(row, name)) for name in ("name", "advice", "basis"))),
            ]
        )
        before = {name: getattr(row, name) for name in NUMBERS}
        if RuleState(row.state) not in UNSPOKEN:
            last = AlertRule.objects.filter(code=row.code).aggregate(last=Max("version"))["last"]
            row = AlertRule(**{name: getattr(row, name) for name in (*NUMBERS, *WORDS, "code", "condition")})
            row.version = last + 1
        elif row.backtests.open().exists():
            # What comes of it would be of the numbers before, and would take the new ones on.
            raise Conflict("alert_rule.tested", "该规则正在回测。", mend="请等它完成，或者取消后再修改。")
        for name in (*NUMBERS, *WORDS):
            if name in given:
                setattr(row, name, given[name])
        row.state, row.state_why, row.drafted_by = RuleState.DRAFT.value, "", by
        row.updated_at = timezone.now()
        row.save()
        after = {name: getattr(row, name) for name in NUMBERS} | {"version": row.version}
        audit.record("alerts.rule.revise", row, by=by, before=before, after=after, basis=row.basis)
    return row


def shadow(rule: AlertRule, *, by: User, version: str | None = None) -> AlertRule:
    """Let a version run silently every night: what it would have said is kept, and nobody is told. Credit office, from BACKTESTED.

    Who proposes a version that nobody wrote (those of the installation) stands as its first person. Refused while its data are not registered.
    """
    with acting(by):
        policy.require(by, DRAFT)
        row = _locked(rule, version)
        state = rules.next_rule_state(row.state, "shadow")
        refuse(rules.against_activation(missing_data(row), backtested=True))
        if row.drafted_by_id is None:
            row.drafted_by = by
        return _moved(row, state, "shadow", by=by)


def activate(rule: AlertRule, *, by: User, on: date | None = None, version: str | None = None) -> AlertRule:
    """Let a version speak from tonight on, until its owner must renew it; the version before it is retired in the same transaction.

    Credit office, never who wrote or proposed it (Forbidden). From SHADOW and PAUSED. Refused while its data are not registered or this very
    version was not back-tested to the end.
    """
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, ACTIVATE)
        row = _locked(rule, version)
        state = rules.next_rule_state(row.state, "activate")
        if row.drafted_by_id == by.pk:
            raise Forbidden(
                "alert_rule.two_people", "草拟或者提出规则的人不能启用它。", mend="请由市信用办另一名人员启用。"
            )
        refuse(rules.against_activation(missing_data(row), backtested=row.backtests.done().exists()))
        for former in (
            AlertRule.objects.select_for_update().filter(code=row.code, state=RuleState.ACTIVE).exclude(pk=row.pk)
        ):
            _moved(former, rules.next_rule_state(former.state, "retire"), "retire", by=by, why="由新版本替代。")
        row.activated_by, row.activated_on, row.review_by = by, on, rules.renewed_until(on)
        row.firings.filter(backtest__isnull=True, ended_on__isnull=True).update(ended_on=on)
        return _moved(row, state, "activate", by=by)


def pause(rule: AlertRule, *, why: str, by: Actor = SYSTEM, version: str | None = None) -> AlertRule:
    """Silence a version: open alerts stay, no new one is raised. Credit office, the platform. From ACTIVE and SHADOW. Refused without a reason."""
    with acting(by):
        policy.require(by, "alerts.rules.pause")
        row = _locked(rule, version)
        state = rules.next_rule_state(row.state, "pause")
        refuse(required(why, "why", "请写明停用的理由。", rule="alert_rule.why", most=300))
        return _moved(row, state, "pause", by=by, why=why.strip())


def renew(rule: AlertRule, *, by: User, on: date | None = None, version: str | None = None) -> AlertRule:
    """The owner has looked at a rule again: it speaks for another year. Credit office, from ACTIVE."""
    with acting(by):
        policy.require(by, DRAFT)
        row = _locked(rule, version)
        state = rules.next_rule_state(row.state, "renew")
        row.review_by = rules.renewed_until(on or timezone.localdate())
        return _moved(row, state, "renew", by=by)


def retire(rule: AlertRule, *, why: str, by: User, version: str | None = None) -> AlertRule:
    """End a version for good; its alerts and figures stay. Credit office. Refused without a reason."""
    with acting(by):
        policy.require(by, DRAFT)
        row = _locked(rule, version)
        state = rules.next_rule_state(row.state, "retire")
        refuse(required(why, "why", "请写明废止的理由。", rule="alert_rule.why", most=300))
        return _moved(row, state, "retire", by=by, why=why.strip())


def pause_overdue(on: date) -> int:
    """Silence the rules that nobody renewed in time; how many."""
    late = list(AlertRule.objects.to_renew(on))
    for rule in late:
        pause(rule, why="超过复审期限未续期，自动停用。")
    return len(late)


def missing_data(rule: AlertRule) -> list[str]:
    """Kinds of records that a rule reads and no registered data standard gives."""
    return condition_of(rule.condition).missing(rule.parameters)


def _locked(rule: AlertRule, version: str | None) -> AlertRule:
    row = AlertRule.objects.select_for_update().get(pk=rule.pk)
    if version is not None:
        require_version(row, version)
    return row


def _moved(row: AlertRule, state: RuleState, verb: str, *, by: Actor, why: str = "") -> AlertRule:
    before = {"state": row.state}
    row.state, row.state_why, row.updated_at = state.value, why, timezone.now()
    row.save()
    after = {"state": row.state, "review_by": row.review_by}
    audit.record(f"alerts.rule.{verb}", row, by=by, before=before, after=after, reason=why)
    return row
