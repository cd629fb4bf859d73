"""A scheme is drawn up by one and adopted by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.utils import timezone

from assessment.sheets.models import Month, SchemeCase, SchemeLine
from assessment.sheets.rules import procedures as rules
from assessment.sheets.rules.procedures import SCHEME
from casework.actions import open_case, step, verbs
from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, Refused, refuse, required


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a scheme says beside its weights: calendar days after a month's end until it is frozen, working days to contest, the number below
    which a share is marked, the most points that deductions take and bonuses add."""

    name: str
    basis: str
    valid_from: date
    small: int = 10
    freeze_days: int = 5
    contest_days: int = 5
    floor: Decimal = Decimal(10)
    cap: Decimal = Decimal(5)


def draw_up(terms: Terms, points: Mapping[str, Decimal], *, by: User, on: date | None = None) -> Case:
    """Draw a scheme up. The credit office. Refused unless the weights (points of indicators, 0 leaves one out) are a hundred, and for a day that
    is no first of a month or lies in a month that is frozen."""
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, rules.DRAW_UP)
        if by.department is None:
            raise Refused("scheme.department", "您的账号没有所属单位，不能拟定考核方案。")
        refuse(_against(terms, points))
        case = open_case(SCHEME, subject=None, department=by.department, by=by, on=on, own=_columns(terms))
        _write(case.own, points)
    return case


def revise(
    case: Case,
    *,
    terms: Terms,
    points: Mapping[str, Decimal],
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Change a draft; who changes it becomes its drafter. Who and what is refused: as `draw_up`. From DRAFTED."""
    with step(SCHEME, case, "revise", by=by, on=on, version=version) as at:
        at.refuse(_against(terms, points))
        at.case.drafted_by = by
        for name, value in _columns(terms).items():
            setattr(at.own, name, value)
        at.detail["points"] = {code: str(each) for code, each in points.items()}
        _write(at.own, points)
    return at.case


def propose(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """A draft is ready to be looked at. The credit office, from DRAFTED."""
    with step(SCHEME, case, "propose", by=by, on=on, version=version) as at:
        at.refuse(_against(_terms(at.own), _points(at.own)))
    return at.case


def adopt(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """A scheme is adopted and holds from the month of its day on. The credit office, never who drew it up. From PROPOSED.

    Refused when that month has been frozen meanwhile: nothing is assessed by a scheme that came later.
    """
    with step(SCHEME, case, "adopt", by=by, on=on, version=version) as at:
        at.refuse(_against(_terms(at.own), _points(at.own)))
        at.case.decided_by, at.case.decided_on = by, at.on
    return at.case


def send_back(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """A scheme goes back to be changed. Who: as `adopt`. From PROPOSED."""
    with step(SCHEME, case, "send_back", by=by, on=on, version=version) as at:
        at.refuse(required(reason, "reason", "请写明需要调整的内容。", rule="scheme.reason", most=500))
        at.reason = reason.strip()
    return at.case


discard = partial(verbs.close, SCHEME, "discard", "请写明放弃的原因。")
"""A draft comes to nothing. The credit office, from DRAFTED."""


def _against(terms: Terms, points: Mapping[str, Decimal]) -> list[Finding]:
    newest = Month.objects.order_by("-first").values_list("first", flat=True).first()
    return list(rules.against_scheme(terms.name, terms.basis, points, valid_from=terms.valid_from, newest=newest))


COLUMNS = ("name", "basis", "valid_from", "small", "freeze_days", "contest_days", "floor", "cap")


def _columns(terms: Terms) -> dict[str, object]:
    return {name: getattr(terms, name) for name in COLUMNS}


def _terms(row: SchemeCase) -> Terms:
    return Terms(**{name: getattr(row, name) for name in COLUMNS})


def _points(row: SchemeCase) -> dict[str, Decimal]:
    return dict(row.lines.values_list("indicator", "points"))


def _write(row: SchemeCase, points: Mapping[str, Decimal]) -> None:
    row.lines.all().delete()
    weighed = [(code, each) for code, each in points.items() if each]
    SchemeLine.objects.bulk_create(SchemeLine(scheme=row, indicator=code, points=each) for code, each in weighed)
