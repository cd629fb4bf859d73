"""How many objections there were in a year, how many of them were right, by department and by what was disputed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from casework.models import CaseQuerySet
from casework.rules.disputes import ABOUT_LABELS, About
from credit_platform.web.figures import rate
from objections.models import Objection
from objections.models.objections import WAS_RIGHT


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure: its word, and what must hold of an objection to be counted in it."""

    label: str
    holds: Q


COUNTED = {
    "filed": Counted("提出", ~Q(pk__in=[])),
    "answered": Counted("已答复", ~Q(outcome="")),
    "right": Counted("异议成立", WAS_RIGHT),
    "silent": Counted("来源逾期", Q(unverified_since__isnull=False)),
}


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one department, or of one disputed field; `narrows` are the parameters of the list behind them."""

    label: str
    narrows: dict[str, str]
    filed: int
    answered: int
    right: int
    silent: int

    @property
    def right_rate(self) -> str:
        """Of those that were answered."""
        return rate(self.right, self.answered)


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of a year."""

    year: int
    total: Line
    by_department: Sequence[Line]
    by_field: Sequence[Line]


def year_of(year: int, cases: CaseQuerySet) -> Year:
    """The figures of the objections filed in a year among these cases (three grouped queries). Lodged without an account and never confirmed
    is not counted; an answer that an appeal changed counts as it was changed."""
    rows = Objection.objects.counted().filter(filed_on__year=year, case__in=cases.order_by().values("pk")).order_by()
    figures = {name: Count("pk", filter=each.holds) for name, each in COUNTED.items()}
    departments = rows.values("case__department_id", "case__department__name").annotate(**figures)
    fields = rows.values("about", "label").annotate(**figures)
    by_department = [
        Line(row["case__department__name"], {"department": str(row["case__department_id"])}, *_of(row))
        for row in departments
    ]
    by_field = [Line(_named(row), _narrowed(row), *_of(row)) for row in fields]
    return Year(year, Line("合计", {}, *_of(rows.aggregate(**figures))), _sorted(by_department), _sorted(by_field))


def _of(row: Mapping[str, Any]) -> tuple[int, int, int, int]:
    return row["filed"], row["answered"], row["right"], row["silent"]


def _named(row: Mapping[str, Any]) -> str:
    about = ABOUT_LABELS[About(row["about"])]
    return f"{about}：{row['label']}" if row["about"] == About.CONTENT else about


def _narrowed(row: Mapping[str, Any]) -> dict[str, str]:
    return {"about": row["about"]} | ({"label": row["label"]} if row["about"] == About.CONTENT else {})


def _sorted(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.right, -line.filed, line.label))
