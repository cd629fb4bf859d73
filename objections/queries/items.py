"""What an objection's pages read: the fields of an item, the last days of the course, what is open for a company."""

from __future__ import annotations

from datetime import date

from casework.models import Case, CaseQuerySet
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.workdays.queries import calendar
from disclosure.models import Disclosure
from disclosure.queries.public import sheet
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


def choices_of(item: Disclosure) -> list[tuple[str, str]]:
    """The fields that an item shows, with what they say, for a choice."""
    return [(line.code, f"{line.label}：{line.value[:60]}") for line in sheet(item)]


def dates_shown(objection: Objection) -> list[tuple[str, date]]:
    """The last days that are known, by name, in their order."""
    found = last_days(objection, calendar())
    return [(name, day) for name, key in NAMES if (day := getattr(found, key)) is not None]


def cases_of(account: CompanyAccount) -> CaseQuerySet:
    """The objections to what is public of a company, the latest first; those that the window took in for it among them."""
    rows = Case.objects.of(OBJECTION).shown_to(canonical_subject(account))
    return rows.select_related("department", "subject", "objection__disclosure").order_by("-drafted_on", "-pk")
