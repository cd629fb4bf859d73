"""Everything about one item on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.errors import Level
from disclosure.models import Disclosure, RuleSet
from disclosure.public.periods import Beside, beside
from disclosure.queries.deadlines import explain_deadline
from disclosure.queries.evaluation import Evaluation, evaluate_disclosure
from disclosure.queries.item import acts_for, history
from disclosure.queries.public import Line, lines
from disclosure.rules.publication import doubts
from disclosure.rules.states import State


def item_of(request: HttpRequest, pk: int) -> Disclosure:
    """A disclosure that the person may handle, with what its page shows; 404 for any other."""
    user = staff_of(request)
    policy.require(user, "disclosure.view")
    rows = Disclosure.objects.visible_to(user).select_related(
        "record__subject",
        "record__item",
        "source_department",
        "authority",
        "submitted_by",
        "reviewed_by",
        "drafted_by",
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
@login_required
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one item: the record beside what the public sees, the deadline, the period, the acts."""
    return render(request, "disclosure/desk/item.html", page_of(item_of(request, pk), staff_of(request)))


def page_of(row: Disclosure, user: User) -> dict[str, Any]:
    """The context that the page and the review share."""
    evaluation = evaluate_disclosure(row, on=timezone.localdate())
    live = row.state in (State.PUBLISHED, State.SUSPENDED)
    shown = lines(evaluation.standard, row.shown if live else evaluation.shown)
    own = policy.allows(user, "disclosure.submit", row.source_department) or policy.allows(
        user, "disclosure.review", row.source_department
    )
    return {
        "row": row,
        "on": timezone.localdate(),
        "acts": acts_for(row, user),
        "preview": shown,
        "changes": changes(shown, lines(evaluation.standard, evaluation.shown)) if row.needs_correction else [],
        "own": own,
        "sides": side_by_side(lines(evaluation.standard, row.record.content), shown) if own else [],
        "findings": findings(row, evaluation),
        "warnings": row.record.warnings if own else [],
        "doubts": doubts(row.record.warnings) if own and row.is_open else (),
        "exempt": evaluation.exempt if row.is_open and not row.awaits_confirmation else "",
        "said": row.lowerings.waiting().first() or row.lowerings.in_effect().order_by("-pk").first(),
        "deadline": None if row.on_entry else explain_deadline(row),
        "period": row.ends_explained.get("lines") or list(evaluation.period.explained),
        "beside": beside(row) if row.published_on else beside_of(evaluation),
        "ends_on": row.ends_on if row.published_on else evaluation.period.ends_on,
        "events": history(row),
    }


def beside_of(evaluation: Evaluation) -> Beside | None:
    """What the 公示系统 would show of an item that is not public yet."""
    found = evaluation.beside
    if found is None:
        return None
    rule_set = RuleSet.objects.get(code=found.rule_set)
    return Beside(rule_set.name, rule_set.basis, found.published, found.ends_on, list(found.explained))


@dataclass(frozen=True, slots=True)
class Side:
    """One field: what the record says, what the public sees, and how the two stand to each other."""

    label: str
    record: str
    public: str
    word: str
    tone: str


def side_by_side(record: list[Line], public: list[Line]) -> list[Side]:
    """The record's fields beside the public ones, in the order of the standard."""
    seen = {line.code: line.value for line in public}
    return [_side(line, seen.get(line.code)) for line in record]


def _side(line: Line, public: str | None) -> Side:
    if public is None:
        return Side(line.label, line.value, "", "不公示", "neutral")
    if public != line.value:
        return Side(line.label, line.value, public, "有遮盖或不同", "warn")
    return Side(line.label, line.value, public, "", "")


def changes(now: list[Line], following: list[Line]) -> list[tuple[str, str, str]]:
    """Label, what the public sees now, what it will see after the correction: only the fields that differ."""
    before = {line.code: line.value for line in now}
    after = {line.code: line.value for line in following}
    labels = {line.code: line.label for line in (*now, *following)}
    return [
        (label, before.get(code, ""), after.get(code, ""))
        for code, label in labels.items()
        if before.get(code, "") != after.get(code, "")
    ]


def findings(row: Disclosure, evaluation: Evaluation) -> list[dict[str, str]]:
    """What stands against publication, with the label of the field instead of its code."""
    labels = {field.code: field.label for field in evaluation.standard.fields}
    return [
        {
            "where": labels.get(finding.field, ""),
            "text": finding.text,
            "mend": finding.mend,
            "value": finding.value,
            "tone": "serious" if finding.level is Level.ERROR else "warn",
            "tone_word": "须处理" if finding.level is Level.ERROR else "请核对",
        }
        for finding in (*evaluation.period.findings, *evaluation.scanned)
    ]
