"""Early warning: a night over all records with every rule that has data, and back-tests of a year, beside one bare reading of the ledger."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.utils import timezone

from benchmarks.measure import Book, Figure, rows_of, undone
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Role, User
from credit_platform.audit.context import acting
from supervision.alerts import base_data
from supervision.alerts.actions import backtesting, ruling
from supervision.alerts.actions.sweeping import sweep
from supervision.alerts.models import AlertCase, AlertRule, Backtest, SweepLine

NIGHT_S, YEAR_S = 60, 600
TESTED = ("W01", "W06", "W09", "W10")
YARD = "SELECT kind, status, count(*), max(decided_on) FROM records_creditrecord GROUP BY 1, 2"


def run(book: Book) -> None:
    """A first night, which raises as many alerts as the officers can take, a second one, which changes nothing, and a year of four rules."""
    with undone():
        base_data.load()
        _let_speak()
        took, yard = _seconds(sweep), _seconds(lambda: rows_of(YARD))
        raised = AlertCase.objects.count()
        held = sum(SweepLine.objects.values_list("held", flat=True))
        rules = AlertRule.objects.speaking().count()
        note = f"{rules} rules, {raised:,} alerts raised, {held:,} held back by the budget"
        _add(book, f"a night of {rules} rules, the first", took, yard, NIGHT_S, note)
        _add(book, f"a night of {rules} rules, once more", _seconds(sweep), yard, NIGHT_S, "changes nothing")
        assert AlertCase.objects.count() == raised  # noqa: S101 - a second night of the same day
        for code in TESTED:
            test = _ordered(code)
            seconds = _seconds(partial(backtesting.run, test.pk))
            test.refresh_from_db()
            note = f"{test.alerts:,} alerts, {test.outcomes:,} outcomes"
            _add(book, f"a back-test of a year, {code}", seconds, yard, YEAR_S, note)


def _let_speak() -> None:
    """Every rule whose data are registered speaks, as if two people had let it."""
    by = User.objects.filter(roles__contains=[Role.REVIEWER]).first() or User.objects.all()[0]
    today = timezone.localdate()
    able = [rule.pk for rule in AlertRule.objects.all() if not ruling.missing_data(rule)]
    with acting(SYSTEM):
        AlertRule.objects.filter(pk__in=able).update(
            state="active", activated_by=by, activated_on=today, review_by=today + timedelta(days=365)
        )


def _ordered(code: str) -> Backtest:
    today = timezone.localdate()
    rule = AlertRule.objects.get(code=code)
    with acting(SYSTEM):
        return Backtest.objects.create(rule=rule, first=today - timedelta(days=366), last=today - timedelta(days=1))


def _seconds(do: Callable[[], object]) -> float:
    begin = time.perf_counter()
    do()
    return time.perf_counter() - begin


def _add(book: Book, name: str, took: float, yard: float, aim: int, note: str) -> None:
    book.add(
        Figure(
            "alerts", name, took * 1000, took * 1000, 1, yard="one bare reading of the ledger", yard_p50=yard * 1000,
            ratio=took / yard, aim=f"< {aim} s", reached=took < aim, note=note,
        )
    )  # fmt: skip
