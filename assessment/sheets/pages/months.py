"""/desk/assessment/months/: the months, the places of one of them, and what looks like gaming in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessment.sheets.actions import adjusting, circulars, freezing
from assessment.sheets.forms import AdjustmentForm, CircularForm, FreezeForm, MonthFilter
from assessment.sheets.models import CircularCase, Month, SchemeCase, Sheet
from assessment.sheets.queries.scores import Scored, scored
from assessment.sheets.queries.suspicions import suspicions
from assessment.sheets.rules import procedures as rules
from assessment.sheets.rules.gaming import SIGN_LABELS
from assessment.sheets.rules.months import freezes_on, next_month
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Department, User
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column, export_response
from credit_platform.web.lists import ListPage, Sort

SORTS = {"newest": Sort("最近月份", ("-first", "pk")), "oldest": Sort("最早月份", ("first", "pk"))}
COLUMNS = (
    Column("月份", "label"),
    Column("考核方案", "scheme.name", 30),
    Column("冻结日期", "frozen_on"),
    Column("申诉截止日期", "contest_until"),
)
SCORES = (
    Column("单位", "sheet.department.name", 30),
    Column("得分", "shown"),
    Column("位次", "place"),
    Column("加减分前", "before"),
    Column("考核表版本", "sheet.version"),
)


def _coming(on: date) -> tuple[date, date] | None:
    """The month that is frozen next and the day from which it may be; None without a scheme."""
    newest = Month.objects.order_by("-first").first()
    begun = SchemeCase.objects.adopted().order_by("valid_from").first()
    if begun is None:
        return None
    first = next_month(newest.first) if newest else begun.valid_from
    scheme = SchemeCase.objects.in_force(first)
    return (first, freezes_on(first, scheme.freeze_days)) if scheme else None


@login_required
@require_safe
def months(request: HttpRequest) -> HttpResponseBase:
    """Every month that was frozen; the one that comes next."""
    user, on = staff_of(request, rules.VIEW), timezone.localdate()
    listing = ListPage(request, Month.objects.select_related("scheme"), MonthFilter, sorts=SORTS, size=20)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "考核月份")
    coming = _coming(on)
    context = {
        "listing": listing,
        "coming": coming,
        "may_freeze": bool(coming and on >= coming[1] and policy.allows(user, rules.FREEZE)),
        "circulars": CircularCase.objects.issued().select_related("case", "month").order_by("-issued_at")[:5],
    }
    return render(request, "assessment/months.html", context, status=listing.status)


def _visible(user: User, month: Month) -> list[Scored]:
    """The sheets that somebody may see, each with its place among all."""
    own = Sheet.objects.visible_to(user).filter(month=month).values("department")
    return scored(month, list(Department.objects.filter(pk__in=own)))


@login_required
@require_safe
def month(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One month: places and scores; for the credit office also what looks like gaming."""
    user, on = staff_of(request, rules.VIEW), timezone.localdate()
    row = get_object_or_404(Month.objects.select_related("scheme", "frozen_by"), pk=pk)
    lines = _visible(user, row)
    if export := request.GET.get("export", ""):
        policy.require(user, "exports.make")
        return export_response(export, lines, SCORES, f"考核得分（{row.label}）")
    office = policy.allows(user, rules.ADJUST)
    seen = [
        (department, [(SIGN_LABELS[each.sign], each) for each in signs]) for department, signs in suspicions(row.first)
    ]
    context = {
        "month": row,
        "lines": lines,
        "office": office,
        "seen": seen if office else [],
        "issued": row.circulars.filter(issued_at__isnull=False).order_by("issued_at"),
        "drafted": row.circulars.filter(case__state="drafted").first() if office else None,
        "on": on,
    }
    return render(request, "assessment/month.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the next month now; else the clock does it in the night."""
    user, on = staff_of(request, rules.FREEZE), timezone.localdate()
    coming, back = _coming(on), reverse("assessment:months")

    def run(data: dict[str, Any]) -> str:
        first = coming[0] if coming else on.replace(day=1)
        return reverse("assessment:month", args=[freezing.freeze_month(first, by=user, on=on).pk])

    label = f"{coming[0].year}年{coming[0].month}月" if coming else ""
    context = {
        "title": f"冻结{label}考核数字",
        "lead": "数字冻结后不再变动；各单位可以在申诉期限内对数字提出申诉。",
        "submit_label": "冻结",
        "back_url": back,
    }
    form = FreezeForm(request.POST or None)
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已冻结。")


@login_required
@require_http_methods(["GET", "POST"])
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """Points of a department's month are entered."""
    user, row = staff_of(request, rules.ADJUST), get_object_or_404(Month, pk=pk)
    form = AdjustmentForm(request.POST or None, month=row)

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("ground", "points", "text", "document")}
        case = adjusting.enter(row, data["department"], by=user, **given)
        return reverse("adjustment:case", args=[case.pk])

    context = {
        "title": f"登记加减分：{row.label}",
        "lead": f"扣分合计最多{row.scheme.floor.normalize():f}分，加分合计最多{row.scheme.cap.normalize():f}分；由另一人确认后计入。",
        "submit_label": "登记",
        "back_url": reverse("assessment:month", args=[row.pk]),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已登记，请由另一人确认。")


@login_required
@require_http_methods(["GET", "POST"])
def write_circular(request: HttpRequest, pk: int) -> HttpResponse:
    """The circular of a month is written; where one was issued, one that corrects it."""
    user, row = staff_of(request, rules.WRITE), get_object_or_404(Month, pk=pk)
    former = row.circulars.filter(issued_at__isnull=False).order_by("-issued_at").first()
    name = f"{row.label}社会信用体系建设考核通报"
    form = CircularForm(request.POST or None, initial={"title": f"关于{name}的更正" if former else name})

    def run(data: dict[str, Any]) -> str:
        case = circulars.write(row, title=data["title"], text=data["text"], corrects=former, by=user)
        return reverse("circular:case", args=[case.pk])

    context = {
        "title": f"拟写{'更正' if former else ''}通报：{row.label}",
        "lead": "由另一人签发；签发时的数字随通报固定。",
        "submit_label": "保存",
        "back_url": reverse("assessment:month", args=[row.pk]),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已保存，请由另一人签发。")
