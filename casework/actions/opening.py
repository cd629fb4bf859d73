"""How a case begins: its number, its draft, and the code with which an outsider may follow it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from casework import followers
from casework.actions.step import set_clock
from casework.models import Case
from casework.rules.procedures import Procedure
from companies.models import CompanyAccount
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from records.models import Subject

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of tracking codes: nothing that is read as something else over a counter."""
CODE_LENGTH = 8

NEXT = """
INSERT INTO casework_casenumber (procedure, year, last) VALUES (%(procedure)s, %(year)s, %(count)s)
ON CONFLICT (procedure, year) DO UPDATE SET last = casework_casenumber.last + %(count)s RETURNING last
"""


def next_numbers(procedure: Procedure, year: int, count: int = 1) -> list[str]:
    """The next `count` numbers of a year, without gaps: they are free again when the transaction is rolled back."""
    return numbers_of(procedure.slug, procedure.number, year, count)


def numbers_of(series: str, form: str, year: int, count: int = 1) -> list[str]:
    """The same for any series of numbers; `form` takes `year` and `n`."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, {"procedure": series, "year": year, "count": count})
        last = int(cursor.fetchone()[0])
    return [form.format(year=year, n=n) for n in range(last - count + 1, last + 1)]


def open_case(
    procedure: Procedure,
    *,
    subject: Subject | None,
    department: Department,
    by: Actor,
    on: date | None = None,
    reason: str = "",
    days: int | None = None,
    own: Mapping[str, Any],
    state: str = "",
) -> Case:
    """Begin a case inside the caller's transaction, after the caller's policy and rules; `own` are the columns of the procedure's row.
    With `days` the first state has a deadline, so many working days after `on`.

    `state`: where it begins when not where the procedure says. A member of staff is its drafter and decides nothing in it; of a case that
    the clock made, who first acts on it becomes the drafter.
    """
    on = on or timezone.localdate()
    case = drafted(procedure, next_numbers(procedure, on.year)[0], department=department, subject=subject, by=by, on=on)
    case.state = state or case.state
    if days is not None:
        set_clock(case, days, on)
    case.save(force_insert=True)
    model: Any = apps.get_model(procedure.own)
    model.objects.create(case=case, **own)
    audit.record(
        f"{procedure.audit}.open", case, by=by, after={"state": case.state}, reason=reason, unit_id=department.pk
    )
    followers.tell(case, "open", by=by)
    return case


def open_many(
    procedure: Procedure,
    begun: Sequence[tuple[Subject | None, Department, Mapping[str, Any]]],
    *,
    by: Actor,
    on: date,
    days: int | None = None,
) -> list[Case]:
    """Begin many cases at once, for the sweeps: the same rows as `open_case` makes, one audit row for all of them."""
    if not begun:
        return []
    numbers = next_numbers(procedure, on.year, len(begun))
    cases = [
        drafted(procedure, number, department=department, subject=subject, by=by, on=on)
        for number, (subject, department, _) in zip(numbers, begun, strict=True)
    ]
    for case in cases if days is not None else ():
        set_clock(case, days or 0, on)
    Case.objects.bulk_create(cases)
    model: Any = apps.get_model(procedure.own)
    model.objects.bulk_create(model(case=case, **own) for case, (_, _, own) in zip(cases, begun, strict=True))
    audit.record(f"{procedure.audit}.open", by=by, members=[case.pk for case in cases], detail={"on": on})
    for case in cases:
        followers.tell(case, "open", by=by)
    return cases


def drafted(
    procedure: Procedure, number: str, *, department: Department, subject: Subject | None, by: Actor, on: date
) -> Case:
    """A case that is not saved yet."""
    return Case(
        procedure=procedure.slug,
        number=number,
        subject=subject,
        department=department,
        state=procedure.begins,
        moved_on=on,
        drafted_on=on,
        drafted_by=by if isinstance(by, User) else None,
        applicant=by if isinstance(by, CompanyAccount) else None,
    )


def tracking_code(case: Case) -> str:
    """Give a case a code with which an outsider follows it together with its number; told once, kept only as a hash that is slow to try."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    Case.objects.filter(pk=case.pk).update(tracking=make_password(code))
    return code
