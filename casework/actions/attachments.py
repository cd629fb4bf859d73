"""Attachments of a case: kept encrypted inside the step that brings them, looked at only on the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import transaction

from casework.models import Attachment, Case
from casework.models.attachments import StoredFile
from casework.rules.attachments import MOST, AttachedFile, media_type, safe_name
from credit_platform import vault
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused
from records.actions.looks import reference
from records.identifiers.personal import removed
from records.models import Subject

FOLDER = "cases"
A = TypeVar("A")


def attach(case: Case, given: Sequence[AttachedFile], *, role: str, by: Actor) -> list[Attachment]:
    """Keep files with a case, inside the caller's step. Raises what `keep` raises."""
    return keep(
        given, lambda **columns: Attachment.objects.create(case=case, role=role, **columns), folder=FOLDER, by=by
    )


def keep(
    given: Sequence[AttachedFile], create: Callable[..., A], *, folder: str, by: Actor, films: bool = False
) -> list[A]:
    """Put files into the vault and make a row of each with `create`; a roll-back of the row removes the file again.

    A number of a person in the name of a file is taken out of it. Refused for more than ten files, one over 10 MB, and anything that is
    not PDF, JPEG or PNG by its content; with `films` an MP4 of up to 40 MB is taken too.
    """
    if len(given) > MOST:
        raise Refused("attachment.many", f"一次最多上传{MOST}个文件。")
    kinds = [media_type(each.data, films=films) for each in given]
    made = []
    for each, kind in zip(given, kinds, strict=True):
        stored = vault.store([each.data], folder=folder)
        try:
            with transaction.atomic():
                row = create(
                    name=removed(safe_name(each.name, kind)),
                    media_type=kind,
                    size=stored.size,
                    sha256=stored.sha256,
                    path=stored.path,
                    added_by=by.actor_name[:100],
                )
        except BaseException:
            vault.remove(stored.path)
            raise
        made.append(row)
    return made


def look(attachment: Attachment, *, by: Actor, purpose: str) -> bytes:
    """The file in clear, for this answer only. The look is registered first; who may, the page has asked.

    Refused without a purpose, and when the stored file is gone or was altered.
    """
    case = attachment.case
    about = subject_ref(case.subject, case.number)
    return read(
        attachment, f"{case.of.audit}.attachment", about=about, unit_id=case.department_id, by=by, purpose=purpose
    )


def read(file: StoredFile, verb: str, *, about: str, unit_id: int | None, by: Actor, purpose: str) -> bytes:
    """A stored file in clear; the look at it is registered first, as `verb`, about whom (as the register may show it) and for what.

    Refused without a purpose, and when the stored file is gone or was altered.
    """
    with acting(by):
        audit.look(
            verb,
            by=by,
            subject_ref=about,
            purpose=purpose,
            fields=file.name,
            results=1,
            unit_id=unit_id,
            basis=f"附件 {file.pk}",
        )
    return vault.read(file.path)


def subject_ref(subject: Subject | None, number: str) -> str:
    """Whom a look is about, as the register may show it; the case itself when it is about nobody yet."""
    return reference(subject) if subject is not None else number
