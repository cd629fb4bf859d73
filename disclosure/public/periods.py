"""How a period was found, in public words: a rule by its name and ground, never by the code that the desk calls it by."""

from __future__ import annotations

import re
from collections.abc import Mapping

from disclosure.models import Disclosure, RuleSet

PARAMETER = "（平台参数）"
SET_BY_US = ("公示期为平台参数", "公示期无全国统一规定，由本平台设定")


def explained(row: Disclosure) -> list[str]:
    """The lines that were kept when the period was evaluated (one query for the names of the rules, none without lines)."""
    kept = row.ends_explained.get("lines") or []
    names = dict(RuleSet.objects.values_list("code", "name")) if kept else {}
    return [said(line, names) for line in kept]


def said(line: str, names: Mapping[str, str]) -> str:
    """A line with every code of a rule replaced by the rule's name; `names` are the rules by code."""
    for code, name in names.items():
        title = name.removesuffix(PARAMETER) if name.endswith(PARAMETER) else f"《{name}》"
        line = line.replace(f"{code} {name}", title)
        line = re.sub(rf"(?<![A-Za-z0-9]){re.escape(code)}(?![A-Za-z0-9])", title, line)
    return line.replace(*SET_BY_US)
