"""What the data standards ask of schemes: does it hold, is this one of its grades, may it be public, until when does it hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property

from credit_platform.workdays.rules import add_months
from supervision.grading.models import GradeScheme

Asked = Callable[[str, date], bool]


class Schemes:
    """Every scheme by its code, read once and only when a grade is there: every form and batch of any kind makes one."""

    @cached_property
    def _rows(self) -> dict[str, list[GradeScheme]]:
        found: dict[str, list[GradeScheme]] = {}
        for row in GradeScheme.objects.received():
            found.setdefault(row.code, []).append(row)
        return found

    def on(self, code: str, day: date) -> GradeScheme | None:
        """The scheme of a code on a day, None when it does not hold; never our own, which nobody sends."""
        rows = self._rows.get(code.upper(), ())
        return next(
            (row for row in rows if row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)), None
        )


def schemes() -> Asked:
    """Whether a code is a scheme in force on a day."""
    rows = Schemes()
    return lambda code, on: rows.on(code, on) is not None


def scales() -> Asked:
    """Whether "code|grade" is a grade of the scheme on a day."""
    return _asked(lambda scheme, grade: grade in scheme.scale)


def open_grades() -> Asked:
    """Whether "code|grade" is a grade that may be public."""
    return _asked(lambda scheme, grade: grade in scheme.public_grades)


def last_days() -> Callable[[str, date], date | None]:
    """The last day of a grade that was given on a day under the scheme of a code; None where the scheme sets no months."""
    rows = Schemes()

    def answer(code: str, on: date) -> date | None:
        scheme = rows.on(code, on)
        return add_months(on, scheme.months) if scheme is not None and scheme.months else None

    return answer


def _asked(holds: Callable[[GradeScheme, str], bool]) -> Asked:
    rows = Schemes()

    def answer(key: str, on: date) -> bool:
        code, _, grade = key.partition("|")
        scheme = rows.on(code, on)
        return scheme is not None and holds(scheme, grade)

    return answer
