"""What the public pages ask: one subject's file, a search, the newest disclosures. Public data only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from credit_platform.web.keyset import CappedCount
from disclosure.kinds import ATTESTED, BESIDE, LISTED, OWN_WORD
from disclosure.models import Disclosure, DisclosureQuerySet
from disclosure.own_kinds import REGISTRATION
from disclosure.public.entries import parts, with_standard
from disclosure.queries.public import Line, public_disclosures
from disclosure.rules.states import State
from records.identifiers import docnumber
from records.models import Subject, SubjectIdentifier, SubjectName
from records.queries import Branches, SearchResult, branches_of, canonical, search_subjects, taken_back

FILE_PAGE = 50
MIN_DOCUMENT = 3
COUNT_CAP = 1000
MOST_YEARS = 12


@dataclass(frozen=True, slots=True)
class SubjectFile:
    """One subject as the public sees it. `disclosures` are the newest; `more` tells that there are older ones."""

    subject: Subject
    district: str
    former_names: list[str]
    registration: Disclosure | None
    disclosures: list[Disclosure]
    more: bool


def public_subject(code: str) -> Subject | None:
    """The subject with a public page under a code, also when it was merged since. Natural persons have none, nor has a subject of
    whom nothing is left but what was taken back (`taken_back`)."""
    found = Subject.objects.filter(code=code).select_related("merged_into").first()
    if found is None:
        return None
    return _with_page(canonical(found))


def _with_page(subject: Subject) -> Subject | None:
    return subject if subject.code and subject.kind != "person" and not taken_back([subject.pk]) else None


def former_names(subject: Subject) -> list[str]:
    """The names that a subject had before, the last one first."""
    rows = SubjectName.objects.filter(subject=subject, is_current=False).order_by("-until", "-pk")
    return list(rows.values_list("name", flat=True))


def subject_file(code: str, day: date, *, size: int = FILE_PAGE) -> SubjectFile | None:
    """The public file of a subject on a day: at most `size` disclosures, newest decision first. Four queries."""
    subject = public_subject(code)
    if subject is None:
        return None
    rows = public_disclosures(day).filter(subject=subject)
    entries = list(rows.exclude(kind=REGISTRATION).order_by("-decided_on", "-id")[: size + 1])
    return SubjectFile(
        subject=subject,
        district=subject.district_name,
        former_names=former_names(subject),
        registration=rows.filter(kind=REGISTRATION).order_by("-decided_on", "-id").first(),
        disclosures=entries[:size],
        more=len(entries) > size,
    )


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """An answer to the search box: subjects, and disclosures whose document number begins so."""

    subjects: SearchResult
    documents: list[Disclosure]


def search(q: str, day: date, *, limit: int = 20, after: int | None = None) -> SearchAnswer:
    """Search by code, name (any two characters and more, former names too) and document number.

    Raises Refused for a single character.
    """
    subjects = search_subjects(q, limit=limit, after=after, public=True)
    documents = [] if after is not None else by_document_number(q, day, limit)
    return SearchAnswer(subjects, documents)


def by_document_number(q: str, day: date, limit: int = 20) -> list[Disclosure]:
    """Visible disclosures whose document number begins with `q`, brackets and blanks written in any way."""
    key = docnumber.key(q)
    if len(key) < MIN_DOCUMENT or not any(sign.isdigit() for sign in key):
        return []
    return list(public_disclosures(day).filter(document_key__startswith=key).order_by("document_key", "id")[:limit])


def subject_by_old_number(number: str) -> Subject | None:
    """The subject with a public page that one old number leads to; None when nobody or several have it."""
    rows = SubjectIdentifier.objects.filter(value=number).select_related("subject__merged_into")[:5]
    found = {canonical(row.subject) for row in rows}
    return _with_page(found.pop()) if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class YearLine:
    """What was decided about a subject in one year, by kind."""

    year: int
    permits: int
    penalties: int
    others: int

    @property
    def total(self) -> int:
        return self.permits + self.penalties + self.others


@dataclass(frozen=True, slots=True)
class SubjectHead:
    """The upper part of a subject's page. `counts` are exact up to a cap, by kind; `years` are the oldest first."""

    subject: Subject
    district: str
    former_names: list[str]
    registration: list[Line]
    registration_source: Disclosure | None
    counts: dict[str, CappedCount]
    years: list[YearLine]
    branches: Branches

    @property
    def total(self) -> CappedCount:
        """How much is shown about the subject altogether."""
        return CappedCount(sum(map(int, self.counts.values())), more=any(count.more for count in self.counts.values()))


def subject_head(code: str, day: date) -> SubjectHead | None:
    """Who a subject is, from public data, with how much there is of each kind and year."""
    subject = public_subject(code)
    if subject is None:
        return None
    rows = public_disclosures(day).filter(subject=subject)
    registration = with_standard(rows.filter(kind=REGISTRATION)).order_by("-decided_on", "-id").first()
    said = list(rows.exclude(kind__in=list(BESIDE)).order_by().values_list("kind", "decided_on")[: COUNT_CAP + 1])
    counts = Counter(kind for kind, _ in said[:COUNT_CAP])
    more = len(said) > COUNT_CAP
    return SubjectHead(
        subject=subject,
        district=subject.district_name,
        former_names=former_names(subject),
        registration=_registration(registration, subject),
        registration_source=registration,
        counts={kind: CappedCount(counts[kind], more=more) for kind in ATTESTED if kind in counts},
        years=year_lines(said[:COUNT_CAP]),
        branches=branches_of(subject, public=True),
    )


def _registration(row: Disclosure | None, subject: Subject) -> list[Line]:
    """The registration data that the head of the page does not say already."""
    told = {subject.name, subject.code}
    return [line for part in parts(row) for line in part.lines if line.value not in told] if row else []


def year_lines(said: Iterable[tuple[str, date]]) -> list[YearLine]:
    """How much was decided in each year, without a gap from the first to the last, the latest twelve years at most."""
    tally: dict[int, Counter[str]] = {}
    for kind, decided_on in said:
        tally.setdefault(decided_on.year, Counter())[kind] += 1
    if not tally:
        return []
    nothing: Counter[str] = Counter()
    lines = []
    for year in range(max(min(tally), max(tally) - MOST_YEARS + 1), max(tally) + 1):
        of_year = tally.get(year, nothing)
        permits, penalties = of_year["permit"], of_year["penalty"]
        lines.append(YearLine(year, permits, penalties, of_year.total() - permits - penalties))
    return lines


def entries_of(subject: Subject, day: date, kind: str = "") -> DisclosureQuerySet:
    """What is said about a subject, without its registration data and its own declarations; of one kind when `kind` names one."""
    rows = with_standard(public_disclosures(day).filter(subject=subject))
    return rows.filter(kind=kind) if kind in LISTED else rows.exclude(kind__in=list(BESIDE))


def declared_by(subject: Subject, day: date) -> DisclosureQuerySet:
    """What a subject declares of itself, newest first: never mixed with what others say about it (哈政办规〔2020〕12号 no. 13)."""
    rows = with_standard(public_disclosures(day).filter(subject=subject, kind__in=list(OWN_WORD)))
    return rows.order_by("-decided_on", "-id")


def disclosure_by_id(public_id: str, day: date) -> Disclosure | None:
    """One visible disclosure by the id in its address, with its subject and the name of its standard."""
    rows = with_standard(public_disclosures(day).filter(public_id=public_id))
    return rows.first()


def newest(kind: str, day: date, size: int = 5) -> list[Disclosure]:
    """The newest disclosures of a kind."""
    return list(public_disclosures(day).filter(kind=kind).order_by("-published_on", "-id")[:size])


def withdrawn_note(public_id: str, day: date) -> Disclosure | None:
    """A withdrawn disclosure that was public and has a public note; its content is not loaded.

    The note stands no longer than the publication itself would have: after its last day nothing is said any more.
    """
    rows = Disclosure.objects.filter(public_id=public_id, state=State.WITHDRAWN, published_on__isnull=False)
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    fields = ("public_id", "kind", "document_number", "public_note", "ended_at", "authority__name")
    return rows.filter(running).exclude(public_note="").select_related("authority").only(*fields).first()
