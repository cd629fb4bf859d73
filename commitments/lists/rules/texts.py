"""The text of a letter: its blanks as they are read and as they are filled in, and how it reads word for word. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from credit_platform.errors import Finding, Level
from credit_platform.web.formats import cn_date

PLACE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
EMPTY = "（不填）"
LONGEST = 200
"""Characters of what is filled in for one blank."""
MISSING_DOCUMENTS = "容缺材料"
"""The blank in which a 容缺 letter names its missing documents; the ledger keeps them in a field of their own (CN_RQCL)."""


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


def places(text: str) -> set[str]:
    """The names of the blanks that a text has."""
    return set(PLACE.findall(text))


def with_blanks(text: str, blanks: Sequence[Mapping[str, Any]]) -> str:
    """A text as a reader sees it: 【经营场所】 where the signer fills in."""
    labels = {str(blank.get("name")): str(blank.get("label") or blank.get("name")) for blank in blanks}
    return PLACE.sub(lambda found: f"【{labels.get(found[1], found[1])}】", text)


def filled(text: str, values: Mapping[str, str], blanks: Sequence[Mapping[str, Any]] = ()) -> str:
    """A template's text with its places filled; an optional blank that was left out says so. Values never open places of their own."""
    dates = {str(blank["name"]) for blank in blanks if blank.get("kind") == "date"}

    def put(match: re.Match[str]) -> str:
        name = match.group(1)
        value = str(values.get(name, "")).strip()
        return cn_date(date.fromisoformat(value)) if value and name in dates else value or EMPTY

    return PLACE.sub(put, text)


def whole_text(heading: Heading, body: str, liability: str, on: date) -> str:
    """The letter word for word as it is signed; its hash is taken of exactly this."""
    parts = [
        heading.title,
        f"承诺人：{heading.subject}\n统一社会信用代码：{heading.code}\n承诺事项：{heading.matter}\n受理单位：{heading.department}",
        _one_kind_of_line(body),
        f"违诺责任\n{_one_kind_of_line(liability)}",
        f"承诺日期：{cn_date(on)}",
    ]
    return "\n\n".join(parts) + "\n"


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _one_kind_of_line(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
