"""The columns of a workbook: each knows how its value is shown in a cell and how a cell is read; reading what was shown gives the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Model

from credit_platform.web.dates import parse_date

MOST_COUNT = 32_767
MOST_POSITION = 10**9
SHOWN = 12
JOIN = "；"
SEPARATORS = "；;、，,\n"
Options = Mapping[str, Any]
"""What the cells of a column may name: the text → the row that it stands for."""
Read = Callable[[str, Options], Any]
Show = Callable[[Any], str]


class Mistake(Exception):
    """A cell that cannot be taken: what is wrong and how to mend it."""

    def __init__(self, text: str, mend: str = "") -> None:
        super().__init__(text)
        self.text, self.mend = text, mend


def no_options() -> Options:
    """A column that names no rows."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """One column: `name` is the field of the entry, `synonyms` other words that people use for its heading.

    `options` reads what its cells may name, once a workbook; `listed` writes them on the sheet of choices, as a drop-down when `dropped`.
    """

    name: str
    label: str
    read: Read
    show: Show = str
    required: bool = False
    help: str = ""
    width: int = 16
    max_length: int = 0
    synonyms: Sequence[str] = ()
    choices: Sequence[str] = field(default=())
    options: Callable[[], Options] = no_options
    listed: Callable[[Options], Sequence[str]] = list
    dropped: bool = True

    def taken(self, text: str, options: Options) -> Any:
        """The value of a cell. Mistake when it cannot be taken."""
        if self.required and not text:
            raise Mistake("必填，没有填写。", "请填写。")
        if self.max_length and len(text) > self.max_length:
            raise Mistake(f"超过{self.max_length}个字。", "请缩短。")
        return self.read(text, options)

    def text_of(self, entry: Any) -> str:
        """What an entry says in this column."""
        value = getattr(entry, self.name)
        return self.show(value)


def among(names: Iterable[str]) -> str:
    """What exists, as the end of a message; a long list is cut."""
    listed = list(names)
    more = f" 等{len(listed)}项" if len(listed) > SHOWN else ""
    return f"可选：{'、'.join(listed[:SHOWN])}{more}。" if listed else "目前没有可选的内容，请先登记。"


def _blank(value: Any) -> str:
    return "" if value is None else str(value)


def text(name: str, label: str, *, max_length: int = 0, **more: Any) -> Column:
    """Words as they are written."""
    return Column(name=name, label=label, read=lambda cell, _: cell, max_length=max_length, **more)


def choice(name: str, label: str, labels: Mapping[Any, str], *, default: Any = None, **more: Any) -> Column:
    """One of several labels, or the stored value itself; a blank is the default."""
    stored = {str(shown): str(value) for value, shown in labels.items()}
    shown = {value: each for each, value in stored.items()}

    def read(cell: str, _: Options) -> str:
        if not cell and default is not None:
            return str(default)
        if cell in stored or cell in shown:
            return stored.get(cell, cell)
        raise Mistake("没有这个选项。", among(stored))

    return Column(
        name=name,
        label=label,
        read=read,
        show=lambda value: shown.get(str(value), str(value)),
        choices=list(stored),
        **more,
    )


def choices(name: str, label: str, labels: Mapping[Any, str], **more: Any) -> Column:
    """Several labels in one cell, kept in the order of `labels`."""
    stored = {str(shown): str(value) for value, shown in labels.items()}

    def read(cell: str, _: Options) -> list[str]:
        parts = parts_of(cell)
        unknown = [part for part in parts if part not in stored and part not in stored.values()]
        if unknown:
            raise Mistake(f"没有“{'、'.join(unknown)}”这个选项。", f"{among(stored)}多项用分号隔开。")
        chosen = {stored.get(part, part) for part in parts}
        return [value for value in stored.values() if value in chosen]

    def show(values: Sequence[str]) -> str:
        return JOIN.join(each for each, value in stored.items() if value in values)

    more.setdefault("help", f"{among(stored)}多项用分号隔开。")
    return Column(name=name, label=label, read=read, show=show, **more)


def yes_no(name: str, label: str, **more: Any) -> Column:
    """是 or 否; a blank is 否."""
    return Column(
        name=name, label=label, read=_yes, show=lambda value: "是" if value else "否", choices=("是", "否"), **more
    )


def _yes(cell: str, _: Options) -> bool:
    if cell in ("是", "可", "可以", "√", "1"):
        return True
    if cell in ("", "否", "不可", "×", "0"):
        return False
    raise Mistake("应填“是”或“否”。", "请填写“是”或“否”。")


def count(name: str, label: str, *, mend: str = "请只填数字。", **more: Any) -> Column:
    """A whole number above 0, or nothing."""

    def read(cell: str, _: Options) -> int | None:
        if not cell:
            return None
        if not (cell.isascii() and cell.isdigit() and 0 < int(cell[:9]) <= MOST_COUNT and len(cell) < 9):
            raise Mistake("应为大于 0 的整数。", mend)
        return int(cell)

    return Column(name=name, label=label, read=read, show=_blank, **more)


def position(name: str = "position", label: str = "序号") -> Column:
    """The place in the list; a blank is 0."""

    def read(cell: str, _: Options) -> int:
        if cell and not (cell.isascii() and cell.isdigit() and len(cell) < 11 and int(cell) < MOST_POSITION):
            raise Mistake("应为整数。", "请填写顺序号。")
        return int(cell or 0)

    return Column(name=name, label=label, read=read, show=_blank, help="在清单中的顺序。")


def percent(name: str, label: str, **more: Any) -> Column:
    """0 to 100 with at most two decimals; a blank is 0."""

    def read(cell: str, _: Options) -> Decimal:
        try:
            value = Decimal(cell.rstrip("%％") or "0")
        except InvalidOperation:
            raise Mistake("应为数字。", "请填写 0 至 100 的百分数，如 10。") from None
        if not (value.is_finite() and 0 <= value <= 100 and value == round(value, 2)):
            raise Mistake("应在 0 至 100 之间，最多两位小数。", "请填写百分数，如 10。")
        return value

    return Column(name=name, label=label, read=read, show=lambda value: f"{Decimal(value).normalize():f}", **more)


def day(name: str, label: str, **more: Any) -> Column:
    """A day, or nothing."""

    def read(cell: str, _: Options) -> date | None:
        found = parse_date(cell) if cell else None
        if cell and found is None:
            raise Mistake("不是日期。", "请按 2026-01-01 的写法填写。")
        return found

    return Column(name=name, label=label, read=read, show=_blank, **more)


def row(name: str, label: str, options: Callable[[], Options], *, shown: Show, missing: str, **more: Any) -> Column:
    """A row of another table, by one of the names that `options` has for it; `missing` says that there is none such."""

    def read(cell: str, known: Options) -> Model | None:
        found: Model | None = known.get(cell)
        if found is None and cell:
            near = [each for each in _names(known) if cell[:2] in each]
            raise Mistake(missing, among(near or _names(known)))
        return found

    def _names(known: Options) -> list[str]:
        return list(dict.fromkeys(shown(each) for each in known.values()))

    return Column(
        name=name,
        label=label,
        read=read,
        show=lambda value: shown(value) if value else "",
        options=options,
        listed=_names,
        **more,
    )


def rows(name: str, label: str, options: Callable[[], Options], *, missing: str, **more: Any) -> Column:
    """Several rows of another table by their codes: the set of choices of an entry. `missing` is a text with “{}” for the unknown codes."""

    def read(cell: str, known: Options) -> list[Model]:
        codes = sorted({part.split()[0] for part in parts_of(cell)})
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise Mistake(missing.format("、".join(unknown)), among(known))
        return [known[code] for code in codes]

    def listed(known: Options) -> list[str]:
        return [f"{code} {each.name}" for code, each in known.items()]

    return Column(name=name, label=label, read=read, show=_codes, options=options, listed=listed, dropped=False, **more)


def codes(name: str, label: str, options: Callable[[], Options], *, missing: str, **more: Any) -> Column:
    """Several codes in one cell, kept as they are; `options` says what each stands for. `missing` is a text with “{}” for the unknown ones."""

    def read(cell: str, known: Options) -> list[str]:
        found = [part.split()[0] for part in parts_of(cell)]
        if unknown := [code for code in found if code not in known]:
            raise Mistake(missing.format("、".join(unknown)), among(known))
        return found

    def listed(known: Options) -> list[str]:
        return [f"{code} {shown}" for code, shown in known.items()]

    show = JOIN.join
    return Column(name=name, label=label, read=read, show=show, options=options, listed=listed, dropped=False, **more)


def _codes(chosen: Any) -> str:
    """The codes of rows, or of a relation to them."""
    found = chosen.all() if hasattr(chosen, "all") else chosen
    return JOIN.join(sorted(each.code for each in found))


def parts_of(cell: str) -> list[str]:
    """The parts of a cell that holds several, each once."""
    for separator in SEPARATORS:
        cell = cell.replace(separator, JOIN)
    return list(dict.fromkeys(part.strip() for part in cell.split(JOIN) if part.strip()))
