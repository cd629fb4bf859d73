"""From a reference of a number to what a reader knows it by: words, and the page of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from assessment.plan.models import TaskAssignment
from casework.models import Case
from casework.rules import procedures
from checks.models import DecidedCase
from commitments.reviews.models import Review
from credit_platform.web.formats import cn_date
from disclosure import kinds
from disclosure.models import Disclosure
from records.models import RefusedRow
from supervision.inspections.plans.models import TaskObject


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a number; without `url` it has no page."""

    ref: str
    text: str
    url: str = ""


Words = Callable[[Sequence[int]], Mapping[int, tuple[str, str]]]


def rows_of(refs: Iterable[str]) -> list[Row]:
    """The rows in the order of their references; one query for each kind, whatever their number. No name of a subject is told: the pages
    behind ask who reads them."""
    asked = list(refs)
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, pk, _ in map(_parts, asked):
        by_kind[kind].add(pk)
    words = {kind: WORDS[kind](sorted(ids)) for kind, ids in by_kind.items()}
    return [_row(ref, words) for ref in asked]


def _parts(ref: str) -> tuple[str, int, str]:
    kind, rest = ref.split(":", 1)
    pk, _, more = rest.partition("/")
    return kind, int(pk), more


def _row(ref: str, words: Mapping[str, Mapping[int, tuple[str, str]]]) -> Row:
    kind, pk, more = _parts(ref)
    text, url = words[kind].get(pk, ("已更正或者删除的退回行", ""))
    return Row(ref, f"{text}{_more(kind, text, more)}", url)


def _more(kind: str, text: str, more: str) -> str:
    if not more:
        return ""
    return f"，期限{cn_date(date.fromisoformat(more))}" if kind == "assignment" else f"，{STAGES.get(more, more)}"


STAGES = {
    "sent": "响应环节",
    "accepted": "办理环节",
    "reported": "反馈确认环节",
    "asked": "解除环节",
    "verified": "初审环节",
    "reviewed": "决定环节",
    "forwarded": "核实环节",
}


def _disclosures(ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    rows = Disclosure.objects.filter(pk__in=ids).values_list("pk", "kind", "document_number", "due_on")
    return {
        pk: (f"{kinds.label(kind)} {number}，公示期限{cn_date(due)}", reverse("disclosure:item", args=[pk]))
        for pk, kind, number, due in rows
    }


def _refused(ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    rows = RefusedRow.objects.filter(pk__in=ids)
    return {row.pk: (f"{kinds.label(row.kind)} {cn_date(row.first_at)}报送，被退回", "") for row in rows}


def _reviews(ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    rows = Review.objects.filter(pk__in=ids).select_related("letter__record")
    return {
        row.pk: (
            f"承诺书 {row.letter.record.document_number}，复核期限{cn_date(row.due_on)}",
            reverse("commitments:review", args=[row.pk]),
        )
        for row in rows
    }


def _decided(ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    rows = DecidedCase.objects.filter(pk__in=ids).select_related("matter")
    return {row.pk: (f"办件 {row.case_number}，{cn_date(row.decided_on)}办结", "") for row in rows}


def _cases(ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    rows = Case.objects.filter(pk__in=ids)
    return {row.pk: (row.number, reverse(f"{procedures.of(row.procedure).code}:case", args=[row.pk])) for row in rows}


def _objects(ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    rows = TaskObject.objects.filter(pk__in=ids).select_related("task")
    return {
        row.pk: (f"抽查任务 {row.task.number}，检查期限{cn_date(row.task.ends_on)}", _drawn(row.pk)) for row in rows
    }


def _drawn(pk: int) -> str:
    return reverse("inspections:drawn-object", args=[pk])


def _assignments(ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    rows = TaskAssignment.objects.filter(pk__in=ids).select_related("task")
    return {row.pk: (str(row.task), reverse("assessment:task", args=[row.pk])) for row in rows}


WORDS: dict[str, Words] = {
    "disclosure": _disclosures,
    "refused": _refused,
    "review": _reviews,
    "decided": _decided,
    "case": _cases,
    "object": _objects,
    "assignment": _assignments,
}
