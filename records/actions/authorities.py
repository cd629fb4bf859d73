"""The deciding authority of a row: by code, by full name, else the department that sends. One set of rules for a form and for a file.

A code that validation has let pass and the register does not know is a true authority from outside the city: it is taken in, so that its
decisions have a home. A name without code that nobody bears leaves the decision with the sender; the name stays as written.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department
from credit_platform.accounts.queries import own_department_ids
from credit_platform.audit import actions as audit
from credit_platform.errors import Finding, Level
from records.identifiers import uscc

Authority = tuple[str, str]
"""Code and name of an authority as a row gives them, "" for what it does not give."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The department that stands for an authority, and what is to be said about it beside the row."""

    department: Department
    remarks: tuple[Finding, ...] = ()


def place_authorities(
    authorities: Collection[Authority], sender: Department, *, by: Actor, registration: bool = False
) -> dict[Authority, Placed]:
    """The department of every authority, in a fixed number of questions; authorities from elsewhere are registered and audited.

    `registration`: registration data are the sender's whatever office they name, without a remark. Runs inside the transaction of
    the action that calls it; the rows have been validated, so an unknown code of the city never comes here, and that an authority is from
    elsewhere has been said of every row already (rule authority.registered).
    """
    by_code = {str(d.uscc): d for d in Department.objects.filter(uscc__in={code for code, _ in authorities if code})}
    wanted = {name for code, name in authorities if name and not code}
    by_name = {d.name: d for d in Department.objects.filter(name__in=wanted).order_by("-pk")} if wanted else {}
    own = frozenset(own_department_ids(sender.pk, timezone.localdate()))
    placed = {}
    for code, name in sorted(authorities):
        if code and code not in by_code:
            by_code[code] = _take_in(code, name, by)
        if code or not name or name in by_name:
            authority = by_code[code] if code else by_name.get(name, sender)
            others = not registration and not authority.is_external and authority.pk not in own
            placed[code, name] = Placed(authority, (_not_sender(authority, sender),) if others else ())
        else:
            placed[code, name] = Placed(sender, () if registration else (_left_with(sender, name),))
    return placed


def _take_in(code: str, name: str, by: Actor) -> Department:
    made, is_new = Department.objects.get_or_create(
        uscc=code,
        defaults={
            "code": f"x-{code.lower()}",
            "name": (name or code)[:200],
            "district": code[2:8] if uscc.is_well_formed(code) and code[2:8].isdigit() else "",
            "is_external": True,
        },
    )
    if is_new:
        audit.record("records.authority.take-in", made, by=by, after={"uscc": code, "name": made.name}, unit_id=made.pk)
    return made


def _not_sender(authority: Department, sender: Department) -> Finding:
    """Another authority of the city stands behind the decision than sends it: that is told to both, for only the authority knows its decisions."""
    return Finding(
        "authority.not-sender",
        Level.WARNING,
        f"决定机关与报送单位不同：决定机关为“{authority.name}”，由“{sender.name}”报送。",
        mend="请核对决定机关；受委托报送的无需修改，决定机关会收到提示，并可提出异议。",
        value=authority.uscc or "",
    )


def _left_with(sender: Department, name: str) -> Finding:
    return Finding(
        "authority.unknown-name",
        Level.WARNING,
        f"决定机关“{name}”不在本市机关登记表内，已归入报送单位“{sender.name}”。",
        mend="请填写机关全称，有代码的请一并填写。",
        value=name,
    )
