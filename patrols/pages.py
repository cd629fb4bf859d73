"""/desk/patrols/: what was found, the last runs, and the alarms."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS as CASE_COLUMNS
from casework.pages.desk import case_filter
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from patrols import forms
from patrols.actions import alarms
from patrols.models import Patrol, PatrolAlarm, PatrolFinding
from patrols.rules import ALARM, ORDER, VIEW
from patrols.tasks import run_patrol

RUNS = 14
SORTS = {"newest": Sort("最近发现", ("-pk",)), "oldest": Sort("最早发现", ("pk",))}
COLUMNS = (
    Column("公示编号", "public_id", 14),
    Column("情况", "what", 40),
    Column("地址", "address", 60),
    Column("发现日期", "found_on"),
    Column("最近查到日期", "seen_on"),
    Column("消除日期", "settled_on"),
)
PAGES = CasePages(
    ALARM,
    address="patrol-alarms",
    templates="patrols/alarms",
    filters=case_filter(ALARM),
    joined=("patrol",),
    lead="巡查发现应停止公示而仍能读到的信息时告警；消除后登记原因、责任单位和处置情况。",
    columns=(
        CASE_COLUMNS[0],
        CASE_COLUMNS[3],
        CASE_COLUMNS[4],
        CASE_COLUMNS[5],
        Column("原因", lambda case: case.own.cause, 40),
        Column("责任单位", lambda case: case.own.responsible, 24),
        Column("处置情况", "closed_why", 40),
    ),
    forms={"close": StepPage(forms.CloseForm, alarms.close)},
)


@require_safe
@login_required
def findings(request: HttpRequest) -> HttpResponseBase:
    """The last runs, and everything that was found."""
    user = staff_of(request, VIEW)
    listing = ListPage(request, PatrolFinding.objects.all(), forms.FindingFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "公示巡查发现")
    context = {
        "listing": listing,
        "runs": list(Patrol.objects.all()[:RUNS]),
        "open_count": PatrolFinding.objects.open().count(),
        "alarm": PatrolAlarm.objects.filter(is_open=True).select_related("case").first(),
        "may_order": policy.allows(user, ORDER),
    }
    return render(request, "patrols/findings.html", context, status=listing.status)


@require_POST
@login_required
def order(request: HttpRequest) -> HttpResponse:
    """A patrol now; a worker reads, the page tells when it is done."""
    user = staff_of(request, ORDER)
    if Patrol.objects.running().exists():
        messages.warning(request, "公示巡查正在进行，请等它完成。")
    else:
        run_patrol.delay(user.pk)
        messages.success(request, "已开始公示巡查，约需几分钟，完成后结果列在下面。")
    return redirect("patrol:list")
