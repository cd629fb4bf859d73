"""A list of small records in one field of a form, each on a line of its own: `经营场所｜文字｜必填`.

The people who keep such lists are no programmers. What a line cannot say is shown and read as JSON, so that nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

BAR, BARS = "｜", "｜|"
LIST, LISTS = "、", "、，,；;"
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a line. `words` maps what is written to what is kept (empty: any text); without a default it must be there.

    `many` is a list of texts joined by 、, `whole` a number. A part that stands at its default is neither kept nor written.
    """

    key: str
    label: str
    words: Mapping[str, Any] = field(default_factory=dict)
    default: Any = _MISSING
    many: bool = False
    whole: bool = False

    @property
    def needed(self) -> bool:
        return self.default is _MISSING

    def read(self, text: str) -> Any:
        """What is kept of what is written. Raises ValueError with what is wrong."""
        if self.words:
            if text not in self.words:
                raise ValueError(f"{self.label}应为{LIST.join(self.words)}，填写的是“{text}”。")
            return self.words[text]
        if self.whole:
            if not (text.isascii() and text.isdigit()):
                raise ValueError(f"{self.label}应为整数，填写的是“{text}”。")
            return int(text)
        return _parts_of(text, LISTS) if self.many else text

    def write(self, value: Any) -> str | None:
        """How a value is written; None when a line cannot say it."""
        if self.words:
            return next(
                (word for word, kept in self.words.items() if kept == value and type(kept) is type(value)), None
            )
        if self.many:
            sound = isinstance(value, list) and all(isinstance(each, str) for each in value)
            text = LIST.join(value) if sound else ""
            return text if sound and _parts_of(text, LISTS) == value and (not value or _plain(text)) else None
        if self.whole:
            return str(value) if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
        return value if isinstance(value, str) and _plain(value) else None


def _parts_of(text: str, signs: str) -> list[str]:
    for sign in signs[1:]:
        text = text.replace(sign, signs[0])
    return [part.strip() for part in text.split(signs[0]) if part.strip()]


def _plain(text: str) -> bool:
    return (
        bool(text) and text == text.strip() and len(text.splitlines()) == 1 and not any(sign in text for sign in BARS)
    )


def lines_of(rows: Sequence[Any], parts: Sequence[Part]) -> str | None:
    """The rows as lines; None when one of them has more to say than a line can."""
    written = [_line(row, parts) for row in rows]
    text = "\n".join(filter(None, written))
    return None if None in written or text.startswith("[") else text


def _line(row: Any, parts: Sequence[Part]) -> str | None:
    if not isinstance(row, Mapping) or set(row) - {part.key for part in parts}:
        return None
    words: list[str] = []
    told = 0
    for part in parts:
        default = part.key not in row or (not part.needed and row[part.key] == part.default)
        word = _default(part) if default else part.write(row[part.key])
        if word is None:
            return None
        words.append(word)
        told = told if default else len(words)
    return BAR.join(words[:told])


def _default(part: Part) -> str | None:
    """What stands for a part at its default where more follows."""
    if part.needed:
        return None
    return part.write(part.default) if part.words and part.default in part.words.values() else ""


def _full(rows: Any, parts: Sequence[Part]) -> Any:
    """The rows with the defaults that they leave out."""
    defaults = {part.key: part.default for part in parts if not part.needed}
    return [defaults | row if isinstance(row, dict) else row for row in rows] if isinstance(rows, list) else rows


def rows_of(text: str, parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The rows that lines speak of. ValidationError with every line that is wrong."""
    rows, wrong = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            row, told = _row(line, parts)
            rows.append(row)
            wrong += [f"第{number}行：{each}" for each in told]
    if wrong:
        raise ValidationError(wrong)
    return rows


def _row(line: str, parts: Sequence[Part]) -> tuple[dict[str, Any], list[str]]:
    for sign in BARS[1:]:
        line = line.replace(sign, BAR)
    words = [word.strip() for word in line.split(BAR)]
    row: dict[str, Any] = {}
    told = [f"最多{len(parts)}项，填写了{len(words)}项。"] if len(words) > len(parts) else []
    for part, word in zip(parts, [*words, *[""] * len(parts)], strict=False):
        if not word:
            told += [f"缺少{part.label}。"] if part.needed else []
            continue
        try:
            row[part.key] = part.read(word)
        except ValueError as error:
            told.append(str(error))
    return row, told


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValidationError("不是完整的 JSON 列表；每行一项、用“｜”分隔的写法见说明。") from error


def _storable(rows: Any) -> bool:
    """The database takes neither NUL nor half a pair of surrogates."""
    text = json.dumps(rows, ensure_ascii=False)
    return "\\u0000" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


class LinesField(forms.CharField):
    """The form field; gives and takes a list of mappings."""

    def __init__(self, *, parts: Sequence[Part], **options: Any) -> None:
        rows = options.pop("rows", 6)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"}), **options)
        self.parts = tuple(parts)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        lines = lines_of(value, self.parts)
        return json.dumps(value, ensure_ascii=False, indent=1) if lines is None else lines

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        rows = _json(text) if text.startswith("[") else rows_of(text, self.parts)
        if not _storable(rows):
            raise ValidationError("含有不能保存的字符，请删去后重新填写。")
        return rows

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """The checks of a text say nothing about a list."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(_full(self.to_python(data), self.parts) != _full(initial or [], self.parts))
        except ValidationError:
            return True
