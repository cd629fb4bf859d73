"""The beat of the verbs of a review: the letter first, then the review, so that two verbs never wait for each other in a circle."""

from __future__ import annotations

from commitments.models import CommitmentLetter, Review
from credit_platform.web.once import require_version


def locked(review: Review, version: str | None = None) -> Review:
    """The review with its letter, both locked; Conflict when `version` is given and no longer the row's."""
    CommitmentLetter.objects.select_for_update().get(pk=review.letter_id)
    row = (
        Review.objects.select_for_update(of=("self",))
        .select_related("letter__record", "letter__subject", "letter__entry", "letter__matter", "department")
        .get(pk=review.pk)
    )
    if version is not None:
        require_version(row, version)
    return row
