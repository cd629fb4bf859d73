"""The headers and units that a department explained once: a list, and a button that forgets one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from credit_platform.accounts import policy
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from records.imports.reading import remembered
from records.models import HeaderMapping
from records.standards import registry
from records.views.staff import user_of

SORTS = {"newest": Sort("最近记住", ("-mapped_at", "-id")), "standard": Sort("数据标准", ("standard", "header", "id"))}


def _standard(row: HeaderMapping) -> str:
    return {each.code: each.name for each in registry.all()}.get(row.standard, row.standard)


COLUMNS = (
    Column("部门", "department.name", 30),
    Column("数据标准", _standard),
    Column("表头", "header", 30),
    Column("对应字段", remembered.meaning, 30),
    Column("金额单位", "unit"),
    Column("经办人", lambda row: row.mapped_by.full_name if row.mapped_by else ""),
    Column("记住时间", "mapped_at"),
)


@require_safe
@login_required
def headers(request: HttpRequest) -> HttpResponseBase:
    """What was explained once and is used for every file since."""
    user = user_of(request)
    policy.require(user, "records.view")
    listing = ListPage(request, remembered.headers_of(user), remembered.HeaderFilter, sorts=SORTS)
    if listing.export:
        return listing.export_response(COLUMNS, "已记住的表头")
    context = {
        "listing": listing,
        "rows": [(row, _standard(row), remembered.meaning(row)) for row in listing.page.items],
        "may_forget": policy.allows(user, "records.import") and user.department_id is not None,
    }
    return render(request, "records/imports/headers.html", context)


@require_POST
@login_required
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one."""
    user = user_of(request)
    policy.require(user, "records.view")
    row = get_object_or_404(remembered.headers_of(user), pk=pk)
    remembered.forget(row, by=user)
    messages.success(request, f"已删除表头“{row.header}”的对应关系，下次导入时会重新询问。")
    return redirect("records:import-headers")
