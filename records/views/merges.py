"""Merges of duplicate subjects: list, preview, decision."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.errors import DomainError
from credit_platform.web.errors import BadRequest, apply_errors, form_response
from credit_platform.web.export import Column
from credit_platform.web.keyset import capped_count
from credit_platform.web.lists import ListPage, Sort
from credit_platform.web.once import AlreadySent, submit_once
from records import actions
from records.forms import MergeDecisionForm, MergeReversalForm
from records.models import MergeCase
from records.queries.merges import SCOPES, MergeFilter, Preview, desk_cases, open_cases, preview, two_valid_numbers
from records.rules import MergeState, RecordStatus
from records.views.staff import user_of

SHOWN = 100
SORTS = {"newest": Sort("最近提出", ("-id",)), "oldest": Sort("最早提出", ("id",))}
COLUMNS = (
    Column("保留主体", "keep.name", 30),
    Column("保留主体代码", "keep.code", 20),
    Column("并入主体", "drop.name", 30),
    Column("并入主体代码", "drop.code", 20),
    Column("理由", "reason", 40),
    Column("证明文书号", "document_number", 24),
    Column("出具机关", "document_issuer", 24),
    Column("文书日期", "document_on"),
    Column("提出人", "proposed_by.full_name"),
    Column("提出时间", "proposed_at"),
    Column("状态", lambda row: row.get_state_display()),
    Column("复核人", lambda row: row.decided_by.full_name if row.decided_by else ""),
    Column("复核时间", "decided_at"),
    Column("复核意见", "decision_note", 40),
)
VERBS: dict[str, tuple[Callable[..., MergeCase], str]] = {
    "decide": (actions.decide_merge, "已合并。"),
    "decline": (actions.decline_merge, "已记录为不予合并。"),
    "reverse": (actions.reverse_merge, "已还原。"),
}


@require_safe
@login_required
def case_list(request: HttpRequest) -> HttpResponseBase:
    """Cases: those that wait, those that are closed, or all."""
    user = user_of(request)
    policy.require(user, "records.merge.propose")
    scope = request.GET.get("scope", "waiting")
    if scope not in SCOPES:
        raise BadRequest("list.scope", "没有这个分类，请从列表上方选择。")
    listing = ListPage(request, desk_cases(scope), MergeFilter, sorts=SORTS, also=("scope",))
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, f"主体合并（{SCOPES[scope]}）")
    tabs = [{"label": label, "url": f"?scope={key}", "current": key == scope} for key, label in SCOPES.items()]
    return render(request, "records/merges.html", {"listing": listing, "scopes": tabs})


def _moving(plan: Preview) -> dict[str, object]:
    """The records that go over as the page lists them: what was taken back with its batch goes too, and is only counted."""
    moving = plan.moving.exclude(status=RecordStatus.UNDONE)
    total = capped_count(moving)
    return {
        "moving": list(moving[:SHOWN]),
        "moving_total": total,
        "more_moving": total.value > SHOWN,
        "taken_back": capped_count(plan.moving.filter(status=RecordStatus.UNDONE)),
    }


@require_http_methods(["GET", "POST"])
@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """What the merge would move, and the decision of a second person."""
    user = user_of(request)
    policy.require(user, "records.merge.propose")
    row = get_object_or_404(open_cases(), pk=pk)
    asked = MergeReversalForm if row.state == MergeState.MERGED else MergeDecisionForm
    form = asked(request.POST or None)
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
        **(_moving(plan) if plan else {}),
        "may_decide": policy.allows(user, "records.merge.decide"),
        "is_proposer": row.proposed_by_id == user.pk,
        "waiting": waiting,
        "two_codes": waiting and two_valid_numbers(row.keep, row.drop),
        "merged": row.state == MergeState.MERGED,
        "moved_count": {name: len(keys) for name, keys in row.moved.items()},
    }
    return form_response(request, "records/merge.html", context, form, error=error)
