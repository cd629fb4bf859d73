"""Papers: files kept encrypted for a letter or a review, and looked at only on the record."""

from __future__ import annotations

from collections.abc import Sequence

from casework.actions.attachments import keep, read
from casework.rules.attachments import AttachedFile
from commitments.models import Attachment, CommitmentLetter, Review
from credit_platform.accounts.actors import Actor
from records.actions.looks import reference

FOLDER = "commitments"
OWNERS = {CommitmentLetter: "letter", Review: "review"}


def attach(
    owner: CommitmentLetter | Review, given: Sequence[AttachedFile], *, role: str, by: Actor
) -> list[Attachment]:
    """Keep files with their owner, inside the caller's transaction and after its policy; a roll-back removes them again.

    Raises what `keep` raises.
    """
    columns = {OWNERS[type(owner)]: owner, "role": role}
    return keep(given, lambda **file: Attachment.objects.create(**columns, **file), folder=FOLDER, by=by)


def letter_of(attachment: Attachment) -> CommitmentLetter:
    """The letter that an attachment of a letter or a review is about."""
    if attachment.letter is not None:
        return attachment.letter
    assert attachment.review is not None  # a constraint holds that it is one of the two
    return attachment.review.letter


def look(attachment: Attachment, *, by: Actor, purpose: str) -> bytes:
    """The file in clear, for this answer only. The look is registered first; who may, the page has asked the policy.

    Refused without a purpose, and when the stored file is gone or was altered.
    """
    letter = letter_of(attachment)
    about, unit = reference(letter.subject), letter.department_id
    return read(attachment, "commitments.paper", about=about, unit_id=unit, by=by, purpose=purpose)
