"""/desk/alert-rules/…/backtests/: order one, see how far it has come, cancel it, read what it found."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.lists import ListPage
from credit_platform.web.progress import Progress, progress_response
from supervision.alerts import forms
from supervision.alerts.actions import backtesting
from supervision.alerts.models import AlertRule, Backtest
from supervision.alerts.pages.ruling import COLUMNS, SORTS
from supervision.alerts.rules.ruling import BACKTESTS_OPEN, DRAFT, RULES_VIEW
from supervision.alerts.tasks import run_backtest

YEAR = timedelta(days=365)


@login_required
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the days; a year that is over stands there at first."""
    user = staff_of(request, DRAFT)
    rule = get_object_or_404(AlertRule, pk=pk)
    yesterday = timezone.localdate() - timedelta(days=1)
    form = forms.BacktestForm(request.POST or None, initial={"first": yesterday - YEAR, "last": yesterday})

    def run(data: dict[str, Any]) -> str:
        test = backtesting.order(rule, first=data["first"], last=data["last"], by=user)
        transaction.on_commit(partial(run_backtest.delay, test.pk), robust=True)  # without a broker the clock finds it
        return reverse("alert_rules:backtest", args=[test.pk])

    context = {
        "title": f"回测：{rule.code} {rule.name}",
        "lead": "按当时已知的信息逐日重放这一版规则，不发出任何预警，不通知任何人。在后台进行，可以离开页面，也可以取消。",
        "submit_label": "开始回测",
        "back_url": reverse("alert_rules:rule", args=[rule.pk]),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已提交回测。")


@require_safe
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far a back-test has come, then its figures, the worst misses and every firing."""
    user = staff_of(request, RULES_VIEW)
    test = get_object_or_404(Backtest.objects.select_related("rule", "ordered_by"), pk=pk)
    here = reverse("alert_rules:backtest", args=[test.pk])
    is_open = test.state in BACKTESTS_OPEN
    text = f"已完成 {test.position} 步，共 {test.total} 步。可以离开本页。" if test.total else "等待开始。"
    progress = Progress(f"回测 {test.rule}", here, test.position, test.total, text)
    if request.headers.get("HX-Request"):
        ended = Progress("", here, 1, 1, "已结束。", True, next_url=here)
        return progress_response(request, progress if is_open else ended)
    page = ListPage(request, test.firings.select_related("subject"), None, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS[:4], f"回测结果 {test.rule.code}")
    context = {
        "test": test,
        "open": is_open,
        "progress": progress,
        "listing": page,
        "misses": test.misses.select_related("subject"),
        "may_cancel": is_open and policy.allows(user, DRAFT),
    }
    return render(request, "alerts/rules/backtest.html", context, status=page.status)


@require_POST
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a back-test."""
    user = staff_of(request, DRAFT)
    test = backtesting.cancel(get_object_or_404(Backtest, pk=pk), by=user)
    messages.success(request, "已取消回测，没有保留结果。")
    return redirect("alert_rules:backtest", pk=test.pk)
