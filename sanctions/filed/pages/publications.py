"""The desk's pages of publications: the list, one of them with what its files brought, their registration and steps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Department, User
from credit_platform.web.acting import act_on_form
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from sanctions.filed import actions, forms
from sanctions.filed.actions.publications import DECIDE, HANDLE
from sanctions.filed.models import FiledPublication, FiledRow
from sanctions.filed.pages.steps import VIEW, Verb, may, step_of
from sanctions.filed.rules import PUBLICATION_MOVES, PublicationState
from sanctions.filed.standards import ALL

STANDARDS = {each.code: each.name for each in ALL}
SORTS = {"newest": Sort("最近公布", ("-published_on", "-pk")), "oldest": Sort("最早公布", ("published_on", "pk"))}
COLUMNS = (
    Column("公布名单", "title", 30),
    Column("公布机关", "authority_name", 24),
    Column("文书号", "document_number", 26),
    Column("公布日期", "published_on"),
    Column("名单编码", "list_code"),
    Column("范围", lambda row: "全量名单" if row.is_full else "增量名单"),
    Column("状态", lambda row: row.get_state_display()),
    Column("接收单位", "department.name", 24),
)
VERBS = {
    "confirm": Verb(
        "确认", DECIDE, "请到公布处查对后确认。确认后即可接收该名单的文件，同一标准此前的公布名单自动结束接收。", "已确认，可以导入名单文件。",
        forms.ConfirmPublicationForm, actions.confirm_publication, but="drafted_by_id",
    ),
    "drop": Verb("作废", HANDLE, "登记有误的，写明原因后作废，另行登记。", "已作废。", forms.ReasonForm, actions.drop_publication),
    "close": Verb(
        "结束接收", DECIDE, "结束后不再接收该名单的文件，已列入的条目不受影响。", "已结束接收。", forms.ReasonForm, actions.close_publication
    ),
}  # fmt: skip


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The publications of the department, filtered, in pages, as a file."""
    user = staff_of(request, VIEW)
    rows = FiledPublication.objects.visible_to(user).select_related("department")
    page = ListPage(request, rows, forms.PublicationFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "公布名单")
    context = {"listing": page, "may_register": policy.allows(user, HANDLE) and user.department_id is not None}
    return render(request, "sanctions/filed/publications.html", context, status=page.status)


@login_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a publication."""
    user = staff_of(request, HANDLE)
    form = forms.PublicationForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        made = actions.register_publication(form.arguments, department=_department(user), by=user)
        return reverse("filed:publication", args=[made.pk])

    context = {
        "title": "登记公布名单",
        "lead": "其他机关公布的名单，先在这里登记来源，由另一人查对确认后，才能导入名单文件。",
        "submit_label": "登记",
        "back_url": reverse("filed:publications"),
    }
    return act_on_form(
        request, "kit/form_page.html", context, form, action=run, message="已登记，请由另一名审核员确认。"
    )


def _department(user: User) -> Department:
    if user.department is None:
        raise BadRequest("filed.department", "账户没有所属单位，不能登记公布名单。")
    return user.department


@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A publication: its source, who confirmed it, what its files brought, and the next step."""
    user, row = staff_of(request, VIEW), _publication(request, pk)
    own = FiledRow.objects.filter(publication=row)
    context = {
        "row": row,
        "standard": STANDARDS.get(row.standard, row.standard),
        "steps": [
            (name, verb)
            for name, verb in VERBS.items()
            if (PublicationState(row.state), name) in PUBLICATION_MOVES and may(user, verb, row)
        ],
        "counts": [(state, label, own.filter(state=state).count()) for state, label in _labels()],
    }
    return render(request, "sanctions/filed/publication.html", context)


def _labels() -> list[tuple[str, str]]:
    return [(state, str(label)) for state, label in FiledRow._meta.get_field("state").choices or ()]


def _publication(request: HttpRequest, pk: int) -> FiledPublication:
    rows = FiledPublication.objects.visible_to(staff_of(request, VIEW))
    return get_object_or_404(rows.select_related("department", "drafted_by", "confirmed_by"), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The form of a step of a publication, and the step."""
    row = _publication(request, pk)
    return step_of(request, row, VERBS, verb, str(row), reverse("filed:publication", args=[pk]), drop=("seen",))
