"""Suspending, resuming and closing an account; each ends its open sessions at once.

Windows, the credit office, and the clerks of the unit that confirmed the account may.
"""

from __future__ import annotations

from companies.actions.access import prove
from companies.actions.base import locked, new_session_version, require_other, required_reason, write
from companies.models import CompanyAccount
from companies.queries import answering_unit
from companies.rules import next_state
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Forbidden


def suspend(account: CompanyAccount, *, by: User, reason: str) -> CompanyAccount:
    """Stop an active account; its sessions end. Raises Refused without a reason, Conflict from another state."""
    return _staff_moves(account, "suspend", by=by, reason=reason)


def resume(account: CompanyAccount, *, by: User, reason: str) -> CompanyAccount:
    """Open a suspended account again. Raises Refused without a reason, Conflict from another state."""
    return _staff_moves(account, "resume", by=by, reason=reason)


def close(account: CompanyAccount, *, by: Actor, reason: str = "", password: str = "") -> CompanyAccount:
    """Close an account for good: by staff with a reason, or by the company itself with its password.

    What was signed and declared stays as it is. Raises Forbidden for another company's account, Refused, Conflict.
    """
    if by.actor_kind != "company":
        return _staff_moves(account, "close", by=by, reason=reason)
    if by.actor_id != account.pk:
        raise Forbidden("companies.own", "只能注销本账户。")
    prove(account, password=password)
    with acting(by):
        return _moved(locked(account), "close", by=by, reason="主体自行注销")


def _staff_moves(account: CompanyAccount, verb: str, *, by: Actor, reason: str) -> CompanyAccount:
    with acting(by):
        row = locked(account)
        policy.require(by, "companies.keep", answering_unit(row))
        if verb == "resume":
            require_other(row, by)
        next_state(row.state, verb)
        return _moved(row, verb, by=by, reason=required_reason(reason))


def _moved(row: CompanyAccount, verb: str, *, by: Actor, reason: str) -> CompanyAccount:
    before = row.state
    row.state = next_state(row.state, verb).value
    row.reason, row.session_key = reason, new_session_version()
    write(row, "state", "reason", "session_key")
    audit.record(f"companies.{verb}", row, by=by, before={"state": before}, after={"state": row.state}, reason=reason)
    return row
