"""Who the rows of a list are: the register asked for all numbers and names at once, then every row decided by itself.

Beside a number a name agrees when it is one of the subject's names, however written (`records.identifiers.likeness`): brackets, blanks,
traditional characters, 有限责任公司 for 有限公司.
"""

from __future__ import annotations

from collections import defaultdict

from credit_platform.pg import query
from records.identifiers import likeness, names
from records.identifiers.likeness import Held, Likeness
from records.identifiers.traditional import simplified
from records.imports.matching.matched import CODE, NAME, ORG_CODE, REG_NO, TAX_NO, Known, Matched
from records.numbers import sought

_SUGGESTED = 3
_KNOWN = "s.id, coalesce(s.code, ''), s.name"
_UNMERGED = "JOIN records_subject s ON s.id = coalesce(o.merged_into_id, o.id) AND s.merged_into_id IS NULL AND s.kind <> 'person'"


class Register:
    """What the register knows of the numbers and names of a list."""

    def __init__(self, rows: list[Matched]) -> None:
        self.by_code: dict[str, Known] = {}
        self.by_number: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self.names: dict[int, list[Held]] = defaultdict(list)
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        self._codes({row.checked[CODE] for row in rows if CODE in row.checked})
        self._organisations({row.checked[ORG_CODE] for row in rows if ORG_CODE in row.checked})
        self._numbers({value for row in rows for kind in (ORG_CODE, REG_NO, TAX_NO) for value in _sought(row, kind)})
        self._names({normal for row in rows for normal in _written(row)})
        self._held()

    def _codes(self, codes: set[str]) -> None:
        found = query(
            f"SELECT w.value, {_KNOWN} FROM (SELECT value, subject_id FROM records_subjectidentifier "  # noqa: S608
            f"WHERE kind = 'former_code' AND value = ANY(%s)) w JOIN records_subject o ON o.id = w.subject_id {_UNMERGED} "
            f"UNION ALL SELECT o.code, {_KNOWN} FROM records_subject o {_UNMERGED} WHERE o.code = ANY(%s)",
            [sorted(codes), sorted(codes)],
        )
        for value, *known in found:
            self.by_code[str(value)] = _known(known)

    def _organisations(self, values: set[str]) -> None:
        found = query(
            f"SELECT substr(o.code, 9, 9), {_KNOWN} FROM records_subject o {_UNMERGED} "  # noqa: S608
            "WHERE substr(o.code, 9, 9) = ANY(%s) AND o.code IS NOT NULL",
            [sorted(values)],
        )
        for value, *known in found:
            self.by_number[ORG_CODE, str(value)].append(_known(known))

    def _numbers(self, values: set[str]) -> None:
        found = query(
            f"SELECT i.kind, i.value, {_KNOWN} FROM records_subjectidentifier i JOIN records_subject o ON o.id = i.subject_id "  # noqa: S608
            f"{_UNMERGED} WHERE i.value = ANY(%s)",
            [sorted(values)],
        )
        for kind, value, *known in found:
            held = self.by_number[str(kind), str(value)]
            if _known(known) not in held:
                held.append(_known(known))

    def _names(self, normals: set[str]) -> None:
        found = query(
            f"SELECT n.normal, {_KNOWN} FROM records_subjectname n JOIN records_subject o ON o.id = n.subject_id "  # noqa: S608
            f"{_UNMERGED} WHERE n.normal = ANY(%s) ORDER BY n.is_current DESC, s.id",
            [sorted(normals - {""})],
        )
        for normal, *known in found:
            subject = _known(known)
            if subject not in self.by_name[str(normal)]:
                self.by_name[str(normal)].append(subject)

    def _held(self) -> None:
        """Every name of the subjects that some number of the list leads to."""
        found = {each.pk for each in self.by_code.values()} | {k.pk for held in self.by_number.values() for k in held}
        rows = query(
            f"SELECT s.id, n.name, n.is_current AND o.id = s.id FROM records_subjectname n JOIN records_subject o ON o.id = n.subject_id "  # noqa: S608
            f"{_UNMERGED} WHERE s.id = ANY(%s) ORDER BY n.id",
            [sorted(found)],
        )
        for pk, name, current in rows:
            self.names[int(str(pk))].append(Held(str(name), bool(current)))

    def likeness(self, given: str, subject: Known) -> Likeness:
        """How a name of the list stands to a subject that one of its numbers leads to."""
        return likeness.compare(given, [Held(subject.name), *self.names[subject.pk]])

    def place(self, row: Matched) -> None:
        """Decide about one row."""
        given = row.given.get(NAME, "")
        subject = self.by_code.get(row.checked.get(CODE, ""))
        if subject is not None:
            row.subject, row.how, row.kind = subject, "统一社会信用代码", CODE
            row.note = self._name_note(subject, given)
            return
        for kind, word in ((ORG_CODE, "组织机构代码"), (REG_NO, "工商注册号"), (TAX_NO, "税务登记号")):
            for candidate in (each for value in _sought(row, kind) for each in self.by_number.get((kind, value), ())):
                like, row.kind = self.likeness(given, candidate), kind
                if like.agrees:
                    former = like.alike is likeness.Alike.FORMER
                    row.subject, row.how = candidate, f"{word}和{'曾用名' if former else '名称'}"
                    row.note = f"现用名称为“{candidate.name}”。" if former else ""
                    return
                if candidate not in row.suggestions:
                    row.suggestions.append(candidate)
                    row.note = f"{word}相符，名称不符，请人工核对。"
        if not row.suggestions:
            row.suggestions = [each for normal in _written(row) for each in self.by_name.get(normal, [])][:_SUGGESTED]
            if row.suggestions:
                row.note = "仅名称相同，不能确认为同一主体，请按代码核对。"

    def _name_note(self, subject: Known, given: str) -> str:
        if not given:
            return ""
        like = self.likeness(given, subject)
        if like.alike is likeness.Alike.FORMER:
            return f"名单所列为曾用名，现用名称为“{subject.name}”。"
        return "" if like.agrees else f"代码相符，但档案名称为“{subject.name}”，请核对。"


def _written(row: Matched) -> list[str]:
    """The name of a row as names are looked up, and the same in simplified characters."""
    given = row.given.get(NAME, "")
    return [each for each in dict.fromkeys((names.normalise(given), names.normalise(simplified(given)))) if each]


def _sought(row: Matched, kind: str) -> list[str]:
    value = row.checked.get(kind) or row.given.get(kind, "")
    return sought(kind, value) if value else []


def _known(values: list[object]) -> Known:
    pk, code, name = values
    return Known(int(str(pk)), str(code), str(name))
