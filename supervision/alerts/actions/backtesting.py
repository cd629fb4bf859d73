"""A rule replayed over a period: ordered at the desk, done by a worker in steps, cancelled by the credit office.

It raises nothing and tells nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, DomainError, refuse
from credit_platform.pg import alone
from supervision.alerts.actions.ruling import missing_data
from supervision.alerts.models import AlertRule, Backtest, Firing, Miss
from supervision.alerts.queries import receivers
from supervision.alerts.queries.knowledge import Asked, gathered
from supervision.alerts.queries.levels import levels
from supervision.alerts.queries.outcomes import outcomes
from supervision.alerts.rules import ruling as rules
from supervision.alerts.rules.folding import Figures, figures, firings, weekly
from supervision.alerts.rules.folding import Firing as Said
from supervision.alerts.rules.ruling import DRAFT, BacktestState

MOST_TRIES = 3
LOCK = 0x425443
PARTS = 10
"""Steps in which the days are replayed, each of a part of the subjects."""
BATCH = 2000


class _Stopped(Exception):
    """Somebody has cancelled it."""


def order(rule: AlertRule, *, first: date, last: date, by: User) -> Backtest:
    """Order a back-test of a version. Credit office. Refused for days that are not over, and while its data are not registered;
    Conflict while one waits or runs."""
    with acting(by):
        policy.require(by, DRAFT)
        row = AlertRule.objects.select_for_update().get(pk=rule.pk)
        rules.next_rule_state(row.state, "backtest")
        refuse(
            [
                *rules.against_period(first, last, today=timezone.localdate()),
                *rules.against_activation(missing_data(row), backtested=True),
            ]
        )
        if row.backtests.open().exists():
            raise Conflict("backtest.open", "该规则正在回测。", mend="请等它完成，或者取消后再提交。")
        made = Backtest.objects.create(rule=row, first=first, last=last, ordered_by=by)
        audit.record("alerts.backtest.order", made, by=by, after={"rule": str(row), "first": first, "last": last})
    return made


def cancel(test: Backtest, *, by: User) -> Backtest:
    """Stop a back-test; nothing of it is kept but that it was. Credit office. Conflict when it has ended."""
    with acting(by):
        policy.require(by, DRAFT)
        return _ended(test.pk, "cancel", by=by)


def run(pk: int) -> Backtest:
    """Replay a back-test from its beginning; each step tells how far it has come and asks whether somebody has cancelled it.

    What a killed worker left is done anew; after MOST_TRIES it is given up with a reason, as one is whose version was retired meanwhile. One that
    another worker is at is left alone.
    """
    with alone(LOCK, pk) as free:
        test = _started(pk) if free else None
        if test is not None:
            try:
                _replay(test)
            except _Stopped:
                pass
            except DomainError as refusal:
                _ended(pk, "fail", by=SYSTEM, why=refusal.text)
            except DatabaseError:
                _ended(pk, "fail", by=SYSTEM, why="数据库没有完成查询，请缩短回测期间后重试。")
                raise
    return Backtest.objects.get(pk=pk)


def _started(pk: int) -> Backtest | None:
    with transaction.atomic():
        rows = Backtest.objects.select_for_update(skip_locked=True, of=("self",)).select_related("rule__department")
        row = rows.filter(pk=pk, state__in=rules.BACKTESTS_OPEN).first()
        if row is None:
            return None
        row.state, row.tries = rules.next_backtest_state(row.state, "start").value, row.tries + 1
        row.position, row.total = 0, PARTS + 2
        row.save(update_fields=["state", "tries", "position", "total"])
    if row.tries > MOST_TRIES:
        _ended(pk, "fail", by=SYSTEM, why="多次中断，没有完成。")
        return None
    return row


def _replay(test: Backtest) -> None:
    """What was known is gathered once, the days of a part of the subjects are one step; then what it was worth."""
    rule, fired = test.rule, list[Said]()
    with gathered([Asked.of(rule)], test.first, test.last):
        _step(test, 1)
        for part in range(PARTS):
            steps = levels(rule.pk, test.first, test.last, part=part, parts=PARTS)
            fired += firings(steps, threshold=rule.threshold, clear_threshold=rule.clear_threshold)
            _step(test, part + 2)
    today = timezone.localdate()
    until = min(test.last + timedelta(days=rule.horizon_days), today)
    happened = outcomes(rule.outcomes, test.first, until)
    worth = figures(fired, happened, horizon=rule.horizon_days, known_until=today, last=test.last)
    _kept(test, fired, worth)


def _step(test: Backtest, position: int) -> None:
    moved = Backtest.objects.filter(pk=test.pk, state=BacktestState.RUNNING).update(position=position)
    if not moved:
        raise _Stopped


def _kept(test: Backtest, fired: Sequence[Said], worth: Figures) -> None:
    days = (test.last - test.first).days + 1
    with acting(SYSTEM):
        row = Backtest.objects.select_for_update().get(pk=test.pk)
        if row.state != BacktestState.RUNNING:
            raise _Stopped
        row.firings.all().delete()
        row.misses.all().delete()
        Firing.objects.bulk_create(
            [
                Firing(rule=test.rule, backtest=row, subject_id=each.subject, on=each.day, level=each.level)
                for each in fired
            ],
            batch_size=BATCH,
        )
        Miss.objects.bulk_create(
            Miss(backtest=row, subject_id=each.subject, on=each.day, what=each.what, position=place)
            for place, each in enumerate(worth.misses, 1)
        )
        for name in ("alerts", "subjects", "decided", "followed", "outcomes", "foreseen", "lead_days"):
            setattr(row, name, getattr(worth, name))
        row.weekly = weekly(worth.alerts, days=days, officers=receivers.hands(test.rule))
        row.save()
        _ended(row.pk, "finish", by=SYSTEM)
        rule = AlertRule.objects.select_for_update().get(pk=test.rule_id)
        before = {"state": rule.state}
        rule.state = rules.next_rule_state(rule.state, "backtest").value
        rule.save(update_fields=["state"])
        audit.record("alerts.rule.backtest", rule, by=SYSTEM, before=before, after={"state": rule.state})


def _ended(pk: int, verb: str, *, by: Actor, why: str = "") -> Backtest:
    with acting(by):
        row = Backtest.objects.select_for_update().get(pk=pk)
        row.state = rules.next_backtest_state(row.state, verb).value
        row.why, row.finished_at = why, timezone.now()
        if verb == "finish":
            row.position = row.total
        row.save(update_fields=["state", "why", "finished_at", "position"])
        audit.record("alerts.backtest.end", row, by=by, after={"state": row.state}, reason=why)
    return row
