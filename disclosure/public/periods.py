"""How a period was found, in public words: a rule by its name and ground, never by the code that the desk calls it by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosure.models import Disclosure, RuleSet
from disclosure.rules.facts import as_day

PARAMETER = "（平台参数）"
SET_BY_US = ("公示期为平台参数", "公示期无全国统一规定，由本平台设定")


def explained(row: Disclosure) -> list[str]:
    """The lines that were kept when the period was evaluated (one query for the names of the rules, none without lines)."""
    kept = row.ends_explained.get("lines") or []
    names = dict(RuleSet.objects.values_list("code", "name")) if kept else {}
    return [said(line, names) for line in kept]


@dataclass(frozen=True, slots=True)
class Beside:
    """What another channel shows of the same decision: the rule's name and ground, its last day, and how it was found."""

    name: str
    basis: str
    published: bool
    ends_on: date | None
    lines: list[str]


def beside(row: Disclosure) -> Beside | None:
    """The day of the 公示系统 as it was reckoned beside ours; None when the item has none (one query, none without)."""
    kept = row.ends_explained.get("beside")
    rule_set = RuleSet.objects.filter(code=kept["rule_set"]).first() if kept else None
    if not kept or rule_set is None:
        return None
    lines = [said(line, {rule_set.code: rule_set.name}) for line in kept["lines"]]
    return Beside(rule_set.name, rule_set.basis, kept["published"], as_day(kept["ends_on"]), lines)


def said(line: str, names: Mapping[str, str]) -> str:
    """A line with every code of a rule replaced by the rule's name; `names` are the rules by code."""
    for code, name in names.items():
        title = name.removesuffix(PARAMETER) if name.endswith(PARAMETER) else f"《{name}》"
        line = line.replace(f"{code} {name}", title)
        line = re.sub(rf"(?<![A-Za-z0-9]){re.escape(code)}(?![A-Za-z0-9])", title, line)
    return line.replace(*SET_BY_US)
