"""/desk/grading-models/<version>/trials/: a dry run ordered, its progress, its report."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from credit_platform.accounts.desk import staff_of
from credit_platform.errors import DomainError
from credit_platform.web.progress import Progress, progress_response
from records.models import SubjectKind
from supervision.grading import tasks
from supervision.grading.actions import trying
from supervision.grading.models import GradingModel, Trial
from supervision.grading.queries.desk import DISTRICTS
from supervision.grading.rules.permissions import DRAW, VIEW
from supervision.grading.rules.states import TrialState
from supervision.grading.rules.trials import LEAST_INSPECTED, HitRate

NO_GRADE = "（无等级）"
UNREGISTERED = "（未登记）"


@require_POST
@login_required
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Order a dry run; a worker computes, the page tells how far it is."""
    user = staff_of(request, DRAW)
    row = get_object_or_404(GradingModel, pk=pk)
    try:
        trial = trying.order(row, by=user)
    except DomainError as refusal:
        for text in [each.text for each in refusal.findings] or [refusal.text]:
            messages.error(request, text)
        return redirect("grades:model", pk=pk)
    transaction.on_commit(partial(tasks.try_out.delay, trial.pk), robust=True)  # without a broker the clock finds it
    return redirect("grades:trial", pk=trial.pk)


@require_POST
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a dry run."""
    row = get_object_or_404(Trial.objects.select_related("model"), pk=pk)
    trying.cancel(row, by=staff_of(request, DRAW))
    messages.success(request, "已取消试算。")
    return redirect("grades:model", pk=row.model_id)


@require_safe
@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a dry run is, then what it tells."""
    staff_of(request, VIEW)
    row = get_object_or_404(Trial.objects.select_related("model__scheme", "against", "ordered_by"), pk=pk)
    here = reverse("grades:trial", args=[row.pk])
    running = row.state == TrialState.RUNNING
    if request.headers.get("HX-Request"):
        return progress_response(request, _progress(row, here, running=running))
    context: dict[str, Any] = {"row": row, "running": running, "least": LEAST_INSPECTED}
    if running:
        context["progress"] = _progress(row, here, running=True)
    elif row.state == TrialState.DONE:
        context |= figures_of(row)
    return render(request, "grading/trial.html", context)


def figures_of(row: Trial) -> dict[str, Any]:
    """The stored figures as tables: who moves where, by kind, form and district, and what inspections found."""
    scale, told = row.model.scheme.scale, row.figures
    moves = _table(told["moves"], {"": NO_GRADE}, scale)
    return {
        "scale": scale,
        "moves": sorted(moves, key=lambda line: _place(line[0], scale)),
        "spread": [
            ("按主体类别", _table(told["by_kind"], dict(SubjectKind.choices), scale)),
            ("按企业类型（登记信息）", _table(told["by_form"], {"": UNREGISTERED}, scale)),
            ("按登记地", _table(told["by_district"], {"": UNREGISTERED} | DISTRICTS, scale)),
        ],
        "hits": [HitRate(*each) for each in told["hits"]],
        "since": told["since"],
    }


def _progress(row: Trial, here: str, *, running: bool) -> Progress:
    if not running:
        return Progress("", here, 1, 1, "已结束。", True, next_url=here)
    text = f"正在{trying.STEPS[min(row.step, len(trying.STEPS) - 1)]}。可以离开本页。"
    return Progress(f"试算 {row.model}", here, row.step, len(trying.STEPS), text)


def _table(rows: Iterable[Any], words: dict[str, str], scale: list[str]) -> list[tuple[str, list[int], int]]:
    """Name of the group, how many of each grade, together; groups by their name."""
    groups: dict[str, dict[str, int]] = {}
    for group, grade, count in rows:
        groups.setdefault(words.get(group, group), {})[grade] = count
    return [
        (name, [found.get(grade, 0) for grade in scale], sum(found.values())) for name, found in sorted(groups.items())
    ]


def _place(name: str, scale: list[str]) -> int:
    return scale.index(name) if name in scale else -1
