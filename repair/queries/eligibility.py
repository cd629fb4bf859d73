"""What an item says to who asks whether it can be repaired: its days by the rules that publish, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from disclosure.kinds import kind
from disclosure.models import Disclosure, RuleSet
from disclosure.rules.periods import PeriodResult
from disclosure.rules.states import State as Shown
from records.models import Subject
from repair.models import BlockRule, RepairBlock, RepairCase
from repair.rules.eligibility import Around, Eligibility, Item, eligibility
from sanctions.lists.models import ListEntry
from sanctions.lists.queries.days import explained, period_of_entry
from sanctions.lists.rules import ExitFrom

ON_THE_PAGE = (Shown.PUBLISHED, Shown.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer about one item, with what the page shows beside it."""

    row: Disclosure
    entry: ListEntry | None
    answer: Eligibility
    rule: str
    severity: str
    lines: list[str]
    performed_on: date | None = None


def entry_of(row: Disclosure) -> ListEntry | None:
    """The list entry that an item is the public face of; None for any other item."""
    return ListEntry.objects.select_related("credit_list", "subject").filter(record_id=row.record_id).first()


def entries_of(rows: Iterable[Disclosure]) -> dict[int, ListEntry]:
    """The list entries that items are the public faces of, by their records, in one query."""
    found = ListEntry.objects.select_related("credit_list").filter(record_id__in=[row.record_id for row in rows])
    return {entry.record_id: entry for entry in found}


def answers(rows: Sequence[Disclosure], on: date) -> list[tuple[Disclosure, Eligibility]]:
    """Many items with the answer of each, as the public reads it."""
    entries = entries_of(rows)
    return [(row, eligibility(item_of(row, entries.get(row.record_id)), on=on)) for row in rows]


def item_of(row: Disclosure, entry: ListEntry | None, *, performed_on: date | None = None) -> Item:
    """An item as the rules take it. `performed_on`: what is said of the performance, where it is not what the item knows."""
    if entry is not None:
        return _entry(row, entry, performed_on)
    return Item(
        decided_on=row.decided_on,
        is_shown=row.state in ON_THE_PAGE,
        is_repaired=row.state == Shown.REPAIRED,
        is_classed=bool(row.rule_set),
        after_end=row.waits_for_performance,
        first_on=row.earliest_repair_on,
        last_on=row.ends_on,
        performed_on=performed_on or row.performed_on,
    )


def _entry(row: Disclosure, entry: ListEntry, performed_on: date | None) -> Item:
    said = performed_on or entry.performed_on
    period: PeriodResult = period_of_entry(entry, performed_on=said)
    return Item(
        decided_on=entry.entered_on,
        is_shown=entry.ended_on is None,
        is_repaired=row.state == Shown.REPAIRED,
        from_performance=entry.credit_list.may_exit and entry.credit_list.exit_from == ExitFrom.PERFORMED,
        first_on=period.earliest_repair_on,
        last_on=entry.ends_on,
        performed_on=said,
    )


def around_of(row: Disclosure, on: date, *, but: int | None = None) -> Around:
    """What stands around an item: an application under way (`but` leaves one case out), and a block of its subject."""
    case = RepairCase.objects.open().of(row).exclude(pk=but).select_related("case").first()
    return Around(handled=case.case.number if case else "", blocked_until=blocked_until(row.subject, on))


def blocked_until(subject: Subject, on: date) -> date | None:
    """The last day on which no application of a subject is taken; None when it is not blocked."""
    block = RepairBlock.objects.of(subject, on).first()
    return block.until if block else None


def eligibility_of(
    row: Disclosure,
    on: date,
    *,
    performed_on: date | None = None,
    but: int | None = None,
    entry: ListEntry | None = None,
) -> Eligibility:
    """“Can it be repaired?” on a day; `performed_on` as it is said, `but` the case that asks."""
    found = entry or entry_of(row)
    return eligibility(item_of(row, found, performed_on=performed_on), on=on, around=around_of(row, on, but=but))


def is_repairable(row: Disclosure) -> bool:
    """Whether the question makes sense: penalties, entries, abnormal operations, and what else of its kind may end early."""
    return kind(row.kind).repairable


def asked(row: Disclosure, on: date) -> Asked:
    """The whole answer about an item as the public reads it. What is being handled and who is blocked is not told in public."""
    entry = entry_of(row)
    answer = eligibility(item_of(row, entry), on=on)
    if entry is not None:
        lines, rule = explained(entry), f"{entry.credit_list.name}（{entry.credit_list.basis}）"
    else:
        named = RuleSet.objects.filter(code=row.rule_set).values_list("name", "basis").first()
        lines = list(row.ends_explained.get("lines", []))
        rule = f"{named[0]}（{named[1]}）" if named else row.rule_set
    return Asked(row, entry, answer, rule, row.severity, lines, entry.performed_on if entry else row.performed_on)


def block_months(on: date) -> tuple[int, str] | None:
    """For how many months a block holds by the rule in force, and its basis; None while no rule is in force."""
    rule = BlockRule.objects.in_force(on).order_by("-valid_from").first()
    return (rule.months, rule.basis) if rule else None
