"""/desk/alert-rules/: the rules, what each is worth, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from credit_platform.web.once import version_of
from supervision.alerts import forms
from supervision.alerts.actions import ruling
from supervision.alerts.models import AlertRule, Firing, Sweep
from supervision.alerts.queries import figures
from supervision.alerts.queries.conditions import condition_of
from supervision.alerts.rules.ruling import ACTIVATE, DRAFT, RULE_MOVES, RULES_VIEW, RuleState

SORTS = {"newest": Sort("最近", ("-on", "-pk")), "oldest": Sort("最早", ("on", "pk"))}
COLUMNS = (
    Column("主体", "subject.name", 30),
    Column("统一社会信用代码", "subject.code", 20),
    Column("日期", "on"),
    Column("数值", "level"),
    Column("情形消失日期", "ended_on"),
)
AT_ONCE: dict[str, tuple[Callable[..., AlertRule], str, str]] = {
    "shadow": (ruling.shadow, DRAFT, "已开始试运行，每夜的结果只列在本页，不发出预警。"),
    "activate": (ruling.activate, ACTIVATE, "已启用，自下一次夜间扫描起发出预警。"),
    "renew": (ruling.renew, DRAFT, "已续期一年。"),
}
WITH_REASON: dict[str, tuple[Callable[..., AlertRule], str, str, str]] = {
    "pause": (ruling.pause, "停用", "停用后不再发出新预警，已有预警继续办理。", "已停用。"),
    "retire": (ruling.retire, "废止", "废止后不能恢复；需要时可以修改为新版本。", "已废止。"),
}
LABELS = {"shadow": "试运行", "activate": "启用", "renew": "续期一年", "pause": "停用", "retire": "废止"}


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every rule in its present versions, and the last nights."""
    user = staff_of(request, RULES_VIEW)
    scope = "all" if request.GET.get("scope") == "all" else "present"
    rules = AlertRule.objects.all() if scope == "all" else AlertRule.objects.present()
    rows = [
        (rule, ruling.missing_data(rule), figures.last_backtest(rule)) for rule in rules.order_by("code", "-version")
    ]
    context = {
        "rows": rows,
        "scope": scope,
        "nights": Sweep.objects.prefetch_related("lines__rule")[:7],
        "may_draft": policy.allows(user, DRAFT),
    }
    return render(request, "alerts/rules/list.html", context)


@require_safe
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule: what it asks, what it was worth in the past and since it speaks, and what may be done next."""
    user = staff_of(request, RULES_VIEW)
    rule = get_object_or_404(AlertRule.objects.select_related("department", "drafted_by", "activated_by"), pk=pk)
    condition = condition_of(rule.condition)
    values = condition.values(rule.parameters)
    verbs = {verb for (state, verb) in RULE_MOVES if state == RuleState(rule.state)}
    context = {
        "rule": rule,
        "condition": condition,
        "parameters": [(each.label, _words(values[each.name])) for each in condition.parameters],
        "missing": ruling.missing_data(rule),
        "versions": AlertRule.objects.filter(code=rule.code).order_by("-version"),
        "backtests": rule.backtests.select_related("ordered_by")[:5],
        "best": figures.last_backtest(rule),
        "misses": figures.misses(rule),
        "live": figures.live(rule, timezone.localdate()),
        "shadowed": Firing.objects.filter(rule=rule, backtest__isnull=True).count(),
        "version_seen": version_of(rule),
        "now": [(verb, LABELS[verb]) for verb in AT_ONCE if verb in verbs and _may(user, rule, verb)],
        "reasoned": [(verb, LABELS[verb]) for verb in WITH_REASON if verb in verbs and policy.allows(user, DRAFT)],
        "may_draft": policy.allows(user, DRAFT),
        "may_test": "backtest" in verbs and policy.allows(user, DRAFT),
    }
    return render(request, "alerts/rules/rule.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a rule anew: in place while it never ran, else as the next version."""
    user = staff_of(request, DRAFT)
    rule = get_object_or_404(AlertRule, pk=pk)
    form = forms.RuleForm(request.POST or None, edited=rule)

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in (*ruling.NUMBERS, *ruling.WORDS) if name in data}
        row = ruling.revise(rule, given=given, by=user, version=data["version_seen"])
        return reverse("alert_rules:rule", args=[row.pk])

    context = {
        "title": f"修改预警规则：{rule.code} {rule.name}",
        "lead": "没有运行过的版本直接修改；运行过的版本不再改动，保存为新版本。修改后需要重新回测、试运行，再由另一人启用。",
        "submit_label": "保存",
        "back_url": reverse("alert_rules:rule", args=[rule.pk]),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已保存，请回测。")


@require_POST
@login_required
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A step of a rule that needs no words."""
    if verb not in AT_ONCE:
        raise Http404
    action, permission, message = AT_ONCE[verb]
    user = staff_of(request, permission)
    row = action(get_object_or_404(AlertRule, pk=pk), by=user, version=request.POST.get("version_seen") or None)
    messages.success(request, message)
    return redirect("alert_rules:rule", pk=row.pk)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A step of a rule that wants a reason."""
    if verb not in WITH_REASON:
        raise Http404
    action, label, lead, message = WITH_REASON[verb]
    user = staff_of(request, DRAFT)
    rule = get_object_or_404(AlertRule, pk=pk)
    form = forms.WhyForm(request.POST or None, edited=rule)
    here = reverse("alert_rules:rule", args=[rule.pk])

    def run(data: dict[str, Any]) -> str:
        action(rule, why=data["why"], by=user, version=data["version_seen"])
        return here

    context = {"title": f"{label}：{rule.code} {rule.name}", "lead": lead, "submit_label": label, "back_url": here}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message=message)


@require_safe
@login_required
def firings(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a rule on trial would have said."""
    user = staff_of(request, RULES_VIEW)
    rule = get_object_or_404(AlertRule, pk=pk)
    rows = Firing.objects.filter(rule=rule, backtest__isnull=True).select_related("subject")
    page = ListPage(request, rows, None, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, f"试运行结果 {rule.code}")
    return render(request, "alerts/rules/firings.html", {"rule": rule, "listing": page}, status=page.status)


def _may(user: User, rule: AlertRule, verb: str) -> bool:
    """Whether somebody is offered a step: to let a rule speak is another person's than who proposed it."""
    return policy.allows(user, AT_ONCE[verb][1]) and not (verb == "activate" and rule.drafted_by_id == user.pk)


def _words(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
