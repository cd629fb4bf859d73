"""The table of lists: a row is written, put in force with its grounds, repealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused, refuse
from sanctions.lists.models import CreditList
from sanctions.lists.rules import Grounds, Nature, against_force

FIXED = ("code", "nature")
"""What makes a rule one of this list: another code or nature is another list."""


def save_list(values: Mapping[str, Any], *, by: Actor, row: CreditList | None = None) -> CreditList:
    """Write a row that is not in force yet, or change what may change of one that is: everything but its days, code and nature.

    System administrators and the platform. Refused when a row in force would lose its grounds (49号); entries keep the days that they have.
    """
    with acting(by):
        policy.require(by, "sanctions.list.manage")
        given = {name: value for name, value in values.items() if name not in ("valid_from", "valid_until")}
        made = row if row is not None else CreditList()
        before = {name: getattr(made, name) for name in given if row is not None}
        for name, value in given.items():
            if row is not None and name in FIXED and value != before[name]:
                raise Refused("list.fixed", "编码和性质不能修改；另设一个名单。")
            setattr(made, name, value)
        if made.valid_from is not None:
            refuse(against_force(grounds_of(made)))
        made.full_clean()
        made.save()
        after = {name: _plain(value) for name, value in given.items() if row is None or value != before[name]}
        told = {name: _plain(before[name]) for name in after} if row is not None else None
        audit.record("sanctions.list.save", made, by=by, before=told, after=after)
    return made


def put_in_force(row: CreditList, *, since: date, by: Actor, reason: str = "") -> CreditList:
    """The row holds from a day on; the rule of this list that held until then ends the day before.

    System administrators and the platform. Refused without rank of the basis, published standard, consultation and day of the next evaluation
    (国办发〔2020〕49号); Conflict when it is in force already, or a younger rule is.
    """
    with acting(by):
        policy.require(by, "sanctions.list.manage")
        locked = CreditList.objects.select_for_update().get(pk=row.pk)
        if locked.valid_from is not None:
            raise Conflict("list.in-force", "该名单已经施行。")
        refuse(against_force(grounds_of(locked)))
        locked.valid_from = since
        locked.save(update_fields=["valid_from"])
        audit.record("sanctions.list.enforce", locked, by=by, after={"valid_from": since}, reason=reason)
    return locked


def repeal(row: CreditList, *, until: date, by: Actor, reason: str) -> CreditList:
    """The row holds until a day, that day included; its entries run on to their own ends, nobody is listed under it any more.

    System administrators. Refused without a reason, or for a day before its first; Conflict when it is not in force.
    """
    with acting(by):
        policy.require(by, "sanctions.list.manage")
        locked = CreditList.objects.select_for_update().get(pk=row.pk)
        if locked.valid_from is None or locked.valid_until is not None:
            raise Conflict("list.repealed", "该名单没有施行，或者已经废止。")
        if not reason.strip() or until < locked.valid_from:
            raise Refused("list.repeal", "请填写废止原因；废止日期不得早于施行日期。")
        locked.valid_until = until
        locked.save(update_fields=["valid_until"])
        audit.record("sanctions.list.repeal", locked, by=by, after={"valid_until": until}, reason=reason.strip())
    return locked


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def grounds_of(row: CreditList) -> Grounds:
    """What the rules need of a row."""
    return Grounds(
        nature=Nature(row.nature),
        rank=row.basis_rank,
        basis=row.basis,
        standard_at=row.standard_at,
        consultation_days=row.consultation_days,
        review_due=row.review_due,
    )
