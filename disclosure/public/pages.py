"""What the public pages ask: one subject's file, a search, the newest disclosures. Public data only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from disclosure.models import Disclosure
from disclosure.queries.public import public_disclosures
from records.identifiers import docnumber
from records.identifiers.regions import region_name
from records.models import Subject, SubjectName
from records.queries import SearchResult, search_subjects, standing

FILE_PAGE = 50
MIN_DOCUMENT = 3


@dataclass(frozen=True, slots=True)
class SubjectFile:
    """One subject as the public sees it. `disclosures` are the newest; `more` tells that there are older ones."""

    subject: Subject
    district: str
    former_names: list[str]
    registration: Disclosure | None
    disclosures: list[Disclosure]
    more: bool
    branches: list[Subject] = field(default_factory=list)


def public_subject(code: str) -> Subject | None:
    """The subject with a public page under a code, also when it was merged since. Natural persons have none."""
    found = Subject.objects.filter(code=code).select_related("merged_into").first()
    if found is None:
        return None
    subject = standing(found)
    return subject if subject.code and subject.kind != "person" else None


def subject_file(code: str, day: date, *, size: int = FILE_PAGE) -> SubjectFile | None:
    """The public file of a subject on a day: at most `size` disclosures, newest decision first. Four queries."""
    subject = public_subject(code)
    if subject is None:
        return None
    rows = public_disclosures(day).filter(subject=subject)
    entries = list(rows.exclude(kind="registration").order_by("-decided_on", "-id")[: size + 1])
    former = SubjectName.objects.filter(subject=subject, is_current=False).order_by("-until", "-pk")
    return SubjectFile(
        subject=subject,
        district=region_name(subject.district) if subject.district else "",
        former_names=list(former.values_list("name", flat=True)),
        registration=rows.filter(kind="registration").order_by("-decided_on", "-id").first(),
        disclosures=entries[:size],
        more=len(entries) > size,
        branches=list(subject.branches.filter(merged_into__isnull=True).order_by("id")[:20]),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """An answer to the search box: subjects, and disclosures whose document number begins so."""

    subjects: SearchResult
    documents: list[Disclosure]


def search(q: str, day: date, *, limit: int = 20, after: int | None = None) -> Found:
    """Search by code, name (any two characters and more, former names too) and document number.

    Raises Refused for a single character.
    """
    subjects = search_subjects(q, limit=limit, after=after, public=True)
    documents = [] if after is not None else by_document_number(q, day, limit)
    return Found(subjects, documents)


def by_document_number(q: str, day: date, limit: int = 20) -> list[Disclosure]:
    """Visible disclosures whose document number begins with `q`, brackets and blanks written in any way."""
    key = docnumber.key(q)
    if len(key) < MIN_DOCUMENT or not any(sign.isdigit() for sign in key):
        return []
    return list(public_disclosures(day).filter(document_key__startswith=key).order_by("document_key", "id")[:limit])
