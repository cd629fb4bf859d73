"""A declaration in the ledger: a record under ZZSB that the platform enters on behalf of whoever accepted or confirmed it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from credit_platform.accounts.actors import Actor, OnBehalf
from declarations.actions.base import write
from declarations.models import Declaration
from declarations.rules import KIND_LABELS, Kind, number
from records.actions import edit, enter, revoke
from records.models import CreditRecord


def entered(row: Declaration, on: date, by: Actor) -> CreditRecord:
    """The record of a declaration, entered by the platform in the name of whoever accepted or confirmed it."""
    values = _values(row, on, number(on, row.pk))
    return enter("voluntary", values, by=OnBehalf(by), department=row.department)


def renew_record(row: Declaration, on: date, by: Actor, *, silent: bool) -> None:
    """What was shown goes on under its number; what had fallen silent ended for good, so it is entered anew."""
    if row.record is None or silent:
        row.record = entered(row, on, by)
    else:
        values = _values(row, on, row.record.document_number)
        edit(row.record, values, by=OnBehalf(by), version=str(row.record.version))
    write(row, "state", "confirmed_until", "record")


def take_back(row: Declaration, reason: str, by: Actor) -> None:
    """Revoke the record, where there is one: it leaves the public page in the same transaction."""
    if row.record is not None:
        revoke(row.record, by=OnBehalf(by), reason=reason, on=timezone.localdate())


def _values(row: Declaration, on: date, issued: str) -> dict[str, object]:
    subject, department = row.subject, row.department
    return {
        "ZZ_BH": issued,
        "ZZ_XDR_MC": subject.name,
        "ZZ_XDR_LB": subject.get_kind_display(),
        "ZZ_XDR_SHXYM": subject.code or "",
        "ZZ_FRDB": subject.legal_representative,
        "ZZ_LB": KIND_LABELS[Kind(row.kind)],
        "ZZ_BT": row.title,
        "ZZ_NR": row.body,
        "ZZ_CN": row.promise,
        "ZZ_FSRQ": row.happened_on.isoformat() if row.happened_on else "",
        "ZZ_SBRQ": on.isoformat(),
        "ZZ_YXQZI": row.confirmed_until.isoformat() if row.confirmed_until else "",
        "ZZ_JG": department.name,
        "ZZ_JGDM": department.uscc or "",
        "ZZ_LYDW": department.name,
        "ZZ_LYDWDM": department.uscc or "",
        "ZZ_GKSX": "社会公开",
    }
