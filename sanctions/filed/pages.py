"""The desk's pages of published lists: publications and their steps, rows with their candidates side by side, decisions by two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Department, User
from credit_platform.web.acting import act_on_form
from credit_platform.web.desk import Scopes
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column
from credit_platform.web.forms import EditForm
from credit_platform.web.lists import ListPage, Sort
from sanctions.filed import actions, forms
from sanctions.filed.actions.publications import DECIDE, HANDLE
from sanctions.filed.models import FiledPublication, FiledRow
from sanctions.filed.queries import desk
from sanctions.filed.rules import PUBLICATION_MOVES, ROW_MOVES, PublicationState, RowState
from sanctions.filed.standards import ALL, DETAILS, FACTS

VIEW = "sanctions.filed.view"
S = RowState
STANDARDS = {each.code: each.name for each in ALL}
LEFT_OUT = "left_out"
SCOPES = {
    "worked": ("待核对", (S.WAITING.value, S.REVIEW.value)),
    "proposed": ("待复核", (S.PROPOSED.value,)),
    LEFT_OUT: ("来源已不列", (S.ENTERED.value, S.REVIEW.value)),
    "entered": ("已列入", (S.ENTERED.value,)),
    "all": ("全部", None),
}
ROW_SORTS = {"newest": Sort("最近列入", ("-listed_on", "-pk")), "oldest": Sort("最早列入", ("listed_on", "pk"))}
SORTS = {"newest": Sort("最近公布", ("-published_on", "-pk")), "oldest": Sort("最早公布", ("published_on", "pk"))}
ROW_COLUMNS = (
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


@dataclass(frozen=True, slots=True)
class Verb:
    """A step as its form shows it; `but`: whoever did the former step does not see the button."""

    label: str
    permission: str
    lead: str
    done: str
    form: type[EditForm]
    action: Callable[..., Any]
    but: str = ""
    serious: bool = False


PUBLICATION_VERBS = {
    "confirm": Verb(
        "确认", DECIDE, "请到公布处查对后确认。确认后即可接收该名单的文件，同一标准此前的公布名单自动结束接收。", "已确认，可以导入名单文件。",
        forms.ConfirmPublicationForm, actions.confirm_publication, but="drafted_by_id",
    ),
    "drop": Verb("作废", HANDLE, "登记有误的，写明原因后作废，另行登记。", "已作废。", forms.ReasonForm, actions.drop_publication),
    "close": Verb(
        "结束接收", DECIDE, "结束后不再接收该名单的文件，已列入的条目不受影响。", "已结束接收。", forms.ReasonForm, actions.close_publication
    ),
}  # fmt: skip
ROW_VERBS = {
    "confirm": Verb("同意", DECIDE, "同意后立即生效：列入名单、不予列入或者更正错误列入。", "已复核。", forms.ConfirmForm, actions.confirm),
    "decline": Verb("不同意", DECIDE, "不同意的，退回重新核对。", "已退回。", forms.DeclineForm, actions.decline),
    "release": Verb(
        "来源已移出", DECIDE, "已向来源单位核实移出的，登记移出文书号，条目今日移出名单。", "已移出名单。", forms.ReleaseForm, actions.release,
        serious=True,
    ),
    "keep": Verb("仍在名单中", HANDLE, "文件漏列、主体仍在来源名单中的，写明核实情况，条目不变。", "已登记。", forms.ReasonForm, actions.keep),
}  # fmt: skip


# --- publications


@login_required
@require_safe
def publications(request: HttpRequest) -> HttpResponseBase:
    """The publications of the department, filtered, in pages, as a file."""
    user = staff_of(request, VIEW)
    rows = FiledPublication.objects.visible_to(user).select_related("department")
    listing = ListPage(request, rows, forms.PublicationFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "公布名单")
    context = {"listing": listing, "may_register": policy.allows(user, HANDLE) and user.department_id is not None}
    return render(request, "sanctions/filed/publications.html", context, status=listing.status)


@login_required
@require_http_methods(["GET", "POST"])
def new_publication(request: HttpRequest) -> HttpResponse:
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
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """A publication: its source, who confirmed it, what its files brought, and the next step."""
    user, row = staff_of(request, VIEW), _publication(request, pk)
    own = FiledRow.objects.filter(publication=row)
    context = {
        "row": row,
        "standard": STANDARDS.get(row.standard, row.standard),
        "steps": [
            (name, verb)
            for name, verb in PUBLICATION_VERBS.items()
            if (PublicationState(row.state), name) in PUBLICATION_MOVES and _may(user, verb, row)
        ],
        "counts": [(state, label, own.filter(state=state).count()) for state, label in _labels()],
    }
    return render(request, "sanctions/filed/publication.html", context)


def _labels() -> list[tuple[str, str]]:
    return [(state, str(label)) for state, label in FiledRow._meta.get_field("state").choices or ()]


def _publication(request: HttpRequest, pk: int) -> FiledPublication:
    rows = FiledPublication.objects.visible_to(staff_of(request, VIEW))
    return get_object_or_404(rows.select_related("department", "drafted_by", "confirmed_by"), pk=pk)


def _may(user: User, verb: Verb, row: FiledPublication | FiledRow) -> bool:
    return policy.allows(user, verb.permission, row.department) and getattr(row, verb.but, None) != user.pk


@login_required
@require_http_methods(["GET", "POST"])
def publication_step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The form of a step of a publication, and the step."""
    row = _publication(request, pk)
    return _step(
        request, row, PUBLICATION_VERBS, verb, str(row), reverse("filed:publication", args=[pk]), drop=("seen",)
    )


def _step(
    request: HttpRequest,
    row: Any,
    verbs: dict[str, Verb],
    name: str,
    title: str,
    back: str,
    *,
    drop: tuple[str, ...] = (),
) -> HttpResponse:
    verb = verbs.get(name)
    if verb is None:
        raise Http404
    user = staff_of(request)
    policy.require(user, verb.permission, row.department)
    form = verb.form(request.POST or None, edited=row)

    def run(data: dict[str, Any]) -> str:
        given = {key: value for key, value in data.items() if key not in ("form_token", "version_seen", *drop)}
        verb.action(row, by=user, version=data["version_seen"], **given)
        return back

    context = {"title": f"{verb.label}：{title}", "lead": verb.lead, "submit_label": verb.label, "back_url": back}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message=verb.done)


# --- rows


@login_required
@require_safe
def rows(request: HttpRequest) -> HttpResponseBase:
    """The rows of published lists by tab, filtered, in pages, as a file."""
    user, scopes = staff_of(request, VIEW), Scopes(SCOPES)
    scope = scopes.asked(request)
    found = FiledRow.objects.visible_to(user).select_related("department", "subject")
    narrowed = found.left_out() if scope == LEFT_OUT else scopes.narrow(found, scope)
    listing = ListPage(request, narrowed, forms.LineFilter, sorts=ROW_SORTS, also=("scope",))
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(ROW_COLUMNS, f"公布名单核对（{scopes.label(scope)}）")
    context = {"listing": listing, "scopes": scopes.tabs(scope)}
    return render(request, "sanctions/filed/rows.html", context, status=listing.status)


@login_required
@require_safe
def row_page(request: HttpRequest, pk: int) -> HttpResponse:
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
        "steps": [(name, verb) for name, verb in ROW_VERBS.items() if _offered(name, row, proposal, user)],
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
    if not policy.allows(user, ROW_VERBS[name].permission, row.department):
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
def row_step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The form of a step of a row, and the step."""
    row = _row(request, pk)
    return _step(request, row, ROW_VERBS, verb, row.name, reverse("filed:row", args=[pk]))
