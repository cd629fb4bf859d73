"""The beat of the verbs: lock, ask whose it is, look the move up, write, tell the trail."""

from __future__ import annotations

from typing import Any

from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.errors import Forbidden, refuse, required
from credit_platform.web.once import require_version
from declarations.models import Declaration
from declarations.rules import State, next_state

DECLARE, REVIEW = "declarations.declare", "declarations.review"
"""Permissions: what a company does with its own, what a reviewer does with those of the department."""


def locked(declaration: Declaration) -> Declaration:
    """The row, locked for the transaction."""
    rows = Declaration.objects.select_for_update(of=("self",)).select_related("subject", "department", "record")
    return rows.get(pk=declaration.pk)


def own(declaration: Declaration, by: CompanyAccount) -> Declaration:
    """The locked row for its company; Forbidden for another one's, and for an account that is no longer active."""
    row = locked(declaration)
    current = CompanyAccount.objects.select_related("subject").get(pk=by.pk)
    mine = {current.subject_id, canonical_subject(current).pk}
    if not current.is_authenticated or row.subject_id not in mine:
        raise Forbidden("declaration.own", "只能办理本主体的申报。")
    return row


def reviewed(declaration: Declaration, by: User, version: str) -> Declaration:
    """The locked row for a reviewer of its department or the credit office; Forbidden, Conflict when it was changed since `version`."""
    row = locked(declaration)
    policy.require(by, REVIEW, row.department)
    require_version(row, version)
    return row


def move(row: Declaration, verb: str) -> None:
    """The state after a verb; Conflict."""
    row.state = next_state(State(row.state), verb).value


def write(row: Declaration, *fields: str) -> None:
    """Save the named fields with the next version."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def tell(verb: str, row: Declaration, by: Actor, *, after: dict[str, Any] | None = None, reason: str = "") -> None:
    """The row of the audit trail for a verb."""
    state = {"state": row.state} | (after or {})
    audit.record(f"declarations.{verb}", row, by=by, after=state, reason=reason, unit_id=row.department_id)


def required_words(text: str, field: str, words: str) -> str:
    """The words that a verb wants, at most 500 characters; Refused at `field` without them."""
    refuse(required(text, field, words, rule="declaration.reason"))
    return text.strip()[:500]
