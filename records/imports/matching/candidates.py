"""Whom a name of a list may speak of: subjects of the register with what agrees and what differs, for a person to decide between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from credit_platform.pg import query
from records.identifiers import likeness, names
from records.identifiers.likeness import Alike, Held, Likeness
from records.identifiers.traditional import simplified
from records.imports.matching.matched import CODE, ORG_CODE, REG_NO, TAX_NO
from records.models import Subject, SubjectIdentifier
from records.numbers import sought
from records.queries.search import canonical

MOST = 6
_LOOKED_AT = 60
"""Names with pieces in common that are compared in full, those with the most of them first."""
_WORDS = {CODE: "统一社会信用代码", ORG_CODE: "组织机构代码", REG_NO: "工商注册号", TAX_NO: "税务登记号"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that may be meant: how its names stand to the listed one, and which numbers agree (in words)."""

    subject: Subject
    likeness: Likeness
    numbers: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is among the candidates, numbers first."""
        return (*(f"{word}相符" for word in self.numbers), *self.likeness.reasons)


def candidates(name: str, numbers: Mapping[str, str], *, most: int = MOST) -> list[Candidate]:
    """Standing organisations and sole traders that a listed name and its numbers (by kind: code, org_code, reg_no, tax_no; clean) may mean.

    Numbers that agree come first, then the nearest names; subjects with nothing of the name only when a number led to them. Natural
    persons are never among them: they have no name to be found by.
    """
    agreeing: dict[int, list[str]] = {}
    for kind, value in numbers.items():
        for pk in _with_number(kind, value) if value else ():
            agreeing.setdefault(pk, []).append(_WORDS[kind])
    found = _led_to([*agreeing, *_with_name(name)])
    compared = [
        Candidate(
            each, _compared(name, each), tuple(dict.fromkeys(word for pk in files for word in agreeing.get(pk, ())))
        )
        for each, files in found
    ]
    likely = [each for each in compared if each.numbers or each.likeness.alike is not Alike.OTHER]
    likely.sort(key=lambda each: (-len(each.numbers), -each.likeness.closeness, each.subject.pk))
    return likely[:most]


def _compared(name: str, subject: Subject) -> Likeness:
    held = [Held(each.name, each.is_current) for each in subject.names.all()]
    return likeness.compare(name, [Held(subject.name), *held])


def _led_to(ids: Iterable[int]) -> list[tuple[Subject, list[int]]]:
    """The subjects that these files lead to today, each once, with its names and the files that led to it."""
    rows = Subject.objects.filter(pk__in=set(ids)).exclude(kind="person").select_related("merged_into").order_by("pk")
    led: dict[int, list[int]] = {}
    for each in rows:
        led.setdefault(canonical(each).pk, []).append(each.pk)
    found = Subject.objects.filter(pk__in=led).prefetch_related("names").order_by("pk")
    return [(each, led[each.pk]) for each in found]


def _with_number(kind: str, value: str) -> set[int]:
    if kind == CODE:
        former = SubjectIdentifier.objects.filter(kind=SubjectIdentifier.Kind.FORMER_CODE, value=value)
        own = Subject.objects.filter(code=value).values_list("pk", flat=True)
        return {*own, *former.values_list("subject_id", flat=True)}
    held = SubjectIdentifier.objects.filter(kind=kind, value__in=sought(kind, value)).values_list(
        "subject_id", flat=True
    )
    if kind != ORG_CODE:
        return set(held)
    inside = query("SELECT id FROM records_subject WHERE substr(code, 9, 9) = %s AND code IS NOT NULL", [value])
    return {*held, *(int(str(pk)) for (pk,) in inside)}


def _with_name(name: str) -> list[int]:
    """Subjects with a name that has pieces of the listed trade name, the most of them first."""
    core = likeness.parts(name).core
    pieces = names.bigrams(core)
    if not pieces:
        return []
    exact = [names.normalise(name), names.normalise(simplified(name))]
    found = query(
        """SELECT n.subject_id FROM records_subjectname n WHERE n.normal = ANY(%(exact)s) OR n.bigrams && %(pieces)s::varchar[]
        ORDER BY (n.normal = ANY(%(exact)s)) DESC, cardinality(ARRAY(SELECT unnest(n.bigrams) INTERSECT SELECT unnest(%(pieces)s::varchar[]))) DESC,
                 n.subject_id LIMIT %(most)s""",
        {"exact": exact, "pieces": pieces, "most": _LOOKED_AT},
    )
    return [int(str(pk)) for (pk,) in found]
