"""Questions about associations: whose authorisation stands, what is kept of members, what a member was told of."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from credit_platform.web.desk import section
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from industry.associations import rules
from industry.associations.models import Association, Member, MemberRecord


def at_the_desk(user: User) -> QuerySet[Association]:
    """Associations that one's department authorises, all for the credit office."""
    rows = Association.objects.select_related("subject", "department", "drafted_by", "authorised_by")
    members = Count("members", filter=Q(members__until__isnull=True), distinct=True)
    return within(rows, user).annotate(member_count=members).order_by("-pk")


def association_of(account: CompanyAccount, on: date) -> Association | None:
    """The authorised association that an account acts for on a day."""
    ids = {account.subject_id, canonical_subject(account).pk}
    rows = Association.objects.current(on).filter(subject_id__in=ids)
    return rows.select_related("subject", "department").first()


def members_of(association: Association) -> QuerySet[Member]:
    """Present members."""
    return association.members.filter(until__isnull=True).select_related("subject").order_by("subject__name", "pk")


def records_of(association: Association) -> QuerySet[MemberRecord]:
    """Everything that an association has recorded, the latest first."""
    rows = MemberRecord.objects.filter(member__association=association)
    return rows.select_related("member__subject").order_by("-on", "-pk")


def said_of(account: CompanyAccount) -> QuerySet[MemberRecord]:
    """What associations have recorded of an account's subject; withdrawn entries too, with the answer."""
    ids = {account.subject_id, canonical_subject(account).pk}
    rows = MemberRecord.objects.filter(member__subject_id__in=ids)
    return rows.select_related("member__association__subject").order_by("-on", "-pk")


def association_work(user: User, on: date) -> list[WorkSection]:
    """The desk's home: authorisations that wait for a second person."""
    if not policy.allows(user, rules.DECIDE):
        return []
    rows = at_the_desk(user).filter(state=rules.State.DRAFTED)
    desk = f"{reverse('associations:list')}?state=drafted"
    return [section("行业协会授权，待授权", rows, _line, url=desk, severity=Severity.WARN, order=96)]


def _line(row: Association) -> WorkRow:
    return WorkRow(row.subject.name, reverse("associations:association", args=[row.pk]))
