"""Search of subjects by code, old number and name. Persons have neither, so no search here can reach one.

Names are compared in their normal form through the GIN index over two-character pieces: any two characters and more are found in
milliseconds, in the middle of a name as well as in front. Answers are paged by key, never counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from credit_platform import sealing
from credit_platform.errors import Refused
from records.identifiers import names
from records.identifiers.clean import clean_code
from records.models import CreditRecord, Subject, SubjectIdentifier, SubjectName
from records.numbers import of_citizen, sought
from records.rules import RecordStatus

MIN_CODE_PREFIX = 8
MAX_QUERY = 100
# The continuation is one number: the stage (exact, prefix, inside) times this, plus the last subject's key.
STAGE = 10**15
WALK = 10_000
"""Subjects that are looked at one after the other before the index over the pieces is asked."""
_STRIDE, _STRIDES = 2000, 10
"""Hidden subjects are passed over in steps of so many, so many times, before the page is answered empty with a way on."""


@dataclass(frozen=True, slots=True)
class SubjectHit:
    """A subject that was found. `how` is code, number, exact, prefix or inside; `matched_name` may be a former name."""

    subject: Subject
    matched_name: str
    how: str

    @property
    def by_former_name(self) -> bool:
        """Whether the name that was found is not the present one."""
        return bool(self.matched_name) and self.matched_name != self.subject.name


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page: `after` is what the next call takes, None when `more` is False."""

    hits: list[SubjectHit] = field(default_factory=list)
    more: bool = False
    after: int | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A row of a stage; `told` when the page leaves it out: its subject stands in an earlier stage, or is not for the public."""

    stage: int
    hit: SubjectHit
    told: bool = False


def search_subjects(q: str, *, limit: int = 20, after: int | None = None, public: bool = False) -> SearchResult:
    """Find subjects by credit code (whole, or 8 characters and more of its beginning), by an old number, or by any part of a name.

    At most `limit` hits a page (fewer when one subject has several fitting names); `after` as the page before returned it; `public`
    leaves out what has no public page: no code of its own, or nothing behind it but what was taken back (`taken_back`).
    Former names are found. Raises Refused for a single character, which would match half of the city.
    """
    q = q.replace("\x00", "").strip()[:MAX_QUERY]
    normal = names.normalise(q)
    if not normal:
        return SearchResult()
    if len(normal) < 2:
        raise Refused("search.too-short", "请至少输入两个字。", mend="可输入名称中任意连续的两个字或统一社会信用代码。")
    found: list[_Found] = []
    if after is None:
        found.extend(_Found(0, hit) for hit in _by_number(clean_code(q), limit + 1, public))
    if found:
        return _page(_without_hidden(found, public), limit)
    result = _page(_without_hidden(_by_name(normal, limit + 1, after or 0, public), public), limit)
    if result.hits or not result.more:
        return result
    return _pass_over(normal, limit, result.after or 0, public)


def taken_back(subject_ids: Iterable[int]) -> set[int]:
    """Those of these subjects of whom nothing is left but records whose batch was undone: the public does not find them.

    A subject without any record, or with a revoked one, is not among them: what was said of it was meant.
    """
    of_subject = CreditRecord.objects.filter(subject=OuterRef("pk"))
    meant = of_subject.exclude(status=RecordStatus.UNDONE)
    rows = Subject.objects.filter(~Exists(meant), Exists(of_subject), pk__in=set(subject_ids))
    return set(rows.values_list("pk", flat=True))


def subject_by_number(kind: str, value: str) -> Subject | None:
    """The subject, not merged into another, that has an old number of a kind; None when nobody or more than one has it."""
    rows = SubjectIdentifier.objects.filter(kind=kind, value__in=sought(kind, value)).select_related(
        "subject__merged_into"
    )
    subjects = {canonical(row.subject) for row in rows[:3]}
    return subjects.pop() if len(subjects) == 1 else None


def subject_by_person_number(normal: str) -> Subject | None:
    """The natural person with exactly this number (normal form), else the one subject that has it among its numbers (the tax number of a sole
    trader). For those alone who register that they looked."""
    found = Subject.objects.filter(id_hash__in=sealing.number_hashes(normal)).select_related("merged_into").first()
    if found is not None:
        return canonical(found)
    rows = SubjectIdentifier.objects.filter(value__in=of_citizen(normal)).select_related("subject__merged_into")
    holders = {canonical(row.subject) for row in rows[:3]}
    return holders.pop() if len(holders) == 1 else None


def canonical(subject: Subject) -> Subject:
    """The subject itself, or the one that it was merged into, through any number of merges."""
    seen = {subject.pk}
    while subject.merged_into is not None and subject.merged_into_id not in seen:
        subject = subject.merged_into
        seen.add(subject.pk)
    return subject


def merged_with(subject: Subject) -> list[int]:
    """The files that are one subject today: the one that stands and all that were merged into it, through any number of merges."""
    found = {canonical(subject).pk}
    newest = set(found)
    while newest:
        newest = set(Subject.objects.filter(merged_into__in=newest).values_list("pk", flat=True)) - found
        found |= newest
    return sorted(found)


def _pass_over(normal: str, limit: int, after: int, public: bool) -> SearchResult:
    """The next page with anything on it, when an undone batch has left thousands of fitting names; in large steps, and not for ever."""
    for _ in range(_STRIDES):
        found = _without_hidden(_by_name(normal, _STRIDE, after, public), public)
        first = next((index for index, each in enumerate(found) if not each.told), len(found))
        after = _place(found[first - 1]) if first else after
        if first < len(found):
            return _page(_without_hidden(_by_name(normal, limit + 1, after, public), public), limit)
        if len(found) < _STRIDE:
            return SearchResult()
    return SearchResult([], True, after)


def _without_hidden(found: list[_Found], public: bool) -> list[_Found]:
    hidden = taken_back(each.hit.subject.pk for each in found) if public and found else set()
    return [replace(each, told=True) if each.hit.subject.pk in hidden else each for each in found]


def _place(found: _Found) -> int:
    return found.stage * STAGE + found.hit.subject.pk


def _page(found: list[_Found], limit: int) -> SearchResult:
    if len(found) <= limit:
        return SearchResult([each.hit for each in found if not each.told])
    kept = found[:limit]
    last = kept[-1]
    more = last.stage > 0  # numbers are answered whole: nobody pages through a prefix of a code
    after = _place(last) if more else None
    return SearchResult([each.hit for each in kept if not each.told], more, after)


def _by_number(code: str, limit: int, public: bool) -> list[SubjectHit]:
    if len(code) < MIN_CODE_PREFIX or not (code.isascii() and code.isalnum()):
        return []
    direct = Subject.objects.filter(code__startswith=code) if len(code) < 18 else Subject.objects.filter(code=code)
    old = SubjectIdentifier.objects.filter(value=code).select_related("subject__merged_into").order_by("subject_id")
    hits = [(row, "code") for row in direct.select_related("merged_into").order_by("code")[:limit]]
    hits += [(row.subject, "number") for row in old[:limit]]
    return list(_once((SubjectHit(canonical(subject), "", how) for subject, how in hits), public))[:limit]


def _once(hits: Iterable[SubjectHit], public: bool) -> Iterator[SubjectHit]:
    seen: set[int] = set()
    for hit in hits:
        if hit.subject.pk not in seen and not (public and not hit.subject.code):
            seen.add(hit.subject.pk)
            yield hit


def _by_name(normal: str, limit: int, after: int, public: bool) -> list[_Found]:
    exact, prefix = Q(normal=normal), Q(normal__startswith=normal)
    inside = Q(bigrams__contains=names.bigrams(normal), normal__contains=normal)
    stages = [(1, "exact", exact, None), (2, "prefix", prefix, exact), (3, "inside", inside, prefix)]
    start, last = divmod(after, STAGE)
    found: list[_Found] = []
    for number, how, wanted, earlier in stages:
        if number < start or len(found) >= limit:
            continue
        behind, missing = last if number == start else 0, limit - len(found)
        rows = list(_walked(normal, earlier, behind, public)[:missing]) if how == "inside" else []
        if len(rows) < missing:
            rows = list(_names(wanted, earlier, behind, public)[:missing])
        told = _told(rows, earlier)
        found.extend(_Found(number, SubjectHit(r.subject, r.name, how), r.subject_id in told) for r in rows)
    return found


def _walked(normal: str, earlier: Q | None, last: int, public: bool) -> QuerySet[SubjectName]:
    """What a walk over the next WALK subjects finds: a page full of it for a part that many names have.

    The index over the pieces would fetch and sort every name with the part to show the first twenty, and the planner cannot know how
    many there are, since pieces of one word come together. What the walk does not fill is rare enough for that index.
    """
    near = Q(normal__contains=normal, subject_id__lte=last + WALK)
    return _names(near, earlier, last, public)


def _names(wanted: Q, earlier: Q | None, last: int, public: bool) -> QuerySet[SubjectName]:
    rows = SubjectName.objects.filter(wanted, subject_id__gt=last, subject__merged_into__isnull=True)
    if public:
        rows = rows.filter(subject__code__isnull=False)
    if earlier is not None:
        rows = rows.exclude(earlier)
    return rows.select_related("subject").order_by("subject_id", "-is_current").distinct("subject_id")


def _told(rows: list[SubjectName], earlier: Q | None) -> set[int]:
    """Subjects that another of their names brought in an earlier stage. Asked for the page alone: as an anti-join PostgreSQL would
    read the whole index of names for a word like 公司."""
    if earlier is None or not rows:
        return set()
    others = SubjectName.objects.filter(earlier, subject_id__in=[row.subject_id for row in rows])
    return set(others.values_list("subject_id", flat=True))
