"""A grade for whoever is entitled to read it: part by part with the records behind each, and what would change it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from records.models import CreditRecord, Subject
from supervision.grading.models import GradingModel
from supervision.grading.queries.counted import facts_of
from supervision.grading.queries.models import in_use, model_of
from supervision.grading.rules.compute import Change, Fact, Grade, compute, course, without
from supervision.grading.rules.model import DirectRule, Indicator, Model


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """A record behind a part, and the last day on which it counts (None: no end is known)."""

    record: CreditRecord
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A part as people read it; `points` of a direct rule are 0, `direct` then names its grade."""

    code: str
    name: str
    points: Decimal
    count: int
    rule: str
    records: tuple[CountedRecord, ...]
    direct: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """The grade of a subject today under the version in use; `course` is how it goes on when nothing new happens."""

    model: GradingModel
    base: Decimal
    grade: Grade
    parts: tuple[ReadPart, ...]
    course: tuple[Change, ...]
    simulated: Grade | None = None


def explained(subject: Subject, on: date, *, removed: Collection[int] = ()) -> Explained | None:
    """How a subject's grade comes about on a day; with `removed` also what it would be if these records counted no more.

    None when no version is in use, or for a natural person. Six questions, whatever the number of records.
    """
    row = in_use()
    if row is None or subject.kind == "person":
        return None
    model = model_of(row)
    facts = facts_of(subject.pk, model, on)
    grade = compute(facts, model)
    return Explained(
        model=row,
        base=model.base,
        grade=grade,
        parts=_parts(grade, model, facts),
        course=tuple(course(facts, model)),
        simulated=without(facts, frozenset(removed), model) if removed else None,
    )


def _parts(grade: Grade, model: Model, facts: Sequence[Fact]) -> tuple[ReadPart, ...]:
    wanted = {record for part in grade.parts for record in part.records}
    rows = CreditRecord.objects.select_related("item", "authority").in_bulk(wanted)
    lines = {line.code: line for line in model.lines}
    until = {(fact.line, fact.record): fact.last_day for fact in facts}
    found = []
    for part in grade.parts:
        line = lines[part.line]
        records = _records(part.line, part.records, rows, until)
        direct = "" if isinstance(line, Indicator) else line.grade
        found.append(ReadPart(part.line, line.name, part.points, part.count, rule_in_words(line), records, direct))
    return tuple(found)


def _records(
    line: str,
    records: Sequence[int],
    rows: Mapping[int, CreditRecord],
    until: Mapping[tuple[str, int], date | None],
) -> tuple[CountedRecord, ...]:
    counted = [CountedRecord(rows[pk], until[line, pk]) for pk in records]
    return tuple(sorted(counted, key=lambda each: each.record.decided_on, reverse=True))


def rule_in_words(line: Indicator | DirectRule) -> str:
    """How a line counts, in Chinese: points of each record, cap, weight, window."""
    words = []
    if isinstance(line, Indicator):
        words.append(f"每条{plain(line.points)}分")
        if line.cap is not None:
            words.append(f"合计不超过{plain(line.cap)}分")
        if line.weight != 1:
            words.append(f"权重{plain(line.weight)}")
    selection = line.selection
    if selection.months is not None:
        words.append(f"自决定之日起计{selection.months}个月")
    if selection.in_force:
        words.append("有效期内计算")
    return "，".join(words)


def plain(number: Decimal) -> str:
    """A number without idle zeros: -12, 7.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
