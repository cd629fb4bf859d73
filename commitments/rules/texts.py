"""The text of a letter: what is filled in, how it reads word for word, and what changed between two versions. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any

from credit_platform.errors import Finding, Level

PLACE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
EMPTY = "（不填）"
LONGEST = 200
"""Signs of one blank."""
# Letters, digits and their points stay together; every Chinese character is a word of its own.
WORDS = re.compile(r"[A-Za-z0-9.%]+|\s+|.", re.DOTALL)
SHORT_AGREEMENT = 2
"""Agreements of so few characters between two changes are read as part of the change; else nobody could read it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a comparison: `kind` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the text of a letter."""

    title: str
    subject: str
    code: str
    matter: str
    department: str


def blanks_findings(blanks: Sequence[Mapping[str, Any]], values: Mapping[str, str]) -> list[Finding]:
    """What stands against the values of a template's blanks; the field is `blank-<name>`."""
    found = []
    for blank in blanks:
        text = _mistake(blank, str(values.get(str(blank["name"]), "")).strip())
        if text:
            found.append(Finding("letter.blank", Level.ERROR, text, field=f"blank-{blank['name']}"))
    return found


def _mistake(blank: Mapping[str, Any], value: str) -> str:
    label, kind = blank.get("label") or blank["name"], blank.get("kind", "text")
    if not value:
        return f"请填写{label}。" if blank.get("required", True) else ""
    if len(value) > LONGEST:
        return f"{label}不能超过 {LONGEST} 个字。"
    if kind == "date" and not _is(date.fromisoformat, value):
        return f"{label}应为日期。"
    if kind == "number" and not _is_number(value):
        return f"{label}应为数字。"
    return ""


def _is(read: Any, value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def filled(text: str, values: Mapping[str, str], blanks: Sequence[Mapping[str, Any]] = ()) -> str:
    """A template's text with its places filled; an optional blank that was left out says so. Values never open places of their own."""
    dates = {str(blank["name"]) for blank in blanks if blank.get("kind") == "date"}

    def put(match: re.Match[str]) -> str:
        name = match.group(1)
        value = str(values.get(name, "")).strip()
        return cn_day(date.fromisoformat(value)) if value and name in dates else value or EMPTY

    return PLACE.sub(put, text)


def whole_text(heading: Heading, body: str, liability: str, on: date) -> str:
    """The letter word for word as it is signed; its hash is taken of exactly this."""
    parts = [
        heading.title,
        f"承诺人：{heading.subject}\n统一社会信用代码：{heading.code}\n承诺事项：{heading.matter}\n受理单位：{heading.department}",
        _one_kind_of_line(body),
        f"违诺责任\n{_one_kind_of_line(liability)}",
        f"承诺日期：{cn_day(on)}",
    ]
    return "\n\n".join(parts) + "\n"


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def cn_day(on: date) -> str:
    """2026年11月23日."""
    return f"{on.year}年{on.month}月{on.day}日"


def differences(old: str, new: str) -> list[Piece]:
    """From an old text to a new one, in order; equal texts are one piece."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    pieces: list[Piece] = []
    removed, added = "", ""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, is_now = "".join(before[a:b]), "".join(after[c:d])
        if (
            tag != "equal"
            or (removed or added)
            and len(was.strip()) <= SHORT_AGREEMENT
            and "\n" not in was
            and b < len(before)
        ):
            removed, added = removed + was, added + is_now
        else:
            pieces += _changed(removed, added)
            removed, added = "", ""
            pieces.append(Piece("same", was))
    return pieces + _changed(removed, added)


def _changed(removed: str, added: str) -> list[Piece]:
    found = [Piece("removed", removed), Piece("added", added)]
    return [piece for piece in found if piece.text]


def _one_kind_of_line(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
