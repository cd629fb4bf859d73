"""What a company sees of its own: its repairs, and what is public of it that may be repaired."""

from __future__ import annotations

from datetime import date

from casework.models import Case, CaseQuerySet
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from disclosure.kinds import REPAIRABLE
from disclosure.models import Disclosure
from records.models import Subject
from records.queries.search import merged_with
from repair.rules.procedure import REPAIR

MOST = 50


def cases_of(account: CompanyAccount) -> CaseQuerySet:
    """The repairs of a company, the latest first; those that the window took in for it among them."""
    joined = ("disclosure", "entry__credit_list", "signature")
    paths = ("department", "subject", *(f"repaircase__{each}" for each in joined))
    rows = Case.objects.of(REPAIR).shown_to(canonical_subject(account))
    return rows.select_related(*paths).order_by("-drafted_on", "-pk")


def own_items(subject: Subject, on: date) -> list[Disclosure]:
    """What is public of a subject on a day and of a kind that may be repaired, the latest first, fifty at most."""
    rows = Disclosure.objects.visible_on(on).filter(subject_id__in=merged_with(subject), kind__in=list(REPAIRABLE))
    return list(rows.select_related("authority").order_by("-decided_on", "-pk")[:MOST])
