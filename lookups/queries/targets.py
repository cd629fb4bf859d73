"""Whom a typed text means: a code, a personal number, or a part of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lookups.models import Authorisation
from lookups.rules.questions import Paper
from records.actions.looks import reference
from records.identifiers import idcard, uscc
from records.identifiers.clean import clean_code
from records.models import Subject, SubjectKind
from records.queries.search import search_subjects, subject_by_person_number

CODE, CHOICES = 18, 9
"""How many of several fitting firms are offered: one digit each."""


@dataclass(frozen=True, slots=True)
class Target:
    """Who was meant. `number` is a whole personal number, in memory only; `choices` when a part of a name fits several."""

    ref: str
    subject: Subject | None = None
    number: str = field(default="", repr=False)
    choices: Sequence[Subject] = ()

    @property
    def is_person(self) -> bool:
        """Whether a natural person was asked for."""
        return self.subject.kind == SubjectKind.PERSON if self.subject else bool(self.number)


def target_of(text: str) -> Target:
    """The subject with this code, this whole personal number, or a name of which this is a part.

    Natural persons are found by their whole number alone. Refused for a single character.
    """
    normal = _code_in(text) or clean_code(text)
    if len(normal) == 15 and idcard.is_first_generation(normal):
        normal = idcard.upgrade(normal)
    if idcard.is_well_formed(normal) and not Subject.objects.filter(code=normal).exists():
        return Target(idcard.mask_id(normal), subject_by_person_number(normal), normal)
    found = search_subjects(normal if len(normal) == CODE else text, limit=CHOICES)
    subjects = list(dict.fromkeys(hit.subject for hit in found.hits))
    if len(subjects) == 1:
        return Target(reference(subjects[0]), subjects[0])
    return Target(text.strip()[:100], choices=subjects)


def _code_in(text: str) -> str:
    """The code inside what a scanner read from a licence: the address of a page, or several lines; "" when there is none."""
    pieces = re.findall(r"[0-9A-Z]{18}", text.upper())
    return next((piece for piece in pieces if uscc.is_well_formed(piece)), "")


def paper_of(authorisation: Authorisation | None) -> Paper | None:
    """An authorisation as the rules see it."""
    if authorisation is None:
        return None
    row = authorisation
    return Paper(row.subject_id, row.purpose.code, row.valid_from, row.ends_on, row.ended_on is not None)


def authorisation_of(number: str) -> Authorisation | None:
    """The authorisation that was registered under this number, the last part of it being enough."""
    text = number.strip().upper()
    if len(text) < 6:
        return None
    rows = list(Authorisation.objects.select_related("purpose", "subject").filter(number__endswith=text)[:2])
    return rows[0] if len(rows) == 1 else None


def subject_of_ref(ref: str) -> int | None:
    """The subject that the reference of a look names: its code, or the number of its file; None for anything else."""
    if uscc.is_well_formed(ref):
        return Subject.objects.filter(code=ref).values_list("pk", flat=True).first()
    number = ref.removeprefix("档案")
    if number != ref and number.isascii() and number.isdigit():
        return Subject.objects.filter(pk=int(number)).values_list("pk", flat=True).first()
    return None
