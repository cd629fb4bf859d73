"""An agency is struck after it was told and heard, by another person than who told it."""

from __future__ import annotations

from datetime import date
from functools import partial

from casework.actions import hearing, open_case, verbs
from casework.actions.hearing import scanned
from casework.actions.step import step
from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, refuse
from industry.agencies import rules
from industry.agencies.actions.registering import end, locked
from industry.agencies.models import Agency, StrikeCase
from industry.agencies.rules import STRIKE


def propose(agency: Agency, *, ground: str, facts: str, by: User, on: date | None = None) -> Case:
    """Begin a strike. Credit office. Raises Refused without facts or for who is not registered, Conflict while one is open."""
    with acting(by):
        row = locked(agency)
        policy.require(by, rules.HANDLE, row.department)
        registered = row.state == rules.State.REGISTERED
        refuse([*rules.against_strike(facts, registered=registered), *scanned(facts=facts)])
        if StrikeCase.objects.filter(agency=row, is_open=True).exists():
            raise Conflict("agencies.open", "对该机构的取消登记正在办理。")
        own = {"agency": row, "ground": ground, "facts": facts.strip()}
        return open_case(STRIKE, subject=row.subject, department=row.department, by=by, on=on, own=own)


def notify(case: Case, *, notice: str, days: int, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The agency is told the facts, the ground and that it may respond within working days."""
    with step(STRIKE, case, "notify", by=by, on=on, version=version) as at:
        hearing.notify(at, notice=notice, days=days)
    return at.case


serve = partial(verbs.serve, STRIKE)
hear = partial(verbs.hear, STRIKE)
respond = partial(verbs.respond, STRIKE)
determine = partial(verbs.determine, STRIKE)
dismiss = partial(verbs.close, STRIKE, "dismiss", "请写明不予取消的理由。")


def decide(case: Case, *, document_number: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The agency is struck: it leaves the list and its key reads nothing, in the same transaction."""
    with step(STRIKE, case, "decide", by=by, on=on, version=version) as at:
        hearing.decide(at, document_number=document_number)
        end(locked(at.own.agency), by=by)
    return at.case
