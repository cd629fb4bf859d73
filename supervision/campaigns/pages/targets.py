"""The targets of a campaign at the desk: who is on the list, what became of them, what is entered with a paper. Each look is registered."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.formats import cn_date
from credit_platform.web.lists import ListPage, Sort
from supervision.campaigns import actions, forms, rules
from supervision.campaigns.models import Handling, Target, TargetList
from supervision.campaigns.pages.campaigns import PAGES
from supervision.campaigns.queries import progress
from supervision.campaigns.rules import PROGRESS_LABELS, Progress

SORTS = {"name": Sort("名称", ("subject__name", "pk")), "code": Sort("统一社会信用代码", ("subject__code", "pk"))}
REACHED = [(each.value, label) for each, label in PROGRESS_LABELS.items()]
MISSING = [(f"no-{each.value}", f"没有{label.removeprefix('已')}") for each, label in PROGRESS_LABELS.items()]


class TargetFilter(django_filters.FilterSet):
    """By name or code, and by what became of them."""

    q = django_filters.CharFilter(label="名称或信用代码", method="by_text")
    reached = django_filters.ChoiceFilter(
        label="办理情况", empty_label="全部", choices=[*REACHED, *MISSING], method="by_progress"
    )

    class Meta:
        model = Target
        fields = ()

    def by_text(self, rows: QuerySet[Target], name: str, value: str) -> QuerySet[Target]:
        """A part of the name, or the code."""
        text = value.strip()
        return rows.filter(subject__name__contains=text) | rows.filter(subject__code=text.upper())

    def by_progress(self, rows: QuerySet[Target], name: str, value: str) -> QuerySet[Target]:
        """Those that came to a progress, or did not."""
        listing = getattr(self.request, "target_list", None)
        assert isinstance(listing, TargetList)  # noqa: S101 - set by the page
        reached = progress.came_to(listing, Progress(value.removeprefix("no-")), timezone.localdate())
        return rows.exclude(pk__in=reached) if value.startswith("no-") else rows.filter(pk__in=reached)


def _listing(request: HttpRequest, pk: int) -> tuple[Case, TargetList]:
    case = PAGES.case_of(request, pk)
    listing: TargetList | None = case.own.target_list
    if listing is None:
        raise Http404
    return case, listing


@login_required
@require_safe
def targets(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The frozen list that counts, in pages and as a file; the look is registered with the campaign as its purpose."""
    case, listing = _listing(request, pk)
    user, on = staff_of(request, rules.VIEW), timezone.localdate()
    request.target_list = listing  # type: ignore[attr-defined]  # read by the filter
    page = ListPage(request, listing.targets.select_related("subject"), TargetFilter, sorts=SORTS)
    actions.look_at(listing, by=user)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(_columns(listing), f"治理清单（{case.number}）")
    rows = progress.with_progress(page.page.items, listing, on)
    may = policy.allows(user, rules.HANDLE, case.department) and case.state == rules.S.RUNNING
    context = {"case": case, "row": case.own, "list": listing, "listing": page, "rows": rows, "may_enter": may}
    return render(request, "campaigns/targets.html", context, status=page.status)


def _columns(listing: TargetList) -> list[Column]:
    days = progress.first_days(listing, timezone.localdate())

    def on(each: Progress) -> Column:
        return Column(PROGRESS_LABELS[each], lambda row: cn_date(days[each][row.pk]) if row.pk in days[each] else "")

    return [
        Column("主体", "subject.name", 30),
        Column("统一社会信用代码", "subject.code", 20),
        *(on(each) for each in Progress),
    ]


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """One target: the records behind it, what was entered, and the form of a new entry."""
    case, listing = _listing(request, pk)
    user, on = staff_of(request), timezone.localdate()
    policy.require(user, rules.HANDLE, case.department)
    row = get_object_or_404(listing.targets.select_related("subject", "target_list"), pk=target)
    form = forms.HandlingForm(request.POST or None, request.FILES or None, initial={"on": on})
    here = reverse("campaign:target", args=[case.pk, row.pk])

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("progress", "document", "on", "receiver")}
        actions.enter(row, paper=data["paper"][0] if data["paper"] else None, by=user, **given)
        return here

    (_, reached) = progress.with_progress([row], listing, on)[0]
    context = {
        "case": case,
        "target": row,
        "reached": reached,
        "records": row.records.select_related("source_department").order_by("-decided_on"),
        "handlings": row.handlings.select_related("receiver", "entered_by", "paper"),
        "may_enter": case.state == rules.S.RUNNING,
        "back_url": reverse("campaign:targets", args=[case.pk]),
    }
    if request.method == "GET":
        actions.look_at(listing, by=user)
    return act_on_form(request, "campaigns/target.html", context, form, action=run, message="已登记。")


@login_required
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int, handling: int) -> HttpResponse:
    """An entry that was wrong."""
    case, user = PAGES.case_of(request, pk), staff_of(request)
    policy.require(user, rules.HANDLE, case.department)
    rows = Handling.objects.counted().select_related("target__target_list")
    row = get_object_or_404(rows.filter(target__target_list__campaign=case.own), pk=handling)
    back = reverse("campaign:target", args=[case.pk, row.target_id])

    def run(data: dict[str, Any]) -> str:
        actions.take_back(row, reason=data["reason"], by=user)
        return back

    context = {
        "title": f"撤回：{row.get_progress_display()}",
        "lead": f"{row.document}，{cn_date(row.on)}。撤回后不再计入，登记和原因保留备查。",
        "submit_label": "撤回",
        "back_url": back,
    }
    form = forms.TakeBackForm(request.POST or None)
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已撤回。")
