"""A registration of an agency's own will: applied for, verified by one, registered by another, confirmed every year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from casework.actions.hearing import scanned
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import ApiClient, Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, at_field, refuse, required
from credit_platform.web.once import require_version
from industry.agencies import rules
from industry.agencies.models import Agency
from industry.agencies.queries import agency_of, confirm_due

FIELDS = ("kinds", "fields_of_work", "filings", "staff", "practice")
MOST_CALLS = 100_000


def apply(given: Mapping[str, Any], *, department: Department, promise: bool, by: CompanyAccount) -> Agency:
    """Apply for a registration, or again after it was returned. `given`: the values of `FIELDS`.

    Raises Refused for what is missing, Conflict while one stands, Forbidden. It is no licence: nobody must (no. 37).
    """
    with acting(by):
        policy.require(by, rules.APPLY)
        refuse([
            *rules.against_application(given["kinds"], given["fields_of_work"], given["filings"], promise),
            *scanned(filings=given["filings"], practice=given["practice"]),
        ])  # fmt: skip
        old = agency_of(by)
        row = Agency(subject=canonical_subject(by), department=department) if old is None else locked(old)
        if old is not None:
            row.state = rules.next_state(rules.State(row.state), "apply").value
            row.verified_by = None
        row.account, row.applied_at, row.note = by, timezone.now(), ""
        for name in FIELDS:
            setattr(row, name, given[name])
        _saved(row, "apply", by)
        return row


def verify(agency: Agency, *, by: User, seen: str) -> Agency:
    """Kinds, filings and staff were held against what is known; another person registers. Credit office. Raises Forbidden, Conflict."""
    with acting(by):
        row = _moved(agency, "verify", by, rules.HANDLE, seen)
        row.verified_by = by
        return _saved(row, "verify", by)


def return_(agency: Agency, *, reason: str, by: User, seen: str) -> Agency:
    """Give an application back with what is to be mended. Raises Refused without words, Forbidden, Conflict."""
    with acting(by):
        row = _moved(agency, "return", by, rules.HANDLE, seen)
        refuse(required(reason, "note", "请写明退回原因。", rule="agencies.note", most=300))
        row.note = reason.strip()
        return _saved(row, "return", by)


def register(agency: Agency, *, by: User, seen: str) -> Agency:
    """Another person enters the agency into the public list, for a year. Raises Forbidden for who verified, Conflict."""
    on = timezone.localdate()
    with acting(by):
        row = _moved(agency, "register", by, rules.DECIDE, seen)
        if row.verified_by_id == by.pk:
            raise Forbidden("agencies.two_people", "核对的人不能登记。", mend="请由本单位另一人办理。")
        row.registered_by, row.registered_on, row.confirmed_until = by, on, rules.confirmed_until(on)
        return _saved(row, "register", by)


def confirm(agency: Agency, *, by: CompanyAccount) -> Agency:
    """The agency says that everything is still so: it stands for another year. Raises Conflict before the last month, Forbidden."""
    with acting(by):
        row = _own(agency, by)
        row.state = rules.next_state(rules.State(row.state), "confirm").value
        if not confirm_due(row):
            raise Conflict("agencies.early", f"距确认到期还有{rules.CONFIRM_FROM_DAYS}日以上，暂不需要确认。")
        row.confirmed_until = rules.confirmed_until(timezone.localdate())
        return _saved(row, "confirm", by)


def leave(agency: Agency, *, by: CompanyAccount) -> Agency:
    """The agency leaves the list of its own will; its key reads nothing from now on. Raises Conflict, Forbidden."""
    with acting(by):
        row = _own(agency, by)
        row.state = rules.next_state(rules.State(row.state), "leave").value
        row.ended_on = timezone.localdate()
        return _saved(row, "leave", by)


def connect(agency: Agency, *, client: ApiClient, quota: int, by: User, seen: str) -> Agency:
    """Name the key under which an agency reads, and its calls of a day. Raises Refused for a key without the scope, Conflict, Forbidden."""
    with acting(by):
        row = locked(agency)
        policy.require(by, rules.DECIDE, row.department)
        require_version(row, seen)
        if row.state != rules.State.REGISTERED:
            raise Conflict("agencies.state", "机构没有登记，不能开通接口。")
        if not client.may_use("agency.read"):
            refuse(
                [
                    at_field(
                        "agencies.client", "client", "该客户端没有“agency.read”权限范围。", mend="请由安全管理员签发。"
                    )
                ]
            )
        if not 1 <= quota <= MOST_CALLS:
            refuse([at_field("agencies.quota", "quota", f"次数为1至{MOST_CALLS:,}。")])
        row.client, row.quota = client, quota
        return _saved(row, "connect", by)


def locked(agency: Agency) -> Agency:
    """The locked row with what the verbs read."""
    rows = Agency.objects.select_for_update(of=("self",)).select_related("subject", "department")
    return rows.get(pk=agency.pk)


def end(row: Agency, *, by: User) -> None:
    """Strike a locked agency: it leaves the list, its key reads nothing. For the decision of a strike."""
    row.state = rules.next_state(rules.State(row.state), "strike").value
    row.ended_on = timezone.localdate()
    _saved(row, "struck", by)


def _own(agency: Agency, by: CompanyAccount) -> Agency:
    policy.require(by, rules.APPLY)
    row = locked(agency)
    if row.subject_id not in {by.subject_id, canonical_subject(by).pk}:
        raise Forbidden("agencies.own", "只能办理本机构的登记。")
    return row


def _moved(agency: Agency, verb: str, by: User, permission: str, seen: str) -> Agency:
    row = locked(agency)
    policy.require(by, permission, row.department)
    require_version(row, seen)
    row.state = rules.next_state(rules.State(row.state), verb).value
    return row


def _saved(row: Agency, verb: str, by: Actor) -> Agency:
    row.version += 1
    row.save()
    after = {"state": row.state, "confirmed_until": row.confirmed_until}
    audit.record(f"agencies.{verb}", row, by=by, after=after, reason=row.note, unit_id=row.department_id)
    return row
