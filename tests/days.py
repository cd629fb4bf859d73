"""The day before, the day, the day after: where most mistakes of date rules are. For every test of a rule that asks a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

ONE = timedelta(days=1)


def around(day: date, answers: Callable[[date], object]) -> tuple[object, object, object]:
    """What a rule answers on the day before, on the day and on the day after."""
    return answers(day - ONE), answers(day), answers(day + ONE)
