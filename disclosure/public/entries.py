"""One disclosure as people read it: what it says in a line or two, its fields by part, and what can be done about it.

Everything comes from `Disclosure.shown`; of the record only the name of its standard is read, for the labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import F

from credit_platform.web.formats import cn_date, cn_date_or_longterm
from disclosure.kinds import kind as kind_of
from disclosure.models import Disclosure, DisclosureQuerySet
from disclosure.queries.catalogue import item_rules
from disclosure.queries.public import Line, lines
from records.standards import registry
from records.standards.declaration import Standard

PARTY_ROLES = ("subject_name", "subject_kind", "uscc", "reg_no", "org_code", "tax_no", "legal_rep")
AUTHORITY_ROLES = ("authority_name", "authority_code", "source_name", "source_code")
TOLD_ELSEWHERE = ("title", "document_name", "document_number", "decided_on", "valid_from", "valid_until", "state")
LOCAL_LINES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One disclosure on a subject's page. `until` says until when, `steps` what can be done, each (text, address)."""

    row: Disclosure
    facts: list[Line]
    until: str
    steps: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a disclosure's page: the decision, the party, the authority."""

    title: str
    lines: list[Line]


def with_standard(rows: DisclosureQuerySet) -> DisclosureQuerySet:
    """The rows with the name of the standard that labels their fields: no query for each of them."""
    return rows.annotate(standard_code=F("record__standard"), item_id=F("record__item_id"))


def standards_of(rows: Iterable[Any]) -> dict[int, Standard]:
    """The standard of each row of `with_standard` by its key; local items are read set-wise from the catalogue."""
    rows = list(rows)
    known = {each.code: each for each in registry.all()}
    local = {row.item_id: row.decided_on for row in rows if row.standard_code not in known}
    rules = item_rules(local, max(local.values())) if local else {}
    found: dict[int, Standard] = {}
    for row in rows:
        standard = known.get(row.standard_code) or rules[row.item_id].standard
        if standard is not None:
            found[row.pk] = standard
    return found


def entries(rows: Iterable[Disclosure], today: date) -> list[Entry]:
    """The entries of a page of rows of `with_standard`, in their order."""
    rows = list(rows)
    standards = standards_of(rows)
    return [
        Entry(row, _facts(row, standards[row.pk]) if row.pk in standards else [], until_text(row), steps(row, today))
        for row in rows
    ]


def parts(row: Disclosure) -> list[Part]:
    """The fields of a disclosure of `with_standard`: the decision first, then about whom, then by whom."""
    standard = standards_of([row]).get(row.pk)
    if standard is None:
        return []
    party, authority = _codes(standard, PARTY_ROLES), _codes(standard, AUTHORITY_ROLES)
    every = lines(standard, row.shown)
    what, who, whose = kind_of(row.kind).parts
    split = [
        Part(what, [line for line in every if line.code not in party | authority]),
        Part(who, [line for line in every if line.code in party]),
        Part(whose, [line for line in every if line.code in authority]),
    ]
    return [part for part in split if part.lines]


def gist(row: Disclosure) -> str:
    """What a disclosure is about, in one line of a list: the permitted activity, the unlawful act, the matter."""
    return str(row.shown.get(kind_of(row.kind).about) or row.title)


def outcome(row: Disclosure) -> str:
    """What was decided, for a list: of a penalty its content, of an act its result or content; "" when not told."""
    told = (row.shown.get(code) for name in kind_of(row.kind).outcome for code in _named(name, row.shown))
    return next((str(value) for value in told if value), "")


def source(row: Disclosure) -> str:
    """Whose word a disclosure is, as a sentence. A declaration is its subject's own; the authority looked at its form alone."""
    authority, sender = row.authority.name, row.source_department.name
    kind = kind_of(row.kind)
    if kind.own_word:
        return f"由主体自主申报并对真实性负责，{authority}只审核形式，未核实内容。"
    verb = kind.said_by
    return (
        f"{authority}{verb}并报送。"
        if row.authority_id == row.source_department_id
        else f"{authority}{verb}，{sender}报送。"
    )


def until_text(row: Disclosure) -> str:
    """Until when a disclosure is shown, as a phrase."""
    if row.waits_for_performance:
        return "公示至期满并履行、纠正完毕"
    if row.ends_on is None:
        return "公示不设截止日"
    return f"公示至 {cn_date_or_longterm(row.ends_on)}"


def steps(row: Disclosure, today: date) -> list[tuple[str, str]]:
    """What can be done about a disclosure: repair, with the day from which, and objection; who finds a declaration untrue tells so."""
    if doubted := kind_of(row.kind).doubted:
        return [(doubted.text, doubted.address.format(public_id=row.public_id))]
    found = []
    if kind_of(row.kind).repairable:
        first = row.earliest_repair_on
        word = "能否信用修复" if first is None else f"{cn_date(first)}起可申请信用修复"
        word = "可以申请信用修复" if first is not None and first <= today else word
        found.append((word, f"/repair/{row.public_id}/"))
    return [*found, ("提出异议", f"/objections/?item={row.public_id}")]


def _facts(row: Disclosure, standard: Standard) -> list[Line]:
    kind = kind_of(row.kind)
    every = {line.code: line for line in lines(standard, row.shown)}
    if kind.results:
        wanted = [every[code] for name in kind.results for code in _named(name, every)]
    else:
        elsewhere = _codes(standard, PARTY_ROLES + AUTHORITY_ROLES + TOLD_ELSEWHERE)
        wanted = [line for code, line in every.items() if code not in elsewhere][:LOCAL_LINES]
    validity = _validity(row, standard) if kind.validity else None
    told = [
        replace(line, label=kind.short_labels.get(line.code, line.label)) for line in wanted if line.value != row.title
    ]
    return told + ([validity] if validity else [])


def _validity(row: Disclosure, standard: Standard) -> Line | None:
    since, until = (row.shown.get(standard.roles.get(role, "")) for role in ("valid_from", "valid_until"))
    if not until:
        return None
    start = f"{cn_date(since)} 至 " if since else "至 "
    return Line("valid", "有效期", f"{start}{cn_date_or_longterm(until)}")


def _codes(standard: Standard, roles: Iterable[str]) -> set[str]:
    return {standard.roles[role] for role in roles if role in standard.roles}


def _named(name: str, codes: Iterable[str]) -> list[str]:
    """The fields that a name of `Kind.results` means: itself, or those that end so."""
    return [code for code in codes if (code.endswith(name) if name.startswith("_") else code == name)]
