"""Agencies, authorisations and strikes for tests, brought to a state by the true actions; everything made up."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from casework.models import Case
from casework.rules.attachments import AttachedFile
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.models import Department
from credit_platform.accounts.tests.factories import ApiClientFactory, CreditOfficeFactory, DepartmentFactory
from industry.agencies import actions
from industry.agencies.models import Agency, AgencyGrant
from industry.agencies.rules import State
from industry.base_data import load

PDF = AttachedFile("送达回证.pdf", b"%PDF-1.4\n%%EOF\n")
GIVEN = {
    "kinds": ["consulting"],
    "fields_of_work": ["analysis"],
    "filings": "",
    "staff": 12,
    "practice": "为中小企业提供信用管理咨询。",
}
WAYS = {
    "proposed": (),
    "notified": ("notify",),
    "served": ("notify", "serve"),
    "determined": ("notify", "serve", "hear", "determine"),
    "decided": ("notify", "serve", "hear", "determine", "decide"),
    "dismissed": ("dismiss",),
    "heard": ("notify", "serve", "hear"),
}


def agency_in(state: State, department: Department | None = None, account=None) -> Agency:
    """An agency in a state."""
    account = account or ActiveFactory()
    department = department or DepartmentFactory()
    row = actions.apply(GIVEN, department=department, promise=True, by=account)
    if state is State.APPLIED:
        return row
    if state is State.RETURNED:
        return actions.return_(row, reason="请写明业务情况。", by=office(row), seen=str(row.version))
    row = actions.verify(row, by=office(row), seen=str(row.version))
    if state is State.VERIFIED:
        return row
    row = actions.register(row, by=office(row), seen=str(row.version))
    if state is State.LEFT:
        return actions.leave(row, by=account)
    if state is State.STRUCK:
        take(struck_case(row, "determined"), "decide")
        row.refresh_from_db()
    return row


def office(row: Agency):
    """Somebody new of the credit office."""
    return CreditOfficeFactory(department=row.department)


def connected(row: Agency | None = None, *, quota: int = 200) -> Agency:
    """A registered agency with a key."""
    row = row or agency_in(State.REGISTERED)
    key = secrets.token_urlsafe(32)
    client = ApiClientFactory(key=key, scopes=["agency.read"], department=row.department)
    row = actions.connect(row, client=client, quota=quota, by=office(row), seen=str(row.version))
    row.key = key
    return row


def granted(agency: Agency, account=None, *, days: int = 30) -> AgencyGrant:
    """An authorisation of a company."""
    load()
    until = timezone.localdate() + timedelta(days=days)
    return actions.authorise(agency, reason="申请贷款的信用评估。", ends_on=until, by=account or ActiveFactory())


def struck_case(row: Agency, state: str = "proposed") -> Case:
    """A strike of an agency in a state."""
    case = actions.propose(row, ground="leak", facts="向他人提供了查询结果。", by=office(row))
    for verb in WAYS[state]:
        case = take(case, verb)
    return case


def case_in(state: str) -> Case:
    """A strike in a state."""
    return struck_case(agency_in(State.REGISTERED), state)


def take(case: Case, verb: str, *, by=None, on=None) -> Case:
    """One real step, by somebody new of the credit office."""
    case = Case.objects.select_related("department", "strikecase__agency__account").get(pk=case.pk)
    given = {"by": by or CreditOfficeFactory(department=case.department)}
    day = on or case.moved_on
    if verb == "respond":
        return actions.respond(case, statement="没有提供过。", by=by or case.own.agency.account)
    if verb == "notify":
        given |= {"notice": "拟取消登记，可以陈述申辩。", "days": 5, "on": day}
    elif verb == "serve":
        given |= {"how": "直接送达", "on": day, "proof": [PDF]}
    elif verb == "hear":
        given |= {"statement": "没有提供过。", "on": day}
    elif verb == "determine":
        given |= {"reasons": "证据充分。", "considered": "不予采纳。", "on": day}
    elif verb == "decide":
        given |= {"document_number": "哈信用〔2026〕1号", "on": day}
    else:
        given |= {"reason": "证据不足。", "on": day}
    return getattr(actions, verb)(case, **given)
