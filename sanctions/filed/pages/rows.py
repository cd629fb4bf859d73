"""The desk's pages of rows: the list, one with its candidates side by side, the judgement and the decision by two."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from credit_platform.web.desk import Scopes
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from sanctions.filed import actions, forms
from sanctions.filed.actions.publications import DECIDE, HANDLE
from sanctions.filed.models import FiledRow
from sanctions.filed.pages.steps import VIEW, Verb, step_of
from sanctions.filed.queries import desk
from sanctions.filed.rules import ROW_MOVES, RowState
from sanctions.filed.standards import ALL, DETAILS, FACTS

S = RowState
LEFT_OUT = "left_out"
SCOPES = {
    "worked": ("待核对", (S.WAITING.value, S.REVIEW.value)),
    "proposed": ("待复核", (S.PROPOSED.value,)),
    LEFT_OUT: ("来源已不列", (S.ENTERED.value, S.REVIEW.value)),
    "entered": ("已列入", (S.ENTERED.value,)),
    "all": ("全部", None),
}
SORTS = {"newest": Sort("最近列入", ("-listed_on", "-pk")), "oldest": Sort("最早列入", ("listed_on", "pk"))}
COLUMNS = (
    Column("名单名称", "name", 30),
    Column("名单编码", "list_code"),
    Column("文书号", "document_number", 26),
    Column("列入日期", "listed_on"),
    Column("状态", lambda row: row.get_state_display()),
    Column("主体", lambda row: row.subject.name if row.subject else "", 30),
    Column("统一社会信用代码", lambda row: row.subject.code if row.subject else "", 20),
    Column("待核对原因", "why", 40),
    Column("接收单位", "department.name", 24),
)
VERBS = {
    "confirm": Verb("同意", DECIDE, "同意后立即生效：列入名单、不予列入或者更正错误列入。", "已复核。", forms.ConfirmForm, actions.confirm),
    "decline": Verb("不同意", DECIDE, "不同意的，退回重新核对。", "已退回。", forms.DeclineForm, actions.decline),
    "release": Verb(
        "来源已移出", DECIDE, "已向来源单位核实移出的，登记移出文书号，条目今日移出名单。", "已移出名单。", forms.ReleaseForm, actions.release,
        serious=True,
    ),
    "keep": Verb("仍在名单中", HANDLE, "文件漏列、主体仍在来源名单中的，写明核实情况，条目不变。", "已登记。", forms.ReasonForm, actions.keep),
}  # fmt: skip


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The rows of published lists by tab, filtered, in pages, as a file."""
    user, scopes = staff_of(request, VIEW), Scopes(SCOPES)
    scope = scopes.asked(request)
    found = FiledRow.objects.visible_to(user).select_related("department", "subject")
    narrowed = found.left_out() if scope == LEFT_OUT else scopes.narrow(found, scope)
    page = ListPage(request, narrowed, forms.LineFilter, sorts=SORTS, also=("scope",))
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, f"公布名单核对（{scopes.label(scope)}）")
    context = {"listing": page, "scopes": scopes.tabs(scope)}
    return render(request, "sanctions/filed/rows.html", context, status=page.status)


@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A row with what the list says, its candidates side by side, what was decided before, and the steps that come next."""
    user, row = staff_of(request, VIEW), _row(request, pk)
    state, proposal = RowState(row.state), desk.proposal_of(row)
    context = {
        "row": row,
        "proposal": proposal,
        "particulars": particulars(row),
        "choices": desk.choices(row) if state in (S.WAITING, S.REVIEW, S.PROPOSED) else [],
        "history": desk.history_of(row),
        "may_judge": (state, "propose") in ROW_MOVES and policy.allows(user, HANDLE, row.department),
        "steps": [(name, verb) for name, verb in VERBS.items() if _offered(name, row, proposal, user)],
    }
    return render(request, "sanctions/filed/row.html", context)


def particulars(row: FiledRow) -> list[tuple[str, object]]:
    """What the list says, label by label; numbers of persons by their mask."""
    labels = {field.code: field.label for each in ALL if each.code == row.publication.standard for field in each.fields}
    order = [FACTS, *(code for code, _ in DETAILS[row.publication.standard])]
    codes = sorted(row.content, key=lambda code: (order.index(code) if code in order else -1, code))
    shown = ((labels[code], row.content[code]) for code in codes if code in labels)
    return [(label, value["masked"] if isinstance(value, dict) else value) for label, value in shown]


def _offered(name: str, row: FiledRow, proposal: Any, user: User) -> bool:
    if not policy.allows(user, VERBS[name].permission, row.department):
        return False
    if name in ("confirm", "decline"):
        return proposal is not None and proposal.proposed_by_id != user.pk
    return row.missing_since is not None and (RowState(row.state), "release") in ROW_MOVES


def _row(request: HttpRequest, pk: int) -> FiledRow:
    rows = FiledRow.objects.visible_to(staff_of(request, VIEW))
    return get_object_or_404(rows.select_related("department", "publication", "subject", "record"), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who a row means, in sight of the candidates."""
    row, user = _row(request, pk), staff_of(request)
    policy.require(user, HANDLE, row.department)
    back, found = reverse("filed:row", args=[pk]), desk.choices(row)
    subjects = [each.subject for each in found]
    if row.subject is not None and row.subject not in subjects:
        subjects.insert(0, row.subject)
    form = forms.JudgeForm(
        request.POST or None, edited=row, subjects=subjects, initial={"subject": request.GET.get("subject", "")}
    )

    def run(data: dict[str, Any]) -> str:
        actions.propose(
            row,
            form.kind,
            subject=data["meant"],
            reason=data["reason"],
            until=data["until"],
            by=user,
            version=data["version_seen"],
        )
        return back

    context = {
        "row": row,
        "choices": found,
        "particulars": particulars(row),
        "back_url": back,
        "on": timezone.localdate(),
    }
    return act_on_form(request, "sanctions/filed/judge.html", context, form, action=run, message="已登记核对结论。")


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The form of a step of a row, and the step."""
    row = _row(request, pk)
    return step_of(request, row, VERBS, verb, row.name, reverse("filed:row", args=[pk]))
