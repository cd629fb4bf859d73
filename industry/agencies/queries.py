"""Questions about agencies: which stand today, what a call may read, who was told of an item, who is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from companies.models import CompanyAccount
from companies.queries import canonical_subject, register_unit
from credit_platform.accounts import policy
from credit_platform.accounts.models import ApiClient, Department, Role, User
from credit_platform.web.desk import section
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from deliveries.holders import Holder, Item
from deliveries.models import Delivery
from industry.agencies import rules
from industry.agencies.models import Agency, AgencyGrant
from lookups.models import Query
from lookups.models.register import QueryQuerySet
from lookups.rules.questions import Outcome
from records.models import Subject
from records.queries import merged_with


def at_the_desk() -> QuerySet[Agency]:
    """All agencies with what a list shows."""
    rows = Agency.objects.select_related("subject", "department", "verified_by", "registered_by", "client")
    return rows.order_by("-pk")


def agency_of(account: CompanyAccount) -> Agency | None:
    """The agency that an account's subject registered as."""
    ids = {account.subject_id, canonical_subject(account).pk}
    return Agency.objects.filter(subject_id__in=ids).select_related("subject", "client").first()


def agency_of_client(client: ApiClient) -> Agency | None:
    """The agency that reads under a key."""
    return Agency.objects.filter(client=client).select_related("subject", "client").first()


def grants_of(account: CompanyAccount) -> QuerySet[AgencyGrant]:
    """What an account's subject has authorised agencies to, the latest first."""
    ids = {account.subject_id, canonical_subject(account).pk}
    rows = AgencyGrant.objects.filter(authorisation__subject_id__in=ids)
    return rows.select_related("agency__subject", "agency__client", "authorisation__purpose").order_by("-pk")


def grant_in_force(agency: Agency, subject: Subject, on: date) -> AgencyGrant | None:
    """The authorisation under which an agency may read a subject on a day, or one of its merged files."""
    rows = AgencyGrant.objects.in_force(on).filter(agency=agency, authorisation__subject_id__in=merged_with(subject))
    return rows.select_related("authorisation").order_by("-pk").first()


def calls_of(agency: Agency) -> QueryQuerySet:
    """What an agency has asked, answered or refused."""
    rows = (
        Query.objects.filter(actor_kind="client", actor_id=agency.client_id)
        if agency.client_id
        else Query.objects.none()
    )
    return rows.order_by("-pk")


def calls_about(grant: AgencyGrant) -> QueryQuerySet:
    """What the agency of an authorisation has asked about the subject that gave it, the refused ones too."""
    return calls_of(grant.agency).filter(subject_id__in=merged_with(grant.authorisation.subject))


def used_today(agency: Agency, on: date) -> int:
    """Calls of a day, answered or refused."""
    return calls_of(agency).on_day(on).count()


def late_deliveries(agency: Agency, on: date) -> int:
    """Changes that were delivered to an agency, not answered, and past their last day."""
    return Delivery.objects.late(on).filter(recipient__client=agency.client_id).count() if agency.client_id else 0


def laggards(on: date) -> QuerySet[Agency]:
    """Agencies with deliveries that are late, the latest first: they are named."""
    late = Count("client__recipient__deliveries", filter=Q(client__recipient__deliveries__in=Delivery.objects.late(on)))
    rows = Agency.objects.select_related("subject").annotate(late=late).filter(late__gt=0)
    return rows.order_by("-late", "pk")


def who_was_answered(items: Sequence[Item], since: date) -> Iterable[tuple[int, Holder]]:
    """Agencies' clients that were answered about the subject of an item since a day: they have a copy (`deliveries.holders`)."""
    disclosures: dict[int, list[int]] = defaultdict(list)
    for item in items:
        disclosures[item.subject_id].append(item.disclosure_id)
    rows = Query.objects.filter(
        actor_kind="client", subject_id__in=disclosures, at__date__gte=since, outcome=Outcome.ANSWERED,
        actor_id__in=Agency.objects.filter(client__isnull=False).values("client_id"),
    )  # fmt: skip
    for subject, client, department in (
        rows.order_by().values_list("subject_id", "actor_id", "department_id").distinct()
    ):
        if subject is not None and department is not None:
            holder = Holder(department, client)
            yield from ((disclosure, holder) for disclosure in disclosures[subject])


def agency_work(user: User, on: date) -> list[WorkSection]:
    """The desk's home: applications that wait to be verified, and to be registered by another."""
    if not policy.allows(user, rules.HANDLE):
        return []
    desk = reverse("agencies:list")
    rows = at_the_desk()
    applied, verified = rows.filter(state=rules.State.APPLIED), rows.filter(state=rules.State.VERIFIED)
    return [
        section(
            "信用服务机构登记，待核对", applied, _line, url=f"{desk}?state=applied", severity=Severity.WARN, order=94
        ),
        section(
            "信用服务机构登记，待登记", verified, _line, url=f"{desk}?state=verified", severity=Severity.WARN, order=95
        ),
    ]


def confirm_due(agency: Agency) -> bool:
    """Whether the yearly confirmation is possible: in the last month, and after the last day too."""
    until = agency.confirmed_until
    return until is not None and (until - timezone.localdate()).days <= rules.CONFIRM_FROM_DAYS


def registering_unit() -> int:
    """The department that registers agencies: the credit office's, else the registering authority of the city."""
    found = Department.objects.filter(staff__roles__contains=[Role.CREDIT_OFFICE]).order_by("pk").first()
    return found.pk if found else register_unit()


def _line(row: Agency) -> WorkRow:
    return WorkRow(row.subject.name, reverse("agencies:agency", args=[row.pk]))
