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
from disclosure.models import Disclosure, DisclosureQuerySet
from disclosure.public.kinds import VOLUNTARY
from disclosure.queries.catalogue import item_rules
from disclosure.queries.public import Line, lines
from records.standards import registry
from records.standards.declaration import Standard

PARTY_ROLES = ("subject_name", "subject_kind", "uscc", "reg_no", "org_code", "tax_no", "legal_rep")
ORGAN_ROLES = ("authority_name", "authority_code", "source_name", "source_code")
TOLD_ELSEWHERE = ("title", "document_name", "document_number", "decided_on", "valid_from", "valid_until", "state")
RESULTS = {
    "penalty": ("CF_NR", "CF_NR_FK", "CF_NR_WFFF", "CF_NR_ZKDX", "CF_YJ"),
    "permit": ("XK_NR", "XK_XKZS"),
    "commitment": ("CN_LX", "CN_NR"),
    "commitment-fulfilment": ("LY_ZT", "LY_HCFS"),
    "commitment-breach": ("WN_ZL", "WN_SS", "WN_CS"),
}
"""What an entry says beside its title, in this order: what was decided, then on which ground."""
ACT_RESULTS = ("_NR", "_JG_LX", "_CL", "_JLMC", "_LXQK", "_YJ")
SHORT = {"CF_NR_WFFF": "没收金额", "CF_NR_ZKDX": "所涉证照", "XK_XKZS": "许可证书"}
"""Labels of the standard that are too long for an entry."""
LOCAL_LINES = 3
TITLES = {
    "registration": ("登记内容", "登记主体", "登记机关与来源"),
    "commitment": ("承诺内容", "承诺主体", "受理单位与来源"),
    "commitment-fulfilment": ("履约情况", "承诺主体", "认定单位与来源"),
    "commitment-breach": ("违诺认定", "承诺主体", "认定单位与来源"),
    "voluntary": ("申报内容", "申报主体", "审核单位与来源"),
}
"""The parts of a page whose words are not those of an administrative act."""
DAYS = {"commitment": "承诺", "commitment-fulfilment": "认定", "voluntary": "申报"}
"""What happened on `decided_on`, where it was no decision."""
NUMBERS = {"commitment": "承诺编码", "commitment-fulfilment": "承诺编码", "voluntary": "申报编号"}
SAID_BY = {"commitment": "受理", "commitment-fulfilment": "认定", "commitment-breach": "认定", "registration": "登记"}
"""What the organ did that stands as authority: the letter of a subject is taken, not made, by it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One disclosure on a subject's page. `standing` says until when, `steps` what can be done, each (text, address)."""

    row: Disclosure
    facts: list[Line]
    standing: str
    steps: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a disclosure's page: the decision, the party, the organ."""

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
        Entry(row, _facts(row, standards[row.pk]) if row.pk in standards else [], standing(row), steps(row, today))
        for row in rows
    ]


def parts(row: Disclosure) -> list[Part]:
    """The fields of a disclosure of `with_standard`: the decision first, then about whom, then by whom."""
    standard = standards_of([row]).get(row.pk)
    if standard is None:
        return []
    party, organ = _codes(standard, PARTY_ROLES), _codes(standard, ORGAN_ROLES)
    every = lines(standard, row.shown)
    what, who, whose = TITLES.get(row.kind, ("决定内容", "行政相对人", "决定机关与来源"))
    split = [
        Part(what, [line for line in every if line.code not in party | organ]),
        Part(who, [line for line in every if line.code in party]),
        Part(whose, [line for line in every if line.code in organ]),
    ]
    return [part for part in split if part.lines]


def gist(row: Disclosure) -> str:
    """What a disclosure is about, in one line of a list: the permitted activity, the unlawful act, the matter."""
    if row.kind == "permit":
        return str(row.shown.get("XK_NR") or row.title)
    return row.title


def outcome(row: Disclosure) -> str:
    """What was decided, for a list: of a penalty its content, of an act its result or content; "" when not told."""
    if row.kind == "penalty":
        return str(row.shown.get("CF_NR") or row.shown.get("CF_CFLB") or "")
    if row.kind.startswith("act-"):
        return next((str(value) for code in ("_JG_LX", "_NR") if (value := _ending(row, code))), "")
    return ""


def day_word(kind: str) -> str:
    """What happened on the day of a disclosure: 决定, or 承诺, 认定, 申报."""
    return DAYS.get(kind, "决定")


def number_label(kind: str) -> str:
    """How the number of a disclosure is called."""
    return NUMBERS.get(kind, "文书号")


def source(row: Disclosure) -> str:
    """Whose word a disclosure is, as a sentence. A declaration is its subject's own; the organ looked at its form alone."""
    organ, sender = row.authority.name, row.source_department.name
    if row.kind == VOLUNTARY:
        return f"由主体自主申报并对真实性负责，{organ}只审核形式，未核实内容。"
    verb = SAID_BY.get(row.kind, "作出")
    return (
        f"{organ}{verb}并报送。" if row.authority_id == row.source_department_id else f"{organ}{verb}，{sender}报送。"
    )


def standing(row: Disclosure) -> str:
    """Until when a disclosure is shown, as a phrase."""
    if row.waits_for_performance:
        return "公示至期满并履行、纠正完毕"
    if row.ends_on is None:
        return "公示不设截止日"
    return f"公示至 {cn_date_or_longterm(row.ends_on)}"


def steps(row: Disclosure, today: date) -> list[tuple[str, str]]:
    """What can be done about a disclosure: repair (penalties, from the earliest day on) and objection; who finds a declaration
    untrue tells so."""
    if row.kind == VOLUNTARY:
        return [("反映该申报不实", f"/declarations/{row.public_id}/report/")]
    found = []
    if row.earliest_repair_on is not None:
        now = row.earliest_repair_on <= today
        word = "可以申请信用修复" if now else f"{cn_date(row.earliest_repair_on)}起可申请信用修复"
        found.append((word, "/repair/"))
    return [*found, ("提出异议", "/objections/")]


def _facts(row: Disclosure, standard: Standard) -> list[Line]:
    every = {line.code: line for line in lines(standard, row.shown)}
    if row.kind in RESULTS:
        wanted = [every[code] for code in RESULTS[row.kind] if code in every]
    elif row.kind.startswith("act-"):
        wanted = [line for end in ACT_RESULTS for code, line in every.items() if code.endswith(end) and "_" in code]
    else:
        elsewhere = _codes(standard, PARTY_ROLES + ORGAN_ROLES + TOLD_ELSEWHERE)
        wanted = [line for code, line in every.items() if code not in elsewhere][:LOCAL_LINES]
    validity = _validity(row, standard)
    told = [replace(line, label=SHORT.get(line.code, line.label)) for line in wanted if line.value != row.title]
    return told + ([validity] if validity else [])


def _validity(row: Disclosure, standard: Standard) -> Line | None:
    since, until = (row.shown.get(standard.roles.get(role, "")) for role in ("valid_from", "valid_until"))
    if not until or row.kind == "penalty":
        return None
    start = f"{cn_date(since)} 至 " if since else "至 "
    return Line("valid", "有效期", f"{start}{cn_date_or_longterm(until)}")


def _codes(standard: Standard, roles: Iterable[str]) -> set[str]:
    return {standard.roles[role] for role in roles if role in standard.roles}


def _ending(row: Disclosure, end: str) -> str:
    return next((str(value) for code, value in row.shown.items() if code.endswith(end)), "")
