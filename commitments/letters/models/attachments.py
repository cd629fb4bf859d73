"""Attachments: files that belong to a letter or a review, encrypted at rest; those of a case are the kit's."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from casework.models.attachments import StoredFile
from commitments.letters.models.letters import CommitmentLetter
from commitments.reviews.models import Review

OWNERS = ("letter", "review")


def _only(owner: str) -> Q:
    condition = Q(**{f"{owner}__isnull": False})
    for other in OWNERS:
        if other != owner:
            condition &= Q(**{f"{other}__isnull": True})
    return condition


class Attachment(StoredFile):
    """One file; `path` lies in the private media (`credit_platform.vault`), `role` says what it is for."""

    letter = models.ForeignKey(
        CommitmentLetter, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    review = models.ForeignKey(Review, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments")
    role = models.CharField("用途", max_length=20)

    class Meta(StoredFile.Meta):
        db_table = "commitments_paper"
        verbose_name = "附件"
        verbose_name_plural = "附件"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_only("letter") | _only("review"),
                name="paper_belongs_to_one",
            )
        ]
