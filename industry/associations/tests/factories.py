"""Associations, members and records for tests, brought to a state by the true actions; everything made up."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from companies.models import CompanyAccount
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.models import Department
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from industry.associations import actions
from industry.associations.models import Association, Member, MemberRecord
from industry.associations.rules import RecordState, State


def association_in(
    state: State, department: Department | None = None, account: CompanyAccount | None = None
) -> Association:
    """An association in a state; `.account` is its company account."""
    account = account or ActiveFactory()
    department = department or DepartmentFactory()
    row = actions.draft(
        account.subject,
        scope="会员诚信自律",
        document="示授〔2026〕1号",
        valid_from=timezone.localdate() - timedelta(days=30),
        valid_until=timezone.localdate() + timedelta(days=30),
        department=department,
        by=ClerkFactory(department=department),
    )
    if state is State.DISCARDED:
        row = actions.discard(row, reason="改为下半年授权。", by=row.drafted_by, seen=str(row.version))
    if state in (State.AUTHORISED, State.ENDED):
        row = actions.authorise(row, by=ReviewerFactory(department=department), seen=str(row.version))
    if state is State.ENDED:
        reviewer = ReviewerFactory(department=department)
        row = actions.end(row, reason="协会注销。", by=reviewer, seen=str(row.version))
    row.account = account
    return row


def member_of(association: Association, account: CompanyAccount | None = None) -> Member:
    """A firm that is a member; `.account` is its company account."""
    account = account or ActiveFactory()
    row = actions.admit(association, account.subject, since=date(2026, 1, 5), by=association.account)
    row.account = account
    return row


def record_in(state: RecordState, association: Association | None = None, member: Member | None = None) -> MemberRecord:
    """A record of a member in a state; `.keeper` and `.firm` are the two accounts."""
    association = association or association_in(State.AUTHORISED)
    member = member or member_of(association)
    given = {"kind": "warning", "title": "逾期交付", "text": "两次逾期交付会员订单。", "on": timezone.localdate()}
    row = actions.enter(member, by=association.account, **given)
    if state is RecordState.SHOWN:
        row = actions.consent(row, by=member.account)
    if state is RecordState.APPEALED:
        row = actions.appeal(row, text="货物因洪水延误。", by=member.account)
    if state is RecordState.WITHDRAWN:
        row = actions.withdraw(row, answer="查明系天气原因。", by=association.account)
    row.keeper, row.firm = association.account, member.account
    return row
