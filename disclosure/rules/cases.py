"""Periods asked for by name: rule set, class and days in, first day of application and last day shown out. Pure.

What `manage.py explain_periods` answers, by the very rules that publish. A class of a transition names both rule sets,
“五领域(R2) / 严重(R3)”; the one that holds is part of the answer (从旧兼从轻).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from credit_platform.errors import Refused
from disclosure.kinds import REPAIRABLE
from disclosure.rules.facts import Facts
from disclosure.rules.periods import Book, PeriodResult, application_on, more_favourable, period_of
from disclosure.rules.values import ClassRule, RuleSetValue

GIVEN = ("rule_set", "cls", "decided_on", "published_on", "performed_on", "attached_until", "evaluated_on")
NEEDED = ("rule_set", "cls", "decided_on")
ASKED = ("published", "first_application_on", "publication_ends_on", "why")
DAYS = GIVEN[2:]


@dataclass(frozen=True, slots=True)
class Case:
    """One row as it was given; the days read, "" is None."""

    rule_set: str
    cls: str
    days: Mapping[str, date | None]


def answer(given: Mapping[str, str], book: Book) -> dict[str, str]:
    """The answers to one row, with the rule set that holds. Refused names the column: `findings` are not used, `code` is it."""
    case = _read(given)
    found = [_period(case, code, cls, book) for code, cls in _classes(case)]
    period = found[0] if len(found) == 1 else more_favourable(*found)
    return {"rule_set": period.rule_set, **_told(case, period)}


def _read(given: Mapping[str, str]) -> Case:
    for column in NEEDED:
        if not (given.get(column) or "").strip():
            raise Refused(column, "未填。")
    days = {column: _day(column, (given.get(column) or "").strip()) for column in DAYS}
    decided = days["decided_on"]
    for column in ("published_on", "attached_until", "evaluated_on"):
        day = days[column]
        if day is not None and decided is not None and day < decided:
            raise Refused(column, f"“{day}”早于决定日期“{decided}”。")
    return Case(given["rule_set"].strip(), _plain(given["cls"]), days)


def _day(column: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(column, f"“{text[:40]}”不是日期。", mend="请写作 2026-04-01。") from None


def _plain(text: str) -> str:
    return text.strip().replace("（", "(").replace("）", ")")


def _classes(case: Case) -> list[tuple[str, str]]:
    """The rule sets with their classes, the former one in front."""
    if " / " not in case.cls:
        return [(case.rule_set, case.cls)]
    found = []
    for part in case.cls.split(" / "):
        name, bracket, code = part.strip().removesuffix(")").rpartition("(")
        if not bracket:
            raise Refused("cls", f"“{part.strip()}”没有写明规则。", mend="请写作“普通(R2) / 一般(R3)”。")
        found.append((code.strip(), name.strip()))
    if len(found) != 2:
        raise Refused("cls", "新旧规则比较应正好写两个类别。", mend="请写作“普通(R2) / 一般(R3)”。")
    return found


def _period(case: Case, code: str, cls: str, book: Book) -> PeriodResult:
    rule_set = next((each for each in book.rule_sets if each.code == code), None)
    if rule_set is None:
        known = "、".join(each.code for each in book.rule_sets)
        raise Refused("rule_set", f"没有规则“{code}”。", mend=f"可选：{known}。")
    rule = _rule(case, rule_set, cls)
    decided = case.days["decided_on"] or date.max
    facts = Facts(
        kind=rule.kind,
        subject_kind="legal",
        decided_on=decided,
        attached_until=case.days["attached_until"],
        performed_on=case.days["performed_on"],
    )
    published_on = case.days["published_on"]
    if rule.published and published_on is None and (rule.start_kind or rule_set.period_start) == "publication":
        raise Refused("published_on", "未填：该类别自公示之日起算。")
    return period_of(rule_set, rule, facts, published_on=published_on)


def _rule(case: Case, rule_set: RuleSetValue, cls: str) -> ClassRule:
    """The class of that name; rows in force on the day of evaluation go before others."""
    on = case.days["evaluated_on"] or case.days["published_on"] or case.days["decided_on"]
    rows = [rule for kind in REPAIRABLE for rule in (*rule_set.of_kind(kind, on), *rule_set.of_kind(kind))]
    for said in ("name", "severity", "label"):
        found = next((rule for rule in rows if _plain(getattr(rule, said)) == cls), None)
        if found is not None:
            return found
    if not rows:
        raise Refused("rule_set", f"规则“{rule_set.code}”没有处罚或名单的类别。")
    names = "、".join(dict.fromkeys(rule.name or rule.label for rule in rows))
    if rule_set.channel == "list":
        raise Refused("cls", f"名单“{cls}”的期限规则尚未在本平台施行。", mend=f"已有：{names}。")
    raise Refused("cls", f"规则“{rule_set.code}”没有类别“{cls}”。", mend=f"可选：{names}。")


def _told(case: Case, period: PeriodResult) -> dict[str, str]:
    performed, evaluated = case.days["performed_on"], case.days["evaluated_on"]
    first = application_on(period, performed_on=performed)
    lines = list(period.explained)
    if period.published and period.earliest_repair_on is not None and first is None:
        lines.append("义务尚未履行完毕，不能申请修复。")
    if evaluated is not None and period.ends_on is not None and period.ends_on < evaluated:
        lines.append("该日已过，自评估之日起不再公示。")
    return {
        "published": "1" if period.published else "0",
        "first_application_on": first.isoformat() if first else "",
        "publication_ends_on": period.ends_on.isoformat() if period.ends_on else "",
        "why": "".join(lines),
    }
