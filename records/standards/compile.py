"""A standard compiled into a validator: readers, conditions and rules bound once, then called row by row without reflection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from records.identifiers import docnumber, uscc
from records.standards import codetables, derived, rules
from records.standards.cells import is_blank
from records.standards.declaration import Field, FieldType, Standard, When
from records.standards.persons import sealer_for
from records.standards.private import guarded
from records.standards.quick import BLANK, Memory, quick_reader
from records.standards.readers import reader_for
from records.standards.row import Context, RawRow, RowKeys, RowResult
from records.standards.working import Reader, Row

_KINDS = {codetables.LEGAL: "legal", codetables.SOLE_TRADER: "sole_trader", codetables.PERSON: "person"}
_OLD_NUMBERS = ("reg_no", "org_code", "tax_no", "institution_no", "social_no")
_SOLE_TRADER_PAIR = "92"
NOT_PUBLIC = "not_public"
"""Where the content says why a row may never be public."""

_VISIBILITY = {"社会公开": "public", "政务共享": "shared", "授权查询": "authorised", "不予公开": "private"}


@dataclass(frozen=True, slots=True)
class _Column:
    """One field as it is read: the code in the file, the code it is stored under, its reader."""

    field: Field
    source: str
    target: str
    read: Reader


_Bound = tuple[str, str, bool, Callable[[object], Any], _Column, Memory]


class Validator:
    """Validates rows of one standard. Safe to share between threads; what differs per batch is in the Context.

    `quick=False` leaves out the short ways (`quick`): the answers are the same, which is what the tests hold against each other.
    """

    def __init__(self, standard: Standard, *, quick: bool = True) -> None:
        self.standard = standard
        self.stored_as = standard.accepted_as or standard.code
        self._quick = quick
        roles = standard.roles
        self._columns = _in_order([_column(standard, field, quick) for field in standard.fields], roles)
        self._decided = roles.get("decided_on", "") if self._columns[0].target == roles.get("decided_on") else ""
        self._required = tuple(
            (_target(standard, each), each.label) for each in standard.fields if each.always_required
        )
        self._required_codes = frozenset(code for code, _ in self._required)
        self._conditional = tuple(
            (_target(standard, each), each.label, each.required.wording, _condition(each.required), each.required.field)
            for each in standard.fields
            if isinstance(each.required, When)
        )
        self._derive: Callable[[Row], None] | None = derived.STEPS[standard.derive] if standard.derive else None
        state = standard.in_role("state") or next(
            (each for each in standard.fields if each.code_table == "state-2015"), None
        )
        self._state = state.code if state else ""
        self._seal = sealer_for(standard)
        self._checks = rules.bind(standard.rules, roles)
        self._shown = {new: old for old, new in standard.moves.items()} | dict(derived.SHOWN.get(standard.derive, {}))
        self._make_keys = _keys_maker(standard)

    def validate_row(self, raw: RawRow, ctx: Context) -> RowResult:
        """Check one row (field code → cell of any type) and bring it into normal form. Never raises for what a cell holds."""
        row = Row(ctx, self._shown)
        columns = self._bound(ctx)
        if self._decided:
            self._read(raw, row, columns[:1])
            day = row.values.get(self._decided)
            if day is not None:
                row.day = day
            columns = columns[1:]
        self._read(raw, row, columns)
        if self._derive:
            self._derive(row)
        gone = self._check_required(raw, row)
        self._seal(row)
        for check in self._checks:
            check(row)
        keys = self._make_keys(row)
        if keys.not_public:
            row.content[NOT_PUBLIC] = keys.not_public
        elif keys.subject_kind == "person" or raw.get(self._state):
            gone.append(NOT_PUBLIC)  # asked, and answered with no
        return RowResult(
            standard=self.stored_as, content=row.content, keys=keys, findings=tuple(row.findings), gone=tuple(gone)
        )

    def _bound(self, ctx: Context) -> tuple[_Bound, ...]:
        """The columns, each with what this context remembers of its texts."""
        bound: tuple[_Bound, ...] | None = ctx.memo.get(self)
        if bound is None:
            memories = [Memory(each.field, used=self._quick) for each in self._columns]
            bound = tuple(
                (each.source, each.target, memory.dated, memory.kept.get, each, memory)
                for each, memory in zip(self._columns, memories, strict=True)
            )
            ctx.memo[self] = bound
        return bound

    @staticmethod
    def _read(raw: RawRow, row: Row, columns: tuple[_Bound, ...]) -> None:
        """The loop that every cell of every row passes: kept flat for speed."""
        get, values, content, day = raw.get, row.values, row.content, row.day
        for source, target, dated, known, column, memory in columns:
            cell = get(source)
            if cell is None or cell == "":
                continue
            result = known((cell, day) if dated else cell) if type(cell) is str else None
            if result is None:
                result = _read_anew(cell, row, column, memory)
            if result:
                values[target], content[target] = result

    def _check_required(self, raw: RawRow, row: Row) -> list[str]:
        """Note what is missing; the fields whose condition the row answers with no."""
        values, unreadable, gone = row.values, row.unreadable, list[str]()
        if not self._required_codes <= values.keys():
            for code, label in self._required:
                if code not in values and code not in unreadable:
                    self._missing(raw, row, (code, label, "必填"))
        for code, label, wording, holds, asked in self._conditional:
            if code in values:
                continue
            if not holds(values):
                if asked in values:
                    gone.append(code)
            elif code not in unreadable:
                self._missing(raw, row, (code, label, f"未填：{wording}"))
        return gone

    def _missing(self, raw: RawRow, row: Row, what: tuple[str, str, str]) -> None:
        code, label, why = what
        written = raw.get(self._shown.get(code, code))
        if isinstance(written, str) and written.strip():
            text = f"“{label}”{why}，“{written.strip()}”不能作为填写内容。"
            row.error("required", code, text, mend=f"请填写{label}。", value=written)
        else:
            row.error("required", code, f"“{label}”{why}。", mend=f"请填写{label}。")


def _condition(when: When) -> Callable[[dict[str, Any]], bool]:
    """A condition on the typed values of a row; `When.holds` says the same of stored content."""
    field, wanted = when.field, frozenset(when.any_of)

    def holds(values: dict[str, Any]) -> bool:
        value = values.get(field)
        if value is None or not wanted:
            return value is not None
        parts = (value,) if isinstance(value, str) else value
        return any(part in wanted or part.split("-", 1)[0] in wanted for part in parts)

    return holds


def _target(standard: Standard, field: Field) -> str:
    return standard.moves.get(field.code, field.code)


def _column(standard: Standard, field: Field, quick: bool) -> _Column:
    target = _target(standard, field)
    defer = (
        field.type is FieldType.USCC
        and target == standard.roles.get("uscc")
        and bool(standard.roles.get("subject_kind"))
    )
    read = reader_for(field, defer_placeholder=defer)
    read = guarded(standard, field, target, quick_reader(field, read) if quick else read)
    return _Column(field, field.code, target, read)


def _in_order(columns: list[_Column], roles: Mapping[str, str]) -> tuple[_Column, ...]:
    """The day of the decision first, for choices are looked up by it; the others as declared."""
    decided = roles.get("decided_on", "")
    first = next((each for each in columns if each.target == decided), None)
    return (first, *(each for each in columns if each is not first)) if first else tuple(columns)


def _read_anew(cell: object, row: Row, column: _Column, memory: Memory) -> Any:
    """Read a cell that was not met before; what was read without a finding is remembered for the cells that say the same."""
    if is_blank(cell):
        memory.keep(cell, row, BLANK)
        return BLANK
    said = len(row.findings)
    result = column.read(cell, row)
    if result is None:
        row.unreadable.add(column.target)
    elif len(row.findings) == said and type(result[1]) is not dict:
        memory.keep(cell, row, result)
    return result


def _keys_maker(standard: Standard) -> Callable[[Row], RowKeys]:
    roles = dict(standard.roles)
    texts = {
        name: roles[role]
        for name, role in (
            ("subject_name", "subject_name"),
            ("legal_rep", "legal_rep"),
            ("legal_rep_id_type", "legal_rep_id_type"),
            ("legal_rep_id", "legal_rep_id"),
            ("person_id_type", "id_type"),
            ("person_id", "id_number"),
            ("document_name", "document_name"),
            ("document_number", "document_number"),
            ("authority_name", "authority_name"),
            ("authority_code", "authority_code"),
            ("source_name", "source_name"),
            ("source_code", "source_code"),
            ("title", "title"),
        )
        if role in roles
    }
    text_items = tuple(texts.items())
    old_numbers = tuple((role, roles[role]) for role in _OLD_NUMBERS if role in roles)
    code_field, kind_field = roles.get("uscc", ""), roles.get("subject_kind", "")
    decided, start, end = (roles.get(role, "") for role in ("decided_on", "valid_from", "valid_until"))
    state_field, visible_field = roles.get("state", ""), roles.get("visibility", "")

    def make(row: Row) -> RowKeys:
        values: dict[str, Any] = row.values
        code = values.get(code_field, "")
        placeholder = bool(code) and uscc.is_placeholder(code)
        keys = RowKeys(
            **{name: values[field] for name, field in text_items if field in values},
            code="" if placeholder else code,
            placeholder=placeholder,
            subject_kind=_kind(values.get(kind_field, ""), code, has_field=bool(kind_field)),
            identifiers=tuple((kind, values[field]) for kind, field in old_numbers if field in values),
            decided_on=_day(values.get(decided)),
            valid_from=_day(values.get(start)),
            valid_until=_day(values.get(end)),
            state=row.state or _state(values.get(state_field)),
            visibility=row.visibility or _VISIBILITY.get(values.get(visible_field, ""), ""),
            not_public=row.not_public,
            sealed_numbers=row.sealed_numbers,
        )
        if keys.document_number:
            keys.document_key = row.document_keys.get(keys.document_number) or docnumber.key(keys.document_number)
        return keys

    return make


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _kind(word: str, code: str, *, has_field: bool) -> str:
    """The kind of subject; a code that begins with 92 is a sole trader whatever the row says (trap 16)."""
    kind = _KINDS.get(word, "")
    if code.startswith(_SOLE_TRADER_PAIR) and kind != "person":
        return "sole_trader"
    return kind if has_field else "legal" if code else ""


def _state(word: object) -> str:
    return {"有效": "valid", "无效": "invalid"}.get(str(word), "")
