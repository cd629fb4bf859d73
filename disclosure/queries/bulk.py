"""What a person confirms before many items are published together, and what became of an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.errors import Finding, Level
from credit_platform.web.formats import cn_datetime
from credit_platform.web.keyset import capped_count
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from disclosure.models import BulkJob, Disclosure
from disclosure.queries.evaluation import Evaluator
from disclosure.queries.public import Line, lines
from disclosure.rules.publication import doubts
from disclosure.rules.states import State

PREVIEWED = 20
"""So many items are shown with the text that the public will read; the others lead to their own page. Each text is scanned for personal data,
and a page must not take longer than a reader waits."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One ticked item as the page of confirmation shows it. `left`: why it will not be published with the others."""

    row: Disclosure
    preview: list[Line]
    left: list[Finding]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What would be published: the items, how many of each kind, and those with something against them."""

    candidates: list[Candidate]
    kinds: list[tuple[str, int]]

    @property
    def doubtful(self) -> int:
        """How many will be left for a look of their own."""
        return sum(bool(each.left) for each in self.candidates)


def confirmation(rows: Sequence[Disclosure], on: date) -> Confirmation:
    """The page of confirmation for ticked items, with `record.subject`, `source_department` and `authority` loaded."""
    rules = Evaluator(on)
    rules.learn(row.record.item_id for row in rows)
    found = [_candidate(row, rules, previewed=place < PREVIEWED) for place, row in enumerate(rows)]
    kinds = Counter(row.kind_label for row in rows)
    return Confirmation(found, kinds.most_common())


def _candidate(row: Disclosure, rules: Evaluator, *, previewed: bool) -> Candidate:
    left = list(doubts(row.record.warnings))
    if row.state != State.SUBMITTED:
        left.append(_left(f"该事项现在是“{row.get_state_display()}”，不在待审核之列。"))
    elif row.awaits_confirmation:
        left.append(_left("该事项有较轻认定或不公示待他人确认。"))
    if not previewed:
        return Candidate(row, [], left)
    evaluation = rules.of(row)
    if evaluation.exempt:
        left.append(_left(f"依法不公示：{evaluation.exempt}"))
    left += [*evaluation.period.findings, *evaluation.scanned]
    return Candidate(row, lines(evaluation.standard, evaluation.shown), left)


def _left(text: str) -> Finding:
    return Finding("bulk.left", Level.ERROR, text)


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """One item of an order with what became of it."""

    row: Disclosure
    ok: bool
    lines: list[Any]


def outcomes_of(job: BulkJob) -> list[ItemOutcome]:
    """What became of the items of an order so far: those that were left come first."""
    return of_outcomes(job.outcomes)


def of_outcomes(outcomes: Sequence[Mapping[str, Any]]) -> list[ItemOutcome]:
    """Kept outcomes with their items, the refused first."""
    there = Disclosure.objects.in_bulk([each["id"] for each in outcomes])
    found = [ItemOutcome(there[each["id"]], each["ok"], each["lines"]) for each in outcomes if each["id"] in there]
    return sorted(found, key=lambda each: each.ok)


def bulk_work(user: User, on: date) -> list[WorkSection]:
    """For the desk's home: publications that can still be stopped."""
    if not isinstance(user, User) or not policy.allows(user, "disclosure.bulk.stop"):
        return []
    held = BulkJob.objects.visible_to(user).held().select_related("department", "ordered_by").order_by("held_until")
    rows = [
        WorkRow(
            f"{job.department.label} {job.total}件，{cn_datetime(job.held_until)}公示",
            reverse("disclosure:bulk-job", args=[job.pk]),
            note=f"{job.ordered_by.full_name} 审核通过，可以停止",
        )
        for job in held[:PREVIEWED]
    ]
    if not rows:
        return []
    return [WorkSection("批量公示，到时自动公示", rows, capped_count(held), rows[0].url, Severity.WARN, order=22)]
