"""The dry run of a version: ordered at the desk, carried out by a worker, stored as it was computed. Nothing of it touches a grade."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, DomainError, refuse
from credit_platform.pg import query
from credit_platform.workdays.rules import add_months
from supervision.grading.actions.drawing import locked
from supervision.grading.models import GradingModel, Trial
from supervision.grading.queries import trials
from supervision.grading.queries.computed import compute_into
from supervision.grading.queries.models import against, in_use, model_of
from supervision.grading.rules.model import Model
from supervision.grading.rules.permissions import DRAW
from supervision.grading.rules.states import TrialState, next_state
from supervision.grading.rules.trials import HIT_MONTHS, HitRate, verdict

FRESH, THEN = "grading_tried", "grading_tried_then"
STEPS = ("计算今天的等级和变化", "计算一年前的等级，与此后的检查结果对照")


def order(model: GradingModel, *, by: User, on: date | None = None) -> Trial:
    """Order a dry run of a version. Who: `grading.models.draw`. Refused with everything that stands against the version (bands with gaps, …);
    Conflict when one is under way or the version is past trying.
    """
    with acting(by):
        row = locked(model, DRAW, by=by)
        next_state(row.state, "try")
        refuse(against(row), code="grading.unsound")
        if row.trials.filter(state=TrialState.RUNNING.value).exists():
            raise Conflict("grading.trying", "该版本正在试算。", mend="请等它完成，或者先取消。")
        day = on or timezone.localdate()
        made = Trial.objects.create(model=row, against=in_use(), of_version=row.version, on=day, ordered_by=by)
        audit.record("grading.trial.order", made, by=by, after={"model": row.number, "on": day})
    return made


def cancel(trial: Trial, *, by: User) -> Trial:
    """Stop a dry run: what it computes is thrown away. Conflict when it has ended."""
    with acting(by):
        locked(trial.model, DRAW, by=by)
        row = Trial.objects.select_for_update().get(pk=trial.pk)
        _require_running(row)
        return _end(row, TrialState.CANCELLED, by=by)


def run(pk: int) -> Trial:
    """Carry a dry run out, unless somebody else does. Each half is a transaction of its own; a trial that was cancelled meanwhile leaves nothing,
    one whose worker died is taken up again from the start.
    """
    trial = Trial.objects.select_related("model__scheme", "ordered_by").get(pk=pk)
    model = model_of(trial.model)
    figures: dict[str, Any] = {}
    try:
        for step, part in enumerate((_today, _past), 1):
            with transaction.atomic():
                if not _alone(pk):
                    return trial
                figures |= part(trial, model)
            if not Trial.objects.filter(pk=pk, state=TrialState.RUNNING.value).update(step=step):
                return Trial.objects.get(pk=pk)
    except DomainError as refusal:
        return _ended(pk, TrialState.FAILED, why=refusal.text)
    return _ended(pk, TrialState.DONE, figures=figures)


def resume() -> int:
    """Take up dry runs that nobody works on; how many there were."""
    waiting = list(Trial.objects.filter(state=TrialState.RUNNING.value).order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        run(pk)
    return len(waiting)


def _alone(pk: int) -> bool:
    return bool(query("SELECT pg_try_advisory_xact_lock(hashtext('grading.try'), %s)", [pk])[0][0])


def _today(trial: Trial, model: Model) -> dict[str, Any]:
    """The grades of today and how they spread."""
    subjects = compute_into(FRESH, model, trial.on)
    spread = (trials.moves, trials.by_kind, trials.by_form, trials.by_district)
    return {"subjects": subjects, **{each.__name__: each(FRESH) for each in spread}}


def _past(trial: Trial, model: Model) -> dict[str, Any]:
    """The grades of a year ago, from what was known then, and the inspections since."""
    since = add_months(trial.on, -HIT_MONTHS)
    compute_into(THEN, model, since, known_then=True)
    order = [band.grade for band in model.bands]
    rates = trials.hit_rates(THEN, order, since=since, until=trial.on)
    return {"since": since.isoformat(), "hits": [(each.grade, each.inspected, each.hits) for each in rates]}


def _ended(pk: int, state: TrialState, *, figures: Mapping[str, Any] | None = None, why: str = "") -> Trial:
    """Store what came of it, and take the version on when it was not touched since. Conflict when the trial was cancelled meanwhile."""
    trial = Trial.objects.select_related("model", "ordered_by").get(pk=pk)
    by = trial.ordered_by or SYSTEM
    with acting(by):
        model = GradingModel.objects.select_for_update().get(pk=trial.model_id)
        row = Trial.objects.select_for_update().get(pk=pk)
        if row.state != TrialState.RUNNING:
            return row
        if figures is not None:
            row.subjects, row.figures = figures["subjects"], dict(figures)
            row.verdict = verdict([HitRate(*each) for each in figures["hits"]]).value
            if model.version == row.of_version:
                model.state = next_state(model.state, "try").value
                model.save(update_fields=["state"])
        return _end(row, state, by=by, why=why)


def _end(row: Trial, state: TrialState, *, by: Actor, why: str = "") -> Trial:
    row.state, row.why, row.ended_at = state.value, why[:300], timezone.now()
    row.save()
    after = {"state": row.state, "verdict": row.verdict, "subjects": row.subjects}
    audit.record("grading.trial.end", row, by=by, after=after)
    return row


def _require_running(row: Trial) -> None:
    if row.state != TrialState.RUNNING:
        raise Conflict("grading.trial-ended", "该试算已经结束。", mend="请刷新页面查看结果。")
