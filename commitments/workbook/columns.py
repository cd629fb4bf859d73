"""The columns of the workbook: each knows how its value is shown in a cell and how a cell is read; reading what was shown gives the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from commitments.models import MatterEntry, Measure
from commitments.models.matters import VISIBILITY
from commitments.rules.kinds import MATTER_KIND_LABELS, TYPE_LABELS, UNIT_LABELS
from credit_platform.accounts.models import Department
from records.models import SubjectKind
from records.standards.dates import parse_date

MOST_COUNT = 32_767
SHOWN = 12
JOIN = "；"


class Mistake(Exception):  # noqa: N818 - what a person wrote, not an error of the program
    """A cell that cannot be taken: what is wrong and how to mend it."""

    def __init__(self, text: str, mend: str = "") -> None:
        super().__init__(text)
        self.text, self.mend = text, mend


class Known:
    """What a cell may name, read once a workbook."""

    @cached_property
    def departments(self) -> dict[str, Department]:
        """By code, name and short name; organs outside the city take no letters."""
        rows = list(Department.objects.filter(is_external=False).order_by("level", "code"))
        return {name: row for row in rows for name in (row.code, row.short_name, row.name) if name}

    @cached_property
    def department_names(self) -> list[str]:
        return list(dict.fromkeys(row.name for row in self.departments.values()))

    @cached_property
    def measures(self) -> dict[str, Measure]:
        return {row.code: row for row in Measure.objects.order_by("code")}


Read = Callable[[str, Known], Any]
Show = Callable[[Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `name` is the field of the entry (`code`, `title` and `measures` are not fields of it)."""

    name: str
    label: str
    read: Read
    show: Show = str
    required: bool = False
    help: str = ""
    choices: Sequence[str] = field(default=())
    width: int = 16
    max_length: int = 0

    def of(self, entry: MatterEntry) -> Any:
        if self.name in SPECIAL:
            return SPECIAL[self.name](entry)
        return getattr(entry, self.name)

    def taken(self, text: str, known: Known) -> Any:
        """The value of a cell. Mistake when it cannot be taken."""
        if self.required and not text:
            raise Mistake("必填，没有填写。", "请填写。")
        if self.max_length and len(text) > self.max_length:
            raise Mistake(f"超过{self.max_length}个字。", "请缩短。")
        return self.read(text, known)


SPECIAL: Mapping[str, Callable[[MatterEntry], Any]] = {
    "code": lambda entry: entry.matter.code,
    "title": lambda entry: entry.matter.name,
    "measures": lambda entry: sorted(each.code for each in entry.measures.all()),
}


def among(names: Iterable[str]) -> str:
    """What exists, as the end of a message; a long list is cut."""
    listed = list(names)
    more = f" 等{len(listed)}项" if len(listed) > SHOWN else ""
    return f"可选：{'、'.join(listed[:SHOWN])}{more}。" if listed else "目前没有可选的内容，请先登记。"


def _text(text: str, known: Known) -> str:
    return text


def _choice(labels: Mapping[Any, str], default: Any = None) -> tuple[Read, Show]:
    """One of several labels, or the stored value itself; a blank is the default."""
    stored = {str(label): str(value) for value, label in labels.items()}
    shown = {value: label for label, value in stored.items()}

    def read(text: str, known: Known) -> str:
        if not text and default is not None:
            return str(default)
        if text in stored or text in shown:
            return stored.get(text, text)
        raise Mistake("没有这个选项。", among(stored))

    return read, lambda value: shown.get(str(value), str(value))


def _department(text: str, known: Known) -> Department:
    found = known.departments.get(text)
    if found is None:
        near = [name for name in known.department_names if text[:2] in name]
        raise Mistake("没有这个单位。", among(near or known.department_names))
    return found


def _parts(text: str) -> list[str]:
    for sign in "；;、，,\n":
        text = text.replace(sign, JOIN)
    return list(dict.fromkeys(part.strip() for part in text.split(JOIN) if part.strip()))


def _measures(text: str, known: Known) -> list[str]:
    codes = [part.split()[0] for part in _parts(text)]
    unknown = [code for code in codes if code not in known.measures]
    if unknown:
        raise Mistake(f"没有编码为“{'、'.join(unknown)}”的措施。", among(known.measures))
    return sorted(codes)


_SUBJECTS = {str(label): str(value) for value, label in SubjectKind.choices}


def _subjects(text: str, known: Known) -> list[str]:
    parts = _parts(text)
    unknown = [part for part in parts if part not in _SUBJECTS and part not in _SUBJECTS.values()]
    if unknown:
        raise Mistake(f"没有“{'、'.join(unknown)}”这种主体。", f"{among(_SUBJECTS)}多项用分号隔开。")
    chosen = {_SUBJECTS.get(part, part) for part in parts}
    return [value for value in _SUBJECTS.values() if value in chosen]


def _show_subjects(kinds: Sequence[str]) -> str:
    return JOIN.join(label for label, value in _SUBJECTS.items() if value in kinds)


def _yes(text: str, known: Known) -> bool:
    if text in ("是", "可", "可以", "√", "1"):
        return True
    if text in ("", "否", "不可", "×", "0"):
        return False
    raise Mistake("应填“是”或“否”。", "请填写“是”或“否”。")


def _count(default: int | None) -> Read:
    def read(text: str, known: Known) -> int | None:
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_COUNT):
            raise Mistake("应为大于 0 的整数。", "请只填数字，单位填在后一列。")
        return int(text)

    return read


def _position(text: str, known: Known) -> int:
    if text and not (text.isascii() and text.isdigit() and int(text) < 10**9):
        raise Mistake("应为整数。", "请填写顺序号。")
    return int(text or 0)


def _percent(text: str, known: Known) -> Decimal:
    try:
        value = Decimal(text.rstrip("%％") or "0")
    except InvalidOperation:
        raise Mistake("应为数字。", "请填写 0 至 100 的百分数，如 10。") from None
    if not (value.is_finite() and 0 <= value <= 100 and value == round(value, 2)):
        raise Mistake("应在 0 至 100 之间，最多两位小数。", "请填写百分数，如 10。")
    return value


def _day(text: str, known: Known) -> date | None:
    if not text:
        return None
    try:
        return parse_date(text)[0]
    except ValueError:
        raise Mistake("不是日期。", "请按 2026-01-01 的写法填写。") from None


def _blank(value: Any) -> str:
    return "" if value is None else str(value)


def _choices(name: str, label: str, labels: Mapping[Any, str], default: Any = None, **more: Any) -> Column:
    read, show = _choice(labels, default)
    return Column(name=name, label=label, read=read, show=show, choices=[str(each) for each in labels.values()], **more)


COLUMNS: tuple[Column, ...] = (
    Column(name="code", label="事项编码", read=_text, required=True, max_length=40, help="事项的固定编码，各版本一致；新事项用新编码。"),
    Column(name="title", label="事项名称", read=_text, required=True, max_length=200, width=34, help="已有编码的名称不能在此更改。"),
    Column(name="batch", label="批次", read=_text, max_length=40, help="如：第一批。"),
    _choices("kind", "事项类别", MATTER_KIND_LABELS, required=True, width=20),
    Column(name="power_code", label="权责清单编码", read=_text, max_length=64),
    Column(name="department", label="受理单位", read=_department, show=lambda row: row.name, required=True, width=24,
           help="单位全称、简称或代号。"),
    _choices("commitment_type", "承诺类型", TYPE_LABELS, required=True, width=20),
    Column(name="subject_kinds", label="适用主体", read=_subjects, show=_show_subjects, required=True, width=24,
           help=f"{among(_SUBJECTS)}多项用分号隔开。"),
    Column(name="who", label="适用条件", read=_text, required=True, width=40, help="谁可以选择承诺、谁不可以。"),
    Column(name="notice", label="告知内容", read=_text, required=True, width=50, help="承诺前必须让承诺人明白的事，用平实的话写。"),
    Column(name="online", label="可在线签署", read=_yes, show=lambda value: "是" if value else "否", choices=("是", "否"), help="不填为“否”。"),
    _choices("visibility", "公开类型", dict(VISIBILITY), "public", help="不填为“社会公开”。"),
    Column(name="first_after", label="首次复核期限", read=_count(None), show=_blank, required=True, help="只填数字。"),
    _choices("first_unit", "首次复核单位", UNIT_LABELS, "workday", help="不填为“个工作日”。"),
    Column(name="every", label="此后每隔", read=_count(None), show=_blank, help="只填数字；不填表示只复核一次。"),
    _choices("every_unit", "间隔单位", UNIT_LABELS, "month", help="不填为“个月”。"),
    Column(name="random_share", label="随机抽查比例（%）", read=_percent, show=lambda value: f"{Decimal(value).normalize():f}",
           help="0 至 100；不填为 0。"),
    Column(name="shortfall_after", label="材料补正期限", read=_count(None), show=_blank, help="容缺受理型必填，只填数字。"),
    _choices("shortfall_unit", "补正期限单位", UNIT_LABELS, "workday", help="不填为“个工作日”。"),
    Column(name="measures", label="违诺措施", read=_measures, show=JOIN.join, width=24, help="措施编码，多项用分号隔开，见“可选内容”。"),
    Column(name="basis", label="设定依据", read=_text, width=40),
    Column(name="valid_from", label="事项生效日期", read=_day, show=_blank, help="不填随版本生效。"),
    Column(name="valid_until", label="事项失效日期", read=_day, show=_blank, help="不填随版本失效。"),
    Column(name="position", label="序号", read=_position, show=_blank, help="在清单中的顺序。"),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}


def shown(entry: MatterEntry) -> dict[str, str]:
    """An entry as the texts of its cells, by the name of the column."""
    return {column.name: column.show(column.of(entry)) for column in COLUMNS}
