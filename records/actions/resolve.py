"""Who a row speaks of: finds the subject or makes it. One set of rules for a form and for a file (see the README).

Set-wise: `resolve` takes any number of rows and asks the database a fixed number of questions. It runs inside the transaction of
the action that calls it, with `acting` open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from credit_platform import sealing
from credit_platform.errors import Finding, Level
from records import numbers as kept_numbers
from records.actions.naming import NAMELESS, index_names
from records.actions.numberlocks import lock_numbers, lock_persons
from records.identifiers import names, regions
from records.identifiers.idcard import mask_id
from records.models import CreditRecord, Subject, SubjectIdentifier, SubjectKind, SubjectName
from records.queries.search import canonical
from records.sealed_places import sealed_number
from records.standards.row import RowKeys

FORMER_CODE = SubjectIdentifier.Kind.FORMER_CODE.value
Number = tuple[str, str]
_HASH = 64
"""Length of the keyed hash that stands for a citizen's number; no code is so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A row as far as its subject is concerned, and the document it speaks of."""

    keys: RowKeys
    item_id: int
    authority_id: int


@dataclass(slots=True)
class Resolved:
    """The subject of a row; `warnings` say what did not fit together."""

    subject: Subject
    created: bool = False
    warnings: list[Finding] = field(default_factory=list)


def resolve(rows: Sequence[Sought]) -> list[Resolved]:
    """The subject of every row, in order; new subjects are saved with their names and old numbers.

    Persons by the keyed hash of their number; organisations by code, then former code, then old number with the same name; without
    code by old number with the same name (a nameless sole trader: the same operator); without any number by the same document and
    name. Never by name alone (traps 17, 21). Two transactions that bring the same new subject end with one.
    """
    _lock_numbers(rows)
    known = _Known(rows)
    answers = [known.find_or_make(row) for row in rows]
    known.save()
    for row, answer in zip(rows, answers, strict=True):
        answer.subject = known.saved(answer.subject)
        answer.warnings += known.add_numbers(row.keys, answer.subject)
    known.save_numbers()
    return answers


def _lock_numbers(rows: Sequence[Sought]) -> None:
    texts = {f"{kind}:{value}" for row in rows if not row.keys.person_id for kind, value in row.keys.identifiers}
    texts |= {_document_text(row) for row in rows if _is_nameless_and_numberless(row.keys)}
    lock_numbers(sorted(texts))


def _is_nameless_and_numberless(keys: RowKeys) -> bool:
    return not keys.code and not keys.person_id and not keys.identifiers


def _document_text(row: Sought) -> str:
    return f"document:{row.item_id}:{row.authority_id}:{row.keys.document_key}:{row.keys.decided_on}"


class _Known:
    """What the database knows of the rows' numbers, and the subjects that are to be made."""

    def __init__(self, rows: Sequence[Sought]) -> None:
        self.by_hash: dict[str, Subject] = {}
        self.by_code: dict[str, Subject] = {}
        self.by_number: dict[Number, list[Subject]] = defaultdict(list)
        self.by_document: dict[str, list[Subject]] = defaultdict(list)
        self.names: dict[int, set[str]] = defaultdict(set)
        self.new: list[Subject] = []
        self.coded: list[Subject] = []
        self.numbers: dict[tuple[int, Number], SubjectIdentifier] = {}
        self._final: dict[int, Subject] = {}
        self._load_persons(rows)
        self._load_codes(rows)
        self._load_numbers(rows)
        self._load_documents(rows)
        self._load_names()

    # --- reading

    def _load_persons(self, rows: Iterable[Sought]) -> None:
        numbers = {row.keys.person_id for row in rows if row.keys.person_id}
        tried = {each: sealing.number_hashes(number) for number in numbers for each in sealing.number_hashes(number)}
        if sealing.rotating():
            lock_persons([min(hashes) for hashes in tried.values()])
        if tried:
            for subject in Subject.objects.filter(id_hash__in=tried).select_related("merged_into"):
                self.by_hash[tried[str(subject.id_hash)][0]] = canonical(subject)

    def _load_codes(self, rows: Iterable[Sought]) -> None:
        codes = {row.keys.code for row in rows if row.keys.code}
        if not codes:
            return
        former = SubjectIdentifier.objects.filter(kind=FORMER_CODE, value__in=codes).order_by("-subject_id")
        for row in former.select_related("subject__merged_into"):
            self.by_code[row.value] = canonical(row.subject)
        for subject in Subject.objects.filter(code__in=codes).select_related("merged_into"):
            self.by_code[str(subject.code)] = canonical(subject)

    def _load_numbers(self, rows: Iterable[Sought]) -> None:
        kept_numbers.renew(plain for row in rows for plain in row.keys.sealed_numbers.values())
        wanted = {number for row in rows for number in row.keys.identifiers}
        if not wanted:
            return
        found = SubjectIdentifier.objects.filter(value__in={value for _, value in wanted}).order_by("subject_id")
        for row in found.select_related("subject__merged_into"):
            if (row.kind, row.value) in wanted:
                self.by_number[row.kind, row.value].append(canonical(row.subject))

    def _load_documents(self, rows: Iterable[Sought]) -> None:
        wanted = {_document_text(row): row for row in rows if _is_nameless_and_numberless(row.keys)}
        if not wanted:
            return
        records = CreditRecord.objects.filter(document_key__in={row.keys.document_key for row in wanted.values()})
        for record in records.select_related("subject__merged_into").order_by("subject_id"):
            text = f"document:{record.item_id}:{record.authority_id}:{record.document_key}:{record.decided_on}"
            if text in wanted and record.subject.kind != SubjectKind.PERSON:
                self.by_document[text].append(canonical(record.subject))

    def _load_names(self) -> None:
        candidates = {
            s.pk: s for group in (self.by_number, self.by_document) for found in group.values() for s in found
        }
        for subject in candidates.values():
            self.names[subject.pk].add(names.normalise(subject.name))
        for pk, normal in SubjectName.objects.filter(subject_id__in=candidates).values_list("subject_id", "normal"):
            self.names[pk].add(normal)

    # --- deciding

    def find_or_make(self, row: Sought) -> Resolved:
        keys = row.keys
        if keys.subject_kind == SubjectKind.PERSON:
            return self._person(keys)
        if keys.code:
            return self._coded(keys)
        candidates = [s for number in keys.identifiers for s in self.by_number[number]]
        if not keys.identifiers:
            candidates = self.by_document[_document_text(row)]
        found = next((s for s in candidates if self._same(s, keys)), None)
        if found is not None:
            return Resolved(found)
        made = self._make(keys)
        if not keys.identifiers:
            self.by_document[_document_text(row)].append(made.subject)
        return made

    def _person(self, keys: RowKeys) -> Resolved:
        digest = sealing.number_hash(keys.person_id)
        if digest in self.by_hash:
            return Resolved(self.by_hash[digest])
        _, token = sealed_number(keys.person_id)
        subject = Subject(
            kind=SubjectKind.PERSON,
            name=keys.subject_name,
            id_type=keys.person_id_type,
            id_hash=digest,
            id_cipher=token,
        )
        self.by_hash[digest] = subject
        self.new.append(subject)
        return Resolved(subject, created=True)

    def _coded(self, keys: RowKeys) -> Resolved:
        if keys.code in self.by_code:
            return Resolved(self.by_code[keys.code])
        for number in keys.identifiers:
            for subject in self.by_number[number]:
                if subject.code is None and self._same(subject, keys):
                    subject.code = keys.code
                    self.by_code[keys.code] = subject
                    self.coded.append(subject)
                    return Resolved(subject)
        return self._make(keys)

    def _same(self, subject: Subject, keys: RowKeys) -> bool:
        """Same name, present or former; two nameless sole traders only when the operator is the same too (trap 17)."""
        if subject.kind == SubjectKind.PERSON:
            return False
        normal = names.normalise(keys.subject_name)
        if normal not in self._names_of(subject):
            return False
        if keys.subject_name != NAMELESS:
            return True
        return names.normalise(subject.legal_representative) == names.normalise(keys.legal_rep)

    def _names_of(self, subject: Subject) -> set[str]:
        return self.names[subject.pk] if subject.pk else {names.normalise(subject.name)}

    def _make(self, keys: RowKeys) -> Resolved:
        subject = Subject(
            kind=SubjectKind.SOLE_TRADER if keys.code[:2] == "92" else keys.subject_kind or SubjectKind.LEGAL,
            code=keys.code or None,
            name=keys.subject_name,
            district=_district(keys),
            legal_representative=keys.legal_rep[:100],
        )
        if keys.code:
            self.by_code[keys.code] = subject
        for number in keys.identifiers:
            self.by_number[number].append(subject)
        self.new.append(subject)
        return Resolved(subject, created=True)

    # --- writing

    def save(self) -> None:
        """Insert the new subjects; those that another transaction brought meanwhile are taken from there."""
        for subject in self.coded:
            subject.save(update_fields=["code"])
        unique = [s for s in self.new if s.code or s.id_hash]
        unique.sort(
            key=lambda s: (s.code or "", s.id_hash or "")
        )  # one order, so that two imports cannot block each other
        before = self._taken(unique)
        Subject.objects.bulk_create(unique, ignore_conflicts=True, batch_size=1000)
        others = [s for s in self.new if not (s.code or s.id_hash)]
        Subject.objects.bulk_create(others, batch_size=1000)
        after = self._taken(unique)
        self._final = {id(s): after[s.code or str(s.id_hash)] for s in unique} | {id(s): s for s in others}
        made = [s for key, s in after.items() if key not in before] + others
        index_names(made, {s.pk: None for s in made})

    def _taken(self, subjects: Sequence[Subject]) -> dict[str, Subject]:
        codes = [s.code for s in subjects if s.code]
        hashes = [s.id_hash for s in subjects if s.id_hash]
        found: dict[str, Subject] = {}
        if codes:
            found |= {str(s.code): s for s in Subject.objects.filter(code__in=codes)}
        if hashes:
            found |= {str(s.id_hash): s for s in Subject.objects.filter(id_hash__in=hashes)}
        return found

    def saved(self, subject: Subject) -> Subject:
        """The row of the database for a subject that was known or made."""
        return self._final.get(id(subject), subject)

    def add_numbers(self, keys: RowKeys, subject: Subject) -> list[Finding]:
        """Keep the row's old numbers with its subject, unless another subject has them: that is a case for a merge."""
        warnings = []
        for number in keys.identifiers:
            holders = self.by_number[number]
            if not holders:
                holders.append(subject)
            if self.saved(holders[0]).pk == subject.pk:
                row = SubjectIdentifier(subject=subject, kind=number[0], value=number[1])
                if plain := keys.sealed_numbers.get(number[1]):
                    sealed = kept_numbers.of_person(plain)
                    row.masked, row.cipher = sealed.masked, sealed.cipher
                self.numbers[subject.pk, number] = row
            else:
                warnings.append(_elsewhere(*number, keys.sealed_numbers))
        return warnings

    def save_numbers(self) -> None:
        SubjectIdentifier.objects.bulk_create(self.numbers.values(), ignore_conflicts=True, batch_size=1000)


def _district(keys: RowKeys) -> str:
    """The registering division, from the code or the registration number: where it was registered, not where it is (trap 22)."""
    if keys.code:
        return keys.code[2:8] if keys.code[2:8].isdigit() else ""
    numbers = [value for kind, value in keys.identifiers if kind == SubjectIdentifier.Kind.REG_NO]
    area = numbers[0][:6] if numbers else ""
    return area if regions.is_plausible(area) else ""


def _elsewhere(kind: str, value: str, plain: Mapping[str, str]) -> Finding:
    label = SubjectIdentifier.Kind(kind).label
    if len(value) == _HASH:
        value = mask_id(plain[value]) if value in plain else "******"
    return Finding(
        "subject.number-elsewhere",
        Level.WARNING,
        f"{label}“{value}”已登记在另一主体名下。",
        mend="如系同一主体，请提出主体合并。",
        value=value,
    )
