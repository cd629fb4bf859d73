"""Verbs on many: confirmed first when they publish, done at once when they are few, by a worker when they are more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError as BrokerAway
from redis import RedisError

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from credit_platform.web.desk import is_key, ticked
from credit_platform.web.errors import BadRequest
from credit_platform.web.forms import ActionForm
from credit_platform.web.once import AlreadySent, submit_once
from credit_platform.web.progress import Progress, progress_response
from disclosure import actions
from disclosure.actions import jobs
from disclosure.actions.bulk import Outcome
from disclosure.models import BulkJob, Disclosure
from disclosure.queries.bulk import confirmation, of_outcomes, outcomes_of
from disclosure.rules.bulk import BulkState
from disclosure.tasks import run_bulk

MOST_AT_ONCE = 500
Verb = BulkJob.Verb


class StopForm(ActionForm):
    reason = forms.CharField(label="停止的原因", max_length=300, help_text="停止后这些事项仍是“待审核”，可以重新审核。")


@require_POST
@login_required
def bulk(request: HttpRequest) -> HttpResponse:
    """Submit what was ticked; or ask to confirm what is to be published, and publish what was confirmed."""
    user = staff_of(request)
    verb = request.POST.get("verb", "")
    if verb not in Verb.values:
        raise BadRequest("bulk.verb", "请选择要办理的操作。")
    policy.require(user, jobs.PERMISSIONS[Verb(verb)])
    seen = _seen(request)
    ids = list(seen) or ticked(request)
    if not ids:
        messages.error(request, "请先勾选要办理的事项。")
        return redirect("disclosure:list")
    if len(ids) > MOST_AT_ONCE:
        raise BadRequest("bulk.size", f"一次最多办理{MOST_AT_ONCE}件。")
    rows = Disclosure.objects.visible_to(user).filter(pk__in=ids)
    if verb == Verb.APPROVE and not seen:
        return _ask(request, rows)
    there = dict(rows.values_list("pk", "version"))
    versions = {pk: seen.get(pk, version) for pk, version in there.items()}
    return _carry_out(request, user, Verb(verb), versions, missing=len(ids) - len(versions))


def _seen(request: HttpRequest) -> dict[int, int]:
    """Items with the versions that the page of confirmation showed."""
    pairs = [value.partition(":") for value in request.POST.getlist("seen")]
    return {int(pk): int(version) for pk, _, version in pairs if is_key(pk) and is_key(version)}


def _ask(request: HttpRequest, rows: Any) -> HttpResponse:
    loaded = rows.select_related("record__subject", "source_department", "authority").order_by("due_on", "pk")
    asked = confirmation(list(loaded), timezone.localdate())
    context = {
        "asked": asked,
        "on": timezone.localdate(),
        "form": ActionForm(),
        "held": len(asked.candidates) > settings.BULK_HOLD_ABOVE,
        "minutes": settings.BULK_HOLD_MINUTES,
    }
    return render(request, "disclosure/desk/bulk_confirm.html", context)


def _carry_out(
    request: HttpRequest, user: User, verb: BulkJob.Verb, versions: Mapping[int, int], *, missing: int
) -> HttpResponse:
    """Few at once, with their outcomes as the answer; more (and every publication that is held) as an order."""
    most = settings.BULK_HOLD_ABOVE if verb is Verb.APPROVE else settings.BULK_AT_ONCE
    if len(versions) > most:
        return _order(request, user, verb, versions)
    act = actions.submit_many if verb is Verb.SUBMIT else actions.approve_many
    return _answer(request, verb, act(list(versions), by=user, seen=versions), missing)


def _order(request: HttpRequest, user: User, verb: BulkJob.Verb, versions: Mapping[int, int]) -> HttpResponse:
    form = ActionForm(request.POST)
    if not form.is_valid():  # ticked in the list: its form has no token
        return redirect("disclosure:bulk-job", pk=_wake(jobs.order(versions, verb, by=user)).pk)
    try:
        with submit_once(form.token) as sent:
            job = jobs.order(versions, verb, by=user)
            sent.result_url = reverse("disclosure:bulk-job", args=[job.pk])
        _wake(job)
        return redirect(sent.result_url)
    except AlreadySent as again:
        return redirect(again.result_url or "disclosure:list")


def _wake(job: BulkJob) -> BulkJob:
    """Tell a worker; without a broker the sweep finds the job in PostgreSQL."""
    if job.state == BulkState.WAITING:
        try:
            run_bulk.delay(job.pk)
        except (BrokerAway, RedisError):
            return job
    return job


def _answer(request: HttpRequest, verb: BulkJob.Verb, outcomes: Sequence[Outcome], missing: int) -> HttpResponse:
    done = sum(outcome.ok for outcome in outcomes)
    context = {
        "outcomes": of_outcomes([jobs.told_of(each) for each in outcomes]),
        "label": verb.label,
        "done": done,
        "failed": len(outcomes) - done + missing,
    }
    return render(request, "disclosure/desk/bulk.html", context, status=200 if done else 422)


@require_safe
@login_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """An order: its clock while it is held, its progress while it runs, its outcomes when it is over."""
    user = staff_of(request)
    row = _job_of(user, pk)
    if row.state in (BulkState.WAITING, BulkState.RUNNING):
        return progress_response(
            request,
            Progress(
                title=f"{row.get_verb_display()}（{row.total}件）",
                url=reverse("disclosure:bulk-job", args=[row.pk]),
                position=row.position,
                total=row.total,
                text=f"已处理 {row.position} 件，共 {row.total} 件。可以离开本页，办理不会中断。",
            ),
        )
    if request.headers.get("HX-Request"):
        here = reverse("disclosure:bulk-job", args=[row.pk])
        return progress_response(
            request, Progress(title="", url=here, position=1, total=1, text="已办结。", done=True, next_url=here)
        )
    context: dict[str, Any] = {
        "job": row,
        "label": row.get_verb_display(),
        "outcomes": outcomes_of(row),
        "done": row.done,
        "failed": row.failed,
        "items": Disclosure.objects.filter(pk__in=row.items).order_by("due_on", "pk") if row.is_open else [],
        "may_stop": row.is_open and policy.allows(user, "disclosure.bulk.stop", row.department_id),
        "now": timezone.now(),
    }
    template = "disclosure/desk/bulk_held.html" if row.is_open else "disclosure/desk/bulk.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@login_required
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an order before its clock has run down."""
    user = staff_of(request)
    row = _job_of(user, pk)
    policy.require(user, "disclosure.bulk.stop", row.department_id)
    here = reverse("disclosure:bulk-job", args=[row.pk])

    def run(data: dict[str, Any]) -> str:
        jobs.stop(row, by=user, reason=data["reason"])
        return here

    context = {
        "title": f"停止{row.get_verb_display()}（{row.total}件）",
        "lead": "停止后不再公示；已经公示的不受影响。",
        "submit_label": "停止",
        "back_url": here,
        "trail": ("公示事项", "disclosure:list", "停止批量办理"),
    }
    form = StopForm(request.POST or None)
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已停止。")


def _job_of(user: User, pk: int) -> BulkJob:
    policy.require(user, "disclosure.view")
    rows = BulkJob.objects.visible_to(user).select_related("department", "ordered_by", "stopped_by")
    return get_object_or_404(rows, pk=pk)
