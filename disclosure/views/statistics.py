"""Timeliness for the desk: a department sees its own, the credit office everybody."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Role
from credit_platform.web.errors import form_response
from credit_platform.web.export import Column, export_response
from credit_platform.web.figures import months_chart
from credit_platform.web.forms import KitForm
from disclosure.kinds import EVERY
from disclosure.models.tallies import TallyView
from disclosure.queries.timeliness import Timeliness, timeliness, total

PARTS = {"按时": lambda line: line.compliant - line.late, "迟报": lambda line: line.late}
BY = (("department", "按部门"), ("month", "按月份"), ("kind", "按信息种类"))
COLUMNS = [
    Column("项目", "label", 34),
    Column("上报数（条）", "reported", 14),
    Column("合规数（条）", "compliant", 14),
    Column("迟报数（条）", "late", 14),
    Column("逾期公示数（条）", "published_late", 16),
    Column("合规率", "compliance_rate", 12),
    Column("迟报率", "late_rate", 12),
]


class AskForm(KitForm):
    """Which year, how grouped, from which point of view."""

    year = forms.IntegerField(label="年份", min_value=2018, max_value=2100)
    by = forms.ChoiceField(label="统计方式", choices=BY)
    view = forms.ChoiceField(label="月份口径", choices=TallyView.choices)
    kind = forms.ChoiceField(label="信息种类", choices=EVERY.choices_or_all, required=False)


@require_safe
@login_required
def timeliness_page(request: HttpRequest) -> HttpResponseBase:
    """上报、合规率、迟报率 of a year, as a picture and as its table; `export=csv|xlsx` gives the table."""
    user = staff_of(request)
    policy.require(user, "statistics.view")
    given = {"year": timezone.localdate().year, "by": "month", "view": "arrival", "kind": ""}
    form = AskForm({**given, **request.GET.dict()})
    if not form.is_valid():
        return form_response(request, "disclosure/desk/timeliness.html", {"rows": []}, form)
    asked = form.cleaned_data
    only = None if Role.CREDIT_OFFICE in user.roles else user.department_id
    rows = timeliness(asked["year"], by=asked["by"], view=asked["view"], kind=asked["kind"], department_id=only)
    title = f"{asked['year']}年{'全市' if only is None else user.department.name if user.department else ''}报送及时性"
    if export := request.GET.get("export", ""):
        return export_response(export, [*rows, total(rows)], COLUMNS, title)
    context = {
        "form": form,
        "rows": rows,
        "total": total(rows),
        "title": title,
        "option": months_chart(rows, PARTS),
        "says": says(rows),
    }
    return render(request, "disclosure/desk/timeliness.html", context)


def says(rows: list[Timeliness]) -> str:
    """One sentence that tells what the picture shows."""
    whole = total(rows)
    if not whole.reported:
        return "所选范围内没有上报数据。"
    return f"共上报{whole.reported:,}条，合规率{whole.compliance_rate}，迟报{whole.late:,}条，迟报率{whole.late_rate}。"
