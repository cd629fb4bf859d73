"""The days of an entry, by its list's own rule."""

from __future__ import annotations

from datetime import date

from disclosure.rules.periods import PeriodResult
from sanctions.lists import rules
from sanctions.lists.models import ListEntry


def period_of_entry(entry: ListEntry, *, performed_on: date | None = None) -> PeriodResult:
    """How an entry runs, each day explained; `performed_on` is what is said of the correction where the entry does not know it yet."""
    return rules.run(
        entry.credit_list.terms,
        entered_on=entry.entered_on,
        published_on=entry.starts_on,
        performed_on=performed_on or entry.performed_on,
        months=entry.months,
        attached_until=entry.attached_until,
    )


def explained(entry: ListEntry) -> list[str]:
    """How the days of an entry were found. Where its decision, or the list as it was published, sets another last day than the rule gives,
    that day holds and is said so."""
    period = period_of_entry(entry)
    if period.ends_on == entry.ends_on:
        return list(period.explained)
    return [*period.explained[:2], "期限届满日以列入决定（公布的名单）载明的日期为准，不按名单的一般期限推算。"]


def days_of(entry: ListEntry) -> list[tuple[date, str]]:
    """Every day of an entry that counts, in its order, in words that the public may read."""
    period = period_of_entry(entry)
    found = [(entry.entered_on, "列入名单"), (entry.starts_on, "期限起算，当日不计入")]
    if entry.performed_on is not None:
        found.append((entry.performed_on, "纠正、履行完毕"))
    if period.earliest_repair_on is not None:
        found.append((period.earliest_repair_on, "符合条件的，自该日起可以申请提前移出"))
    if entry.attached_until is not None:
        found.append((entry.attached_until, "所附禁止、限制期限届满"))
    if entry.ends_on is not None:
        found.append((entry.ends_on, "期限届满（含当日），次日自动移出并停止公示"))
    if entry.ended_on is not None:
        found.append((entry.ended_on, entry.get_ended_way_display()))
    return sorted(found)
