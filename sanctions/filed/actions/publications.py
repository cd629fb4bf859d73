"""A publication: registered by one person, confirmed by another; its files are taken in until the next one is confirmed, or it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, Forbidden, at_field, refuse, required
from credit_platform.moves import next_state
from credit_platform.web.once import require_version
from records.identifiers import uscc
from records.identifiers.clean import clean_code
from records.standards.row import Context
from sanctions.filed import rules
from sanctions.filed.models import FiledPublication
from sanctions.filed.rules import PUBLICATION_LABELS, PUBLICATION_MOVES, PublicationState
from sanctions.filed.standards import ALL
from sanctions.lists.models import CreditList
from sanctions.lists.queries.registers import in_force

CITY = Context(today=date.min).city_prefix
"""The leading digits of the city's divisions, as the standards have them."""
HANDLE, DECIDE = "sanctions.filed.handle", "sanctions.filed.decide"
TEXTS = {
    "title": ("请填写公布名单的名称。", 200),
    "authority_name": ("请填写公布机关的全称。", 200),
    "document_number": ("请填写公布文书号，没有文书号的填写公告标题。", 128),
    "basis": ("请填写列入的法律依据。", 300),
    "published_at": ("请填写在何处公布，如网址。", 300),
}


def register_publication(given: Mapping[str, Any], *, department: Department, by: User) -> FiledPublication:
    """Register a published list that a department will receive files of; DRAFT until a second person confirms it.

    `given`: standard, list_code, title, authority_name, authority_code, document_number, published_on, basis, published_at, is_full. Clerks and
    reviewers of the department. Refused with all findings: blank texts, a wrong code of the authority, a day in the future, a list out of force.
    """
    with acting(by):
        policy.require(by, HANDLE, department)
        refuse(_against(given))
        values = {**given, "authority_code": clean_code(given["authority_code"])}
        made = FiledPublication.objects.create(department=department, drafted_by=by, **values)
        after = {
            name: made.__dict__[name]
            for name in ("standard", "list_code", "document_number", "published_on", "is_full")
        }
        audit.record("sanctions.filed.register", made, by=by, after=after, basis=made.basis, unit_id=department.pk)
    return made


def _against(given: Mapping[str, Any]) -> list[Finding]:
    found = [
        finding
        for name, (words, most) in TEXTS.items()
        for finding in required(str(given.get(name, "")), name, words, rule=f"filed.{name}", most=most)
    ]
    if given["standard"] not in {each.code for each in ALL}:
        found.append(at_field("filed.standard", "standard", "请选择名单文件的数据标准。"))
    found += _against_authority(clean_code(given["authority_code"]))
    if given["published_on"] > timezone.localdate():
        found.append(at_field("filed.day", "published_on", "公布日期不得晚于今天。"))
    elif not CreditList.objects.in_force(given["published_on"]).filter(code=given["list_code"]).exists():
        found.append(at_field("filed.list", "list_code", "该名单在公布日期没有施行，请核对名单和日期。"))
    return found


def _against_authority(code: str) -> list[Finding]:
    """Who published: a true code, and of the authorities of this city one that is registered, for the entries are said to be its own."""
    if not uscc.check(code).is_valid:
        return [at_field("filed.authority", "authority_code", "公布机关的统一社会信用代码不正确，请核对。")]
    if code[2:].startswith(CITY) and not Department.objects.filter(uscc=code).exists():
        words = "该代码不在本市机关登记表内；本市机关请先由市信用办登记。"
        return [at_field("filed.authority", "authority_code", words)]
    return []


def confirm_publication(publication: FiledPublication, *, by: User, version: str | None = None) -> FiledPublication:
    """A second person confirms it: from now on its files are taken in, and those of the one before no more.

    Reviewers of the department, never who registered it. Conflict when it is no draft; Refused when its list is no longer in force.
    """
    with acting(by):
        row = _locked(publication, version)
        policy.require(by, DECIDE, row.department)
        if row.drafted_by_id == by.pk:
            raise Forbidden("filed.two_people", "登记人不能确认公布名单。", mend="请由本单位另一名审核员确认。")
        state = next_state(
            PUBLICATION_MOVES,
            PUBLICATION_LABELS,
            PublicationState(row.state),
            "confirm",
            code="filed.publication-state",
            what="公布名单",
        )
        in_force(row.list_code, timezone.localdate())
        for former in FiledPublication.objects.taking(row.department, row.standard).select_for_update():
            _move(former, "close", by=by, reason=f"由“{row.title}”接替")
        row.confirmed_by, row.confirmed_on = by, timezone.localdate()
        _write(row, state, "confirm", by=by)
    return row


def drop_publication(
    publication: FiledPublication, *, reason: str, by: User, version: str | None = None
) -> FiledPublication:
    """A draft that was registered wrongly comes to nothing. Clerks and reviewers of the department. Refused without a reason."""
    return _ended(publication, "drop", HANDLE, reason, by, version)


def close_publication(
    publication: FiledPublication, *, reason: str, by: User, version: str | None = None
) -> FiledPublication:
    """No more files of it are taken in; its rows stay. Reviewers of the department. Refused without a reason."""
    return _ended(publication, "close", DECIDE, reason, by, version)


def _ended(
    publication: FiledPublication, verb: str, permission: str, reason: str, by: User, version: str | None
) -> FiledPublication:
    with acting(by):
        row = _locked(publication, version)
        policy.require(by, permission, row.department)
        refuse(required(reason, "reason", "请写明原因。", rule="filed.reason", most=500))
        _move(row, verb, by=by, reason=reason.strip())
    return row


def _move(row: FiledPublication, verb: str, *, by: User, reason: str = "") -> None:
    state = next_state(
        PUBLICATION_MOVES,
        PUBLICATION_LABELS,
        PublicationState(row.state),
        verb,
        code="filed.publication-state",
        what="公布名单",
    )
    _write(row, state, verb, by=by, reason=reason)


def _write(row: FiledPublication, state: str, verb: str, *, by: User, reason: str = "") -> None:
    before = {"state": row.state}
    row.state, row.version = state, row.version + 1
    row.save(update_fields=["state", "confirmed_by", "confirmed_on", "version"])
    audit.record(
        f"sanctions.filed.publication.{verb}", row, by=by, before=before, after={"state": state}, reason=reason,
        basis=rules.ARTICLE, unit_id=row.department_id,
    )  # fmt: skip


def _locked(publication: FiledPublication, version: str | None) -> FiledPublication:
    row = FiledPublication.objects.select_for_update(of=("self",)).select_related("department").get(pk=publication.pk)
    if version is not None:
        require_version(row, version)
    return row
