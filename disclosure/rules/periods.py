"""From when until when a decision is shown, and from when repair may be asked for. Pure: rows, days and switches are arguments.

The last day of publication is not an act to be done, so it is not rolled to a working day; the day itself is still shown (trap 38).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from credit_platform.errors import Finding
from credit_platform.web.formats import cn_date
from credit_platform.workdays.rules import add_months, eligible_from
from disclosure.kinds import kind
from disclosure.rules.classify import classify
from disclosure.rules.facts import LONG_TERM, Facts
from disclosure.rules.values import MARKET, Claim, ClassRule, RuleSetValue, SimpleLimit, Threshold, rule_set_for

MORE_FAVOURABLE = True
"""Where the rule set in force on the day of decision is better for the subject, it holds (从旧兼从轻). No transitional clause
of 令第36号 is known: a parameter until the city confirms it."""

FINISHED = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodResult:
    """The period of one decision under one rule set. `ends_on` is the last day shown (None = no end known); `waits` means that
    the end also needs the duty to be performed (a ministry's rule); `asks` that the class has to be stated first; `lowered` what
    somebody said that makes the class lighter than the kinds of penalty do; `explained` are Chinese lines for people."""

    rule_set: str = ""
    severity: str = ""
    source: str = ""
    published: bool = True
    reason: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    earliest_repair_on: date | None = None
    waits: bool = False
    asks: bool = False
    lowered: Claim | None = None
    explained: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All rule sets, thresholds and limits, with the switch for transitions: what an evaluation looks into."""

    rule_sets: tuple[RuleSetValue, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    limits: tuple[SimpleLimit, ...] = ()
    more_favourable: bool = MORE_FAVOURABLE


def evaluate(facts: Facts, book: Book, *, on: date, published_on: date) -> PeriodResult:
    """The period of a decision evaluated on a day: under the rule set then in force, or under that of the day of
    decision when it is more favourable. A finding when the class must be stated first, or cannot be what was stated."""
    current = rule_set_for(book.rule_sets, facts.kind, on)
    if current is None:
        return PeriodResult(explained=(f"{cn_date(on)}无适用的公示期规则，公示期未定。",))
    now = period_under(current, facts, book, on=on, published_on=published_on)
    former = rule_set_for(book.rule_sets, facts.kind, facts.decided_on)
    if former is None or former.code == current.code or now.asks or not book.more_favourable:
        return now
    then = period_under(former, facts, book, on=on, published_on=published_on)
    return now if then.asks else more_favourable(then, now)


def more_favourable(then: PeriodResult, now: PeriodResult) -> PeriodResult:
    """Of the result under the former and the present rule set the one that weighs less on the subject; the present one when equal."""
    if _burden(then) < _burden(now):
        return _with_line(
            then, f"决定时施行的规则对当事人更为有利，按从旧兼从轻适用{then.rule_set}（现行为{now.rule_set}）。"
        )
    return _with_line(now, f"与决定时施行的{then.rule_set}比较，现行规则{now.rule_set}不重于原规则，适用现行规则。")


def period_under(rule_set: RuleSetValue, facts: Facts, book: Book, *, on: date, published_on: date) -> PeriodResult:
    """The period under one rule set; `on` is the day whose classes and thresholds hold."""
    found = classify(rule_set, facts, book.thresholds, on=on, limits=book.limits)
    if found.rule is None:
        return PeriodResult(
            rule_set=rule_set.code, findings=found.findings, asks=bool(found.findings), explained=(_names(rule_set),)
        )
    made = period_of(rule_set, found.rule, facts, published_on=published_on, source=found.source)
    lowered = found.lowered
    if found.instead is not None:
        # What would not be shown any more in its own class either is not made lighter by anybody.
        other = period_of(rule_set, found.instead, facts, published_on=published_on)
        lowered = None if other.ends_on is not None and other.ends_on < on else lowered
    return replace(made, findings=found.findings, lowered=lowered)


def period_of(
    rule_set: RuleSetValue, rule: ClassRule, facts: Facts, *, published_on: date | None, source: str = ""
) -> PeriodResult:
    """The period of a decision that is of a class. `published_on` None: not known yet, which only a period that starts with the
    publication must know (ValueError)."""
    lines = [_names(rule_set), _class_line(rule, source)]
    starts_at = rule.start_kind or rule_set.period_start
    start = facts.decided_on if starts_at == "decision" else published_on
    if not rule.published:
        reason = f"属“{rule.label}”，按{rule.basis}归集但不公示。"
        # What is not shown may have a term all the same: that of the thing itself.
        term = _end(rule, facts, start)[0] if kind(facts.kind).keeps_term and start is not None else None
        return PeriodResult(
            rule_set=rule_set.code,
            severity=rule.severity,
            source=source,
            published=False,
            reason=reason,
            ends_on=term,
            explained=(*lines, reason),
        )
    if start is None:
        raise ValueError("a period that starts with the publication needs its day")
    ends_on, end_line = _end(rule, facts, start)
    earliest, repair_line = first_application(rule, facts, start=start, ends_on=ends_on, published_on=published_on)
    waits = rule.unperformed_at_max == "keep" and facts.kind == "penalty" and ends_on is not None
    lines += [_start_line(starts_at, start), end_line, repair_line]
    if waits:
        lines.append(_performance_line(facts, rule))
    return PeriodResult(
        rule_set=rule_set.code,
        severity=rule.severity,
        source=source,
        starts_on=start,
        ends_on=_not_before_performance(ends_on, facts) if waits else ends_on,
        earliest_repair_on=earliest,
        waits=waits and facts.performed_on is None,
        explained=tuple(line for line in lines if line),
    )


def beside(facts: Facts, book: Book, *, authority: str, published_on: date) -> PeriodResult | None:
    """What the 公示系统 of the market regulators shows of the same decision, as information beside our own day (总局令第45号, 第107号).

    Reckoned from our day of publication, for that of the other system is not known here. None for other authorities, and where the class
    is not known.
    """
    rule_set = rule_set_for(book.rule_sets, facts.kind, published_on, MARKET)
    if rule_set is None or rule_set.organ_word not in authority:
        return None
    found = period_under(rule_set, facts, book, on=published_on, published_on=published_on)
    return None if found.asks else found


def first_application(
    rule: ClassRule, facts: Facts, *, start: date, ends_on: date | None, published_on: date | None
) -> tuple[date | None, str]:
    """The first day on which repair may be asked for, and the line that says why; None when there is none.

    The day after the minimum period (满期后 is the next day), never before the item is shown, the duty known to be performed,
    and an attached measure over; none after the last day shown. That the duty is performed at all is for the application to prove.
    """
    if not kind(facts.kind).repairable:
        return None, ""
    if not rule.repairable:
        return None, "本类别不得提前终止公示，公示至最长期限届满。"
    since = facts.performed_on if rule.min_from == "performed" else start
    if since is None:
        return None, f"自纠正之日起满{rule.min_months or 0}个月后可申请修复；尚未登记纠正情况。"
    earliest = eligible_from(since, rule.min_months) if rule.min_months else since
    least = f"最短公示{rule.min_months}个月：" if rule.min_months else "无最短公示期："
    attached = facts.attached_until
    if attached is not None and attached >= earliest:
        if attached >= LONG_TERM or (ends_on is not None and attached >= ends_on):
            return None, "决定附带期限不早于公示期届满，不得提前终止公示。"
        earliest = attached + timedelta(days=1)
        least = f"决定附带期限至{cn_date(attached)}，期满前不得提前终止："
    earliest = max(day for day in (earliest, published_on, facts.performed_on) if day is not None)
    if ends_on is not None and earliest > ends_on:
        return None, "公示期届满前不具备申请修复的条件，期满自动停止公示。"
    return earliest, f"{least}义务履行完毕、行为纠正的，{cn_date(earliest)}起可申请修复。"


def application_on(period: PeriodResult, *, performed_on: date | None) -> date | None:
    """The first day on which an application can be taken: none while the duty is unperformed (令第36号, second condition)."""
    if period.earliest_repair_on is None or performed_on is None:
        return None
    return max(period.earliest_repair_on, performed_on)


def may_apply(period: PeriodResult, *, performed_on: date | None, on: date) -> bool:
    """Whether repair can be asked for on a day: from the first day on, through the last day shown."""
    first = application_on(period, performed_on=performed_on)
    return first is not None and first <= on and (period.ends_on is None or on <= period.ends_on)


def _end(rule: ClassRule, facts: Facts, start: date) -> tuple[date | None, str]:
    if facts.lifted_on is not None and rule.end_kind == "validity":
        return facts.lifted_on, f"强制措施于{cn_date(facts.lifted_on)}解除，公示至当日。"
    if rule.end_kind == "validity" and facts.valid_until is not None:
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
    if rule.end_kind == "ban" and facts.attached_until is not None and facts.attached_until > last:
        return facts.attached_until, f"决定附带期限长于{rule.max_months}个月：公示至{cn_date(facts.attached_until)}。"
    return last, f"最长公示{rule.max_months}个月：截至{cn_date(last)}（含当日，遇休息日不顺延），期满自动停止公示。"


def _not_before_performance(ends_on: date | None, facts: Facts) -> date | None:
    if ends_on is None or facts.performed_on is None:
        return ends_on
    return max(ends_on, facts.performed_on)


def _performance_line(facts: Facts, rule: ClassRule) -> str:
    if facts.performed_on is None:
        return f"按{rule.basis}，期满未纠正或未完全履行的继续公示；尚未登记履行情况。"
    return f"已于{cn_date(facts.performed_on)}履行、纠正完毕，期满即止。"


def _burden(result: PeriodResult) -> tuple[bool, date, date]:
    """Smaller is better for the subject: not shown at all, then the earlier end, then the earlier repair."""
    return (result.published, result.ends_on or FINISHED, result.earliest_repair_on or FINISHED)


def _with_line(result: PeriodResult, line: str) -> PeriodResult:
    return replace(result, explained=(*result.explained, line))


def _names(rule_set: RuleSetValue) -> str:
    return f"适用规则：{rule_set.code} {rule_set.name}（{rule_set.basis}）。"


def _class_line(rule: ClassRule, source: str) -> str:
    how = source if rule.severity and source else "信息种类"
    return f"类别：{rule.label}（按{how}确定），依据{rule.basis}。"


def _start_line(starts_at: str, start: date) -> str:
    what = "决定之日" if starts_at == "decision" else "公示之日"
    return f"自{what}{cn_date(start)}起算，当日不计入。"
