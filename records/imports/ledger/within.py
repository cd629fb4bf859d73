"""Rows of another standard entered while a batch is: what the rows of a published list turn out to say of subjects.

The same checks, the same staging, the same door of the ledger as for a file of that standard; the records are effects of the batch, so that
its undo takes them back too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.errors import Finding, Level
from credit_platform.pg import query
from records.imports.ledger import stage
from records.imports.ledger.apply import Outcome, Target, apply
from records.imports.reading.checking import Checker, Where
from records.imports.reading.findings import RowFinding
from records.queries.catalogue import entry_for
from records.queries.context import row_context
from records.standards import registry

PART = "_within"


@dataclass(slots=True)
class Within:
    """What became of the rows, by the number that the caller gave each: the record of those that are in the ledger (new, changed, revived or
    as it was), and what refuses the others."""

    outcome: Outcome
    records: dict[int, int] = field(default_factory=dict)
    refused: dict[int, list[Finding]] = field(default_factory=dict)


def enter_within(
    target: Target, standard_code: str, rows: Iterable[tuple[int, int, Mapping[str, object]]], *, by: Actor
) -> Within:
    """Enter rows (number, row of the file, field code → value) of a standard on behalf of the batch of `target`, inside its transaction.

    Raises Refused when the catalogue in force does not hold the item; MovedMeanwhile as `apply` does. A row that the standard or the ledger
    refuses is answered with its findings and enters nothing.
    """
    today = timezone.localdate()
    entry = entry_for(standard_code, item=None, department=target.department, on=today)
    standard = registry.get(standard_code)
    checker = Checker(standard, entry.item.code, row_context(today), tuple(entry.subject_kinds))
    numbers: list[int] = []
    done = Within(Outcome())
    for number, row, raw in rows:
        numbers.append(number)
        said = len(checker.chunk.findings)
        if not checker.check(raw, Where("", row)):
            found = [each.finding for each in checker.chunk.findings[said:]]
            done.refused[number] = [each for each in found if each.level is Level.ERROR]
    chunk = checker.take()
    if not chunk.good:
        return done
    stage.create(target.batch_id, for_now=True, part=PART)
    stage.add(target.batch_id, chunk.good, PART)
    stage.analyze(target.batch_id, PART)
    inner = replace(
        target,
        stage=stage.table_of(target.batch_id, PART),
        item=entry.item,
        standard=standard,
        stored_as=standard.code,
        clear=False,
    )
    done.outcome = apply(inner, by=by)
    _told(done, numbers)
    stage.drop(target.batch_id, PART)
    return done


def _told(done: Within, numbers: list[int]) -> None:
    """The records by the caller's numbers; refusals and warnings of the ledger too."""
    for n, what, record_id in query("SELECT n, what, record_id FROM imp_row"):
        if what != "x":
            done.records[numbers[int(str(n)) - 1]] = int(str(record_id))
    for each in done.outcome.refused:
        done.refused.setdefault(numbers[each.n - 1], []).append(each.finding)
    done.outcome.refused = []
    done.outcome.warnings = [RowFinding(numbers[each.n - 1], each.finding) for each in done.outcome.warnings]
