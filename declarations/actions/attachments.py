"""Proofs that come with a declaration: kept encrypted, never public, looked at only on the record."""

from __future__ import annotations

from collections.abc import Sequence

from casework.actions.attachments import keep, read
from casework.rules.attachments import AttachedFile
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from declarations.actions.base import REVIEW
from declarations.models import Attachment, Declaration
from records.actions.looks import reference

FOLDER = "declarations"


def attach(declaration: Declaration, given: Sequence[AttachedFile], *, by: Actor) -> list[Attachment]:
    """Keep files with a declaration, inside the caller's verb. Raises what `keep` raises."""
    return keep(
        given, lambda **columns: Attachment.objects.create(declaration=declaration, **columns), folder=FOLDER, by=by
    )


def look(attachment: Attachment, *, by: User, purpose: str) -> bytes:
    """The file in clear, for this answer only, to who may review the declaration. The look is registered first.

    Raises Forbidden, Refused without a purpose, and what the vault says when the stored file is gone or was altered.
    """
    row = attachment.declaration
    policy.require(by, REVIEW, row.department)
    about, unit = reference(row.subject), row.department_id
    return read(attachment, "declarations.attachment", about=about, unit_id=unit, by=by, purpose=purpose)
