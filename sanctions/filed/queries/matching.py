"""Who the rows of a published list are: the register asked once for all of them, then every row decided by `rules.why_waits`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from records.identifiers import uscc
from records.imports.matching.matched import CODE, NAME, ORG_CODE, REG_NO, TAX_NO, Matched
from records.imports.matching.matching import diagnose
from records.imports.matching.register import Register
from records.models import Subject, SubjectKind
from sanctions.filed import standards
from sanctions.filed.rules import Identification, Why, why_waits

COLUMNS = {CODE: standards.CODE, ORG_CODE: standards.ORG_CODE, REG_NO: standards.REG_NO, TAX_NO: standards.TAX_NO}


@dataclass(slots=True)
class Who:
    """Who a row is: a subject of the register, or one that its valid credit code makes; why it waits when it does not enter by itself."""

    subject: Subject | None = None
    new: bool = False
    why: Why | None = None


@dataclass(slots=True)
class Asked:
    """What the register is asked of a row; `vetoed`: subjects that somebody decided it is not."""

    name: str
    content: Mapping[str, object]
    is_person: bool
    id_hash: str
    vetoed: set[int] = field(default_factory=set)
    matched: Matched = field(init=False)

    def __post_init__(self) -> None:
        numbers = {kind: self.content.get(code) for kind, code in COLUMNS.items()}
        given = {kind: value for kind, value in numbers.items() if isinstance(value, str)}
        self.matched = Matched("", 0, {NAME: self.name, **given})
        if not self.is_person:
            diagnose(self.matched)

    @property
    def numbers(self) -> dict[str, str]:
        """The numbers by their kind, as they are looked up; those of a citizen stay sealed in the content."""
        return dict(self.matched.checked)


def decide(asked: Iterable[Asked]) -> list[Who]:
    """Who each row is, with a fixed number of questions to the database."""
    rows = list(asked)
    register = Register([each.matched for each in rows if not each.is_person])
    for each in rows:
        if not each.is_person:
            register.place(each.matched)
    persons = _persons({each.id_hash for each in rows if each.is_person and each.id_hash})
    subjects = _subjects(each.matched.subject.pk for each in rows if each.matched.subject is not None)
    return [_person(each, persons) if each.is_person else _organisation(each, register, subjects) for each in rows]


def _organisation(asked: Asked, register: Register, subjects: Mapping[int, Subject]) -> Who:
    row = asked.matched
    if any(each.rule == "org_code.differs" for each in row.diagnosis):
        return Who(why=Why.DIFFERS)
    if row.subject is None:
        code = row.checked.get(CODE, "")
        if code and uscc.is_flawless(code):
            return Who(_unknown(asked.name, code), new=True)
        return Who(why=why_waits(Identification(by_number=bool(row.kind), alike=len(row.suggestions))))
    subject = subjects[row.subject.pk]
    found = Identification(
        by_code=row.kind == CODE,
        by_number=row.kind != CODE,
        likeness=register.likeness(asked.name, row.subject),
        subject_has_code=bool(subject.code),
        vetoed=subject.pk in asked.vetoed,
    )
    return Who(subject, why=why_waits(found))


def _person(asked: Asked, persons: Mapping[str, Subject]) -> Who:
    if not asked.id_hash:
        return Who(why=Why.PERSON)
    subject = persons.get(asked.id_hash)
    vetoed = subject is not None and subject.pk in asked.vetoed
    return Who(
        subject, new=subject is None, why=why_waits(Identification(is_person=True, by_number=True, vetoed=vetoed))
    )


def _unknown(name: str, code: str) -> Subject:
    kind = SubjectKind.SOLE_TRADER if code.startswith("92") else SubjectKind.LEGAL
    return Subject(kind=kind.value, code=code, name=name)


def _persons(hashes: set[str]) -> dict[str, Subject]:
    rows = Subject.objects.filter(id_hash__in=hashes).select_related("merged_into")
    return {str(each.id_hash): each.merged_into or each for each in rows}


def _subjects(ids: Iterable[int]) -> dict[int, Subject]:
    return Subject.objects.in_bulk(set(ids))
