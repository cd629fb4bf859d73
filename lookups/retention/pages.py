"""/desk/retention/: what would be disposed of today, what is held, what was disposed of."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.keyset import KeysetPage, capped_count
from lookups.retention import actions
from lookups.retention.forms import HoldForm, ReleaseForm, SecondForm
from lookups.retention.kinds import labels
from lookups.retention.models import Disposal, RetentionHold
from lookups.retention.queries import plan, unruled
from lookups.retention.rules import HoldState

VIEW, LISTED = "lookups.retention.view", 20
VERDICTS = {
    HoldState.PROPOSED: [("confirm", "确认保全"), ("decline", "不予保全")],
    HoldState.RELEASING: [("release", "确认解除"), ("keep", "不予解除，继续保全")],
}
ACTIONS = {"confirm": actions.confirm, "decline": actions.decline, "release": actions.release, "keep": actions.keep}


@require_safe
@login_required
def dry_run(request: HttpRequest) -> HttpResponse:
    """What the clock would dispose of today, kind by kind: the same question that it asks, and nothing happens."""
    user, today = staff_of(request, VIEW), timezone.localdate()
    lines = [
        (each, capped_count(each.going), list(each.going[:LISTED]), list(each.held[:LISTED])) for each in plan(today)
    ]
    page = KeysetPage(Disposal.objects.all(), ("-id",), cursor=request.GET.get("cursor", ""), size=50)
    context = {
        "lines": lines,
        "unruled": unruled(today),
        "page": page,
        "labels": labels(),
        "today": today,
        "may_hold": policy.allows(user, "lookups.retention"),
    }
    return render(request, "lookups/retention.html", context)


@require_safe
@login_required
def holds(request: HttpRequest) -> HttpResponse:
    """The holds, the latest first; `?scope=waiting` those for a second person."""
    user = staff_of(request, VIEW)
    waiting = request.GET.get("scope") == "waiting"
    rows = RetentionHold.objects.select_related("proposed_by", "confirmed_by", "release_asked_by", "released_by")
    page = KeysetPage(rows.waiting() if waiting else rows, ("-id",), cursor=request.GET.get("cursor", ""), size=50)
    here = reverse("lookups:retention-holds")
    tabs = [
        {"label": "全部", "url": here, "current": not waiting},
        {"label": "待确认", "url": f"{here}?scope=waiting", "current": waiting},
    ]
    may_hold = policy.allows(user, "lookups.retention")
    context = {"page": page, "tabs": tabs, "labels": labels(), "may_hold": may_hold}
    return render(request, "lookups/retention_holds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hold_new(request: HttpRequest) -> HttpResponse:
    """Hold something back."""
    user = staff_of(request, "lookups.retention")
    here = reverse("lookups:retention-holds")

    def action(given: dict[str, Any]) -> str:
        words = {"reason": given["reason"], "document": given["document"]}
        actions.propose(given["kind"], given["number"], **words, by=user)
        return here

    context = {
        "title": "保全",
        "lead": "保全的内容到期也不销毁，提出后立即生效，由另一人确认。",
        "submit_label": "提出保全",
        "back_url": here,
    }
    form = HoldForm(request.POST or None)
    done = "已保全，待另一人确认。"
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message=done)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step of a hold: the second person's word, or that it is to end."""
    user = staff_of(request, "lookups.retention")
    row = get_object_or_404(RetentionHold, pk=pk)
    verdicts, here = VERDICTS.get(HoldState(row.state)), reverse("lookups:retention-holds")
    if verdicts is None and row.state != HoldState.HELD:
        raise Http404

    def action(given: dict[str, Any]) -> str:
        if verdicts is None:
            actions.ask_release(row, reason=given["reason"], by=user, version=form.version)
        else:
            ACTIONS[given["verdict"]](row, by=user, version=form.version)
        return here

    form: ReleaseForm | SecondForm = (
        ReleaseForm(request.POST or None, edited=row)
        if verdicts is None
        else SecondForm(request.POST or None, edited=row, verdicts=verdicts)
    )
    context = {
        "title": f"保全：{labels().get(row.kind, row.kind)} {row.number}",
        "lead": f"理由：{row.reason}（{row.document}）{'；拟解除：' + row.release_reason if row.release_reason else ''}",
        "submit_label": "提出解除" if verdicts is None else "提交",
        "back_url": here,
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已办理。")
