"""Merges of duplicate subjects: list, preview, decision."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.errors import DomainError
from credit_platform.web.errors import BadRequest, apply_errors, form_response
from credit_platform.web.keyset import KeysetPage
from credit_platform.web.once import AlreadySent, submit_once
from records import actions
from records.forms import MergeDecisionForm
from records.models import MergeCase
from records.queries.merges import open_cases, preview
from records.rules import MergeState
from records.views.staff import user_of

SHOWN = 100
VERBS: dict[str, tuple[Callable[..., MergeCase], str]] = {
    "decide": (actions.decide_merge, "已合并。"),
    "decline": (actions.decline_merge, "已记录为不予合并。"),
    "reverse": (actions.reverse_merge, "已还原。"),
}


@require_safe
@login_required
def case_list(request: HttpRequest) -> HttpResponse:
    """Cases, the open ones first."""
    policy.require(user_of(request), "records.merge.propose")
    waiting = open_cases().filter(state=MergeState.PROPOSED)[:SHOWN]
    done = KeysetPage(
        open_cases().exclude(state=MergeState.PROPOSED), ("-id",), cursor=request.GET.get("cursor", ""), size=50
    )
    return render(request, "records/merges.html", {"waiting": waiting, "done": done})


@require_http_methods(["GET", "POST"])
@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """What the merge would move, and the decision of a second person."""
    user = user_of(request)
    policy.require(user, "records.merge.propose")
    row = get_object_or_404(open_cases(), pk=pk)
    form = MergeDecisionForm(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        verb = request.POST.get("verb", "")
        if verb not in VERBS:
            raise BadRequest("merge.verb", "请选择要办理的操作。")
        act, said = VERBS[verb]
        try:
            with submit_once(form.token) as sent:
                act(row, by=user, note=form.cleaned_data["note"])
                sent.result_url = reverse("records:merge", args=[row.pk])
            messages.success(request, said)
            return redirect(sent.result_url)
        except AlreadySent as again:
            return redirect(again.result_url or "records:merges")
        except DomainError as refusal:
            apply_errors(form, error := refusal)
    waiting = row.state == MergeState.PROPOSED
    plan = preview(row) if waiting else None
    context = {
        "case": row,
        "plan": plan,
        "moving": list(plan.moving[:SHOWN]) if plan else [],
        "may_decide": policy.allows(user, "records.merge.decide"),
        "is_proposer": row.proposed_by_id == user.pk,
        "waiting": waiting,
        "merged": row.state == MergeState.MERGED,
        "moved_count": {name: len(keys) for name, keys in row.moved.items()},
    }
    return form_response(request, "records/merge.html", context, form, error=error)
