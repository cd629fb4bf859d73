"""What an objection's pages read: the last days of the course, its pauses, what there is of a company."""

from __future__ import annotations

from datetime import date

from casework.models import Case, CaseQuerySet
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.web.formats import cn_date
from credit_platform.workdays.queries import calendar
from objections.models import Objection
from objections.queries.profiles import last_days
from objections.rules.procedure import OBJECTION

NAMES = (
    ("受理期限", "accept_due"),
    ("转办期限", "forward_due"),
    ("核实期限", "source_due"),
    ("答复期限", "final_due"),
    ("总期限", "hard_limit"),
)


def dates_shown(objection: Objection) -> list[tuple[str, date]]:
    """The last days that are known, by name, in their order."""
    found = last_days(objection, calendar())
    return [(name, day) for name, key in NAMES if (day := getattr(found, key)) is not None]


def pauses_of(case: Case) -> list[str]:
    """The intervals that were not counted, in words."""
    return [
        f"{each.why}：{cn_date(each.asked_on)}的次日起，"
        + (f"至{cn_date(each.until)}（含当日）不计入期限" if each.until else "期限暂停计算")
        for each in case.pauses.all()
    ]


def followed_case(pk: int | None) -> Case | None:
    """The objection that a visitor has opened by number and code."""
    rows = Case.objects.of(OBJECTION).select_related("department", "subject", "objection__disclosure")
    return rows.filter(pk=pk).first() if pk else None


def cases_of(account: CompanyAccount) -> CaseQuerySet:
    """The objections to what is public of a company, the latest first; those that the window took in for it among them."""
    rows = Case.objects.of(OBJECTION).shown_to(canonical_subject(account))
    return rows.select_related("department", "subject", "objection__disclosure").order_by("-drafted_on", "-pk")
