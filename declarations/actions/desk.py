"""What a reviewer does with a declaration: let it be shown, give it back, strike it."""

from __future__ import annotations

from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from declarations.actions.base import move, required_words, reviewed, tell, write
from declarations.actions.ledger import entered, take_back
from declarations.models import Declaration
from declarations.rules import confirmed_until


def accept(declaration: Declaration, *, by: User, version: str) -> Declaration:
    """Let a declaration be shown as 主体自主申报: a record under ZZSB enters on the company's behalf and is disclosed.

    Reviewers of its department and the credit office may. What is accepted is its form, not its truth. Raises Forbidden, Conflict,
    and Refused with what the ledger has against it.
    """
    on = timezone.localdate()
    with acting(by):
        row = reviewed(declaration, by, version)
        move(row, "accept")
        row.reviewer, row.reviewed_on = by, on
        row.confirmed_until = confirmed_until(on, row.valid_until)
        row.record = entered(row, on, by)
        write(row, "state", "reviewer", "reviewed_on", "confirmed_until", "record")
        tell("accept", row, by, after={"confirmed_until": row.confirmed_until})
    return row


def return_(declaration: Declaration, *, by: User, version: str, note: str) -> Declaration:
    """Give a declaration back with what is to be mended. Raises Refused without a note, Forbidden, Conflict."""
    with acting(by):
        row = reviewed(declaration, by, version)
        move(row, "return")
        row.review_note = required_words(note, "note", "请写明退回原因。")
        row.reviewer, row.reviewed_on = by, timezone.localdate()
        write(row, "state", "review_note", "reviewer", "reviewed_on")
        tell("return", row, by, reason=row.review_note)
    return row


def strike(declaration: Declaration, *, by: User, version: str, reason: str) -> Declaration:
    """Take a declaration that was found untrue out of the public's sight. Raises Refused without a reason, Forbidden, Conflict."""
    with acting(by):
        row = reviewed(declaration, by, version)
        struck(row, by=by, reason=reason)
    return row


def struck(row: Declaration, *, by: User, reason: str) -> None:
    """Strike a locked declaration; for `strike` and for a report that was found true."""
    move(row, "strike")
    row.review_note = required_words(reason, "reason", "请写明撤除原因。")
    write(row, "state", "review_note")
    take_back(row, row.review_note, by)
    tell("strike", row, by, reason=row.review_note)
