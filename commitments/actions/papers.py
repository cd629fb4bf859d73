"""Papers: files kept encrypted for a letter, a review or a declaration, and looked at only on the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from commitments.models import Declaration, Letter, Paper, Review
from commitments.rules.papers import MOST, media_type, safe_name
from credit_platform import vault
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused
from records.actions.looks import reference
from records.identifiers.personal import removed

FOLDER = "commitments"
OWNERS = {Letter: "letter", Review: "review", Declaration: "declaration"}


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was handed in."""

    name: str
    data: bytes


def attach(owner: Letter | Review | Declaration, given: Sequence[Given], *, role: str, by: Actor) -> list[Paper]:
    """Keep files with their owner, inside the caller's transaction and after its policy; a roll-back removes them again.

    Refused for more than ten files, one over 10 MB, and anything that is not PDF, JPEG or PNG by its content.
    """
    if len(given) > MOST:
        raise Refused("paper.many", f"一次最多上传 {MOST} 个文件。")
    kinds = [media_type(each.data) for each in given]
    made = []
    for each, kind in zip(given, kinds, strict=True):
        stored = vault.store([each.data], folder=FOLDER)
        try:
            with transaction.atomic():
                made.append(
                    Paper.objects.create(
                        **{OWNERS[type(owner)]: owner},
                        role=role,
                        name=removed(safe_name(each.name, kind)),
                        media_type=kind,
                        size=stored.size,
                        sha256=stored.sha256,
                        path=stored.path,
                        added_by=by.actor_name[:100],
                    )
                )
        except BaseException:
            vault.remove(stored.path)
            raise
    return made


def letter_of(paper: Paper) -> Letter:
    """The letter that a paper of a letter or a review is about; Refused for a paper of a declaration."""
    if paper.letter is not None:
        return paper.letter
    if paper.review is not None:
        return paper.review.letter
    raise Refused("paper.owner", "该附件不属于承诺书。")


def look(paper: Paper, *, by: Actor, purpose: str) -> bytes:
    """The file in clear, for this answer only. The look is registered first; who may, the page has asked the policy.

    Refused without a purpose, and when the stored file is gone or was altered.
    """
    letter = letter_of(paper)
    with acting(by):
        audit.look(
            "commitments.paper",
            by=by,
            subject_ref=reference(letter.subject),
            purpose=purpose,
            fields=paper.name,
            results=1,
            unit_id=letter.department_id,
            basis=f"附件 {paper.pk}",
        )
    return vault.read(paper.path)
