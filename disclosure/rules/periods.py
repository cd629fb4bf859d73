"""From when until when a decision is shown, and from when repair may be asked for. Pure: rows, days and switches are arguments.

The last day of publication is not an act to be done, so it is not rolled to a working day; the day itself is still shown (trap 38).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from credit_platform.errors import Finding
from credit_platform.web.formats import cn_date
from credit_platform.workdays.rules import add_months
from disclosure.rules.classify import classify
from disclosure.rules.facts import LONG_TERM, Facts
from disclosure.rules.values import ClassRule, RuleSetValue, Threshold, rule_set_for

MORE_FAVOURABLE = True
"""Where the rule set in force on the day of decision is better for the subject, it holds (从旧兼从轻). No transitional clause
of 令第36号 is known: a parameter until the city confirms it."""

FINISHED = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodResult:
    """The period of one decision under one rule set. `ends_on` is the last day shown (None = no end known);
    `waits` means that the end also needs the duty to be performed; `explained` are Chinese lines for people."""

    rule_set: str = ""
    severity: str = ""
    source: str = ""
    published: bool = True
    reason: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    earliest_repair_on: date | None = None
    waits: bool = False
    explained: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All rule sets and thresholds, with the switch for transitions: what an evaluation looks into."""

    rule_sets: tuple[RuleSetValue, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    more_favourable: bool = MORE_FAVOURABLE


def evaluate(facts: Facts, book: Book, *, on: date, published_on: date) -> PeriodResult:
    """The period of a decision evaluated on a day: under the rule set then in force, or under that of the day of
    decision when it is more favourable. A finding when the class must be stated first."""
    current = rule_set_for(book.rule_sets, facts.kind, on)
    if current is None:
        return PeriodResult(explained=(f"{cn_date(on)}无适用的公示期规则，公示期未定。",))
    now = period_under(current, facts, book.thresholds, on=on, published_on=published_on)
    former = rule_set_for(book.rule_sets, facts.kind, facts.decided_on)
    if former is None or former.code == current.code or now.findings or not book.more_favourable:
        return now
    then = period_under(former, facts, book.thresholds, on=on, published_on=published_on)
    if then.findings:
        return now
    if _burden(then) < _burden(now):
        return _with_line(
            then, f"决定时施行的规则对当事人更为有利，按从旧兼从轻适用{former.code}（现行为{current.code}）。"
        )
    return _with_line(now, f"与决定时施行的{former.code}比较，现行规则{current.code}不重于原规则，适用现行规则。")


def period_under(
    rule_set: RuleSetValue, facts: Facts, thresholds: Sequence[Threshold], *, on: date, published_on: date
) -> PeriodResult:
    """The period under one rule set."""
    found = classify(rule_set, facts, thresholds, on=on)
    if found.rule is None:
        findings = (found.finding,) if found.finding else ()
        return PeriodResult(rule_set=rule_set.code, findings=findings, explained=(_names(rule_set),))
    rule = found.rule
    lines = [_names(rule_set), _class_line(rule, found.source)]
    if not rule.published:
        reason = f"属“{rule.label}”，按{rule.basis}归集但不公示。"
        return PeriodResult(
            rule_set=rule_set.code,
            severity=rule.severity,
            source=found.source,
            published=False,
            reason=reason,
            explained=(*lines, reason),
        )
    start = facts.decided_on if rule_set.period_start == "decision" else published_on
    ends_on, end_line = _end(rule, facts, start)
    earliest, repair_line = _earliest_repair(rule, facts, start, ends_on)
    waits = rule_set.ends_when == "expired_and_performed" and facts.kind == "penalty" and ends_on is not None
    lines += [_start_line(rule_set, start), end_line, repair_line]
    if waits:
        lines.append(_performance_line(facts))
    return PeriodResult(
        rule_set=rule_set.code,
        severity=rule.severity,
        source=found.source,
        starts_on=start,
        ends_on=_not_before_performance(ends_on, facts) if waits else ends_on,
        earliest_repair_on=earliest,
        waits=waits and facts.performed_on is None,
        explained=tuple(line for line in lines if line),
    )


def _end(rule: ClassRule, facts: Facts, start: date) -> tuple[date | None, str]:
    if facts.lifted_on is not None and rule.until_valid:
        return facts.lifted_on, f"强制措施于{cn_date(facts.lifted_on)}解除，公示至当日。"
    if rule.until_valid and facts.valid_until is not None:
        if facts.valid_until >= LONG_TERM:
            return None, "有效期为长期，公示期无截止日。"
        least = add_months(facts.decided_on, rule.min_months) if rule.min_months else facts.valid_until
        line = f"公示至有效期届满日{cn_date(facts.valid_until)}（含当日）"
        if least > facts.valid_until:
            line += f"；自决定之日起至少公示{rule.min_months}个月，即至{cn_date(least)}"
        return max(facts.valid_until, least), line + "。"
    if rule.max_months is None:
        return None, "本类信息未规定最长公示期。"
    last = add_months(start, rule.max_months)
    return last, f"最长公示{rule.max_months}个月：截至{cn_date(last)}（含当日，遇休息日不顺延）。"


def _earliest_repair(rule: ClassRule, facts: Facts, start: date, ends_on: date | None) -> tuple[date | None, str]:
    """The day after the minimum period (domain: 满期后 is the next day), never before an attached measure is over."""
    if facts.kind != "penalty":
        return None, ""
    if not rule.repairable:
        return None, "本类别不得提前终止公示，公示至最长期限届满。"
    earliest = add_months(start, rule.min_months) + timedelta(days=1) if rule.min_months else start
    line = f"最短公示{rule.min_months or 0}个月：{cn_date(earliest)}起可申请修复。"
    if facts.attached_until is None or facts.attached_until < earliest:
        return earliest, line
    if facts.attached_until >= LONG_TERM or (ends_on is not None and facts.attached_until >= ends_on):
        return None, "决定附带期限不早于公示期届满，不得提前终止公示。"
    later = facts.attached_until + timedelta(days=1)
    return later, f"决定附带期限至{cn_date(facts.attached_until)}，期满前不得提前终止：{cn_date(later)}起可申请修复。"


def _not_before_performance(ends_on: date | None, facts: Facts) -> date | None:
    if ends_on is None or facts.performed_on is None:
        return ends_on
    return max(ends_on, facts.performed_on)


def _performance_line(facts: Facts) -> str:
    if facts.performed_on is None:
        return "该规则以期满且履行、纠正完毕为终止条件；尚未登记履行情况，期满后继续公示直至登记。"
    return f"已于{cn_date(facts.performed_on)}履行、纠正完毕，期满即止。"


def _burden(result: PeriodResult) -> tuple[bool, date, date]:
    """Smaller is better for the subject: not shown at all, then the earlier end, then the earlier repair."""
    return (result.published, result.ends_on or FINISHED, result.earliest_repair_on or FINISHED)


def _with_line(result: PeriodResult, line: str) -> PeriodResult:
    return PeriodResult(
        **{name: getattr(result, name) for name in PeriodResult.__slots__ if name != "explained"},
        explained=(*result.explained, line),
    )


def _names(rule_set: RuleSetValue) -> str:
    return f"适用规则：{rule_set.code} {rule_set.name}（{rule_set.basis}）。"


def _class_line(rule: ClassRule, source: str) -> str:
    how = source if rule.severity and source else "信息种类"
    return f"类别：{rule.label}（按{how}确定），依据{rule.basis}。"


def _start_line(rule_set: RuleSetValue, start: date) -> str:
    what = "决定之日" if rule_set.period_start == "decision" else "公示之日"
    return f"自{what}{cn_date(start)}起算，当日不计入。"
