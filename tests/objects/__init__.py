"""The true objects behind the words in angle brackets of the role table: all of the market bureau."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from companies.tests.factories import ActiveFactory
from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from deliveries.tests.factories import late_case
from disclosure.actions.objections import object_to
from disclosure.models import Disclosure, DisclosureQuerySet
from lookups.tests import factories as lookups
from patrols.tests.factories import alarmed
from records.actions import propose_merge
from records.models import CatalogueEntry, Subject
from records.tests.factories import MistypedSubjectFactory
from reports.tests import factories as reports
from supervision.alerts.tests import factories as alerts
from supervision.complaints.tests import factories as complaints
from supervision.grading.tests import factories as grading
from tests import sanctioned
from tests.objects.assessment import of_assessment
from tests.objects.community import of_education, of_industry, of_trainings
from tests.objects.ledger import check, held, imported, named, person
from tests.objects.promises import of_companies, of_promises
from tests.objects.redress import of_exchange, of_objections, of_repairs
from tests.objects.supervision import of_campaigns, of_inspections, of_visits


def objects_of(clerk: User, reviewer: User) -> dict[str, Any]:
    """One object of the market bureau for each word in angle brackets."""
    mine = Disclosure.objects.of_department(clerk.department_id)
    shown = mine.filter(state="published", kind="penalty").first()
    made_up = person(clerk)
    first, second = Subject.objects.filter(kind="legal").order_by("pk")[:2]
    double = MistypedSubjectFactory(name=second.name)
    entry = CatalogueEntry.objects.select_related("version", "item").filter(standard="penalty-2018").first()
    came_in = imported(clerk)
    account = ActiveFactory(subject=first, confirmed_by=clerk, confirmed_at=timezone.now() - timedelta(days=7))
    return (
        of_promises(clerk)
        | of_companies(account, clerk, reviewer)
        | of_education(clerk, account)
        | of_trainings(clerk)
        | of_industry(clerk, account)
        | sanctioned.objects_of(clerk)
        | came_in
        | made_up
        | {
            "<account>": account.pk,
            "<account receipt>": account.receipt,
            "<entry>": AuditEntry.objects.order_by("pk").values_list("pk", flat=True)[0],
            "<subject>": first.pk,
            "<merge>": propose_merge(first, double, by=reviewer, reason="同一主体").pk,
            "<edition>": entry.version.code,
            "<item>": entry.item.code,
            "<code>": first.code,
        }
        | _items(mine, shown)
        | _of_procedures(clerk, reviewer, first, shown)
    )


def _items(mine: DisclosureQuerySet, shown: Disclosure) -> dict[str, Any]:
    return {
        "<record>": shown.record_id,
        "<draft item>": mine.filter(state="draft", kind="penalty").first().pk,
        "<submitted item>": mine.filter(state="submitted", awaits_confirmation=False).first().pk,
        "<waiting item>": mine.filter(awaits_confirmation=True).first().pk,
        "<shown item>": shown.pk,
        "<public id>": shown.public_id,
    }


def _of_procedures(clerk: User, reviewer: User, first: Subject, shown: Disclosure) -> dict[str, Any]:
    mine = Disclosure.objects.of_department(clerk.department_id)
    return {
        "<check>": check(clerk, first),
        "<credit report>": reports.issued(first, by=clerk).report.number,
        "<report use>": reports.agreed(reports.wanted(first, by=clerk)).number,
        "<foreign report>": reports.taken_in(first, by=clerk).number,
        "<bulk>": held(reviewer, mine).pk,
        "<named item>": named(clerk, 9005).pk,
        **of_repairs(mine),
        "<patrol alarm>": alarmed().pk,
        **grading.objects_of(),
        "<delivery case>": late_case(
            mine.filter(state="published", on_entry=False).exclude(pk=shown.pk).latest("pk"),
            department=clerk.department,
        ).pk,
        **of_exchange(),
        **of_objections(clerk, mine),
        **lookups.objects_of(first),
        **of_campaigns(clerk),
        **of_assessment(clerk),
        "<complaint>": complaints.complaint(clerk.department).pk,
        "<violation report>": complaints.report(clerk.department).pk,
        **of_inspections(clerk),
        **alerts.objects_of(shown.record),
        **of_visits(clerk),
        "<objection>": object_to(named(clerk, 9006), by=clerk, reason="本机关未作出该决定。").pk,
    }
