"""/desk/declarations/: reviewers let declarations be shown, return or strike them, and answer what is said against them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casework.pages.desk import file_answer
from casework.pages.informant import shown_once
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from declarations import actions
from declarations.actions.base import REVIEW
from declarations.forms import AnswerForm, DeclarationFilter, NoteForm
from declarations.models import Attachment, Declaration, DeclarationReport
from declarations.queries import at_the_desk, reports_of
from declarations.rules import MOVES, State

SORTS = {"newest": Sort("最近申报", ("-pk",)), "oldest": Sort("最早申报", ("pk",))}
COLUMNS = (
    Column("申报主体", "subject.name", 30),
    Column("统一社会信用代码", "subject.code", 20),
    Column("类别", lambda row: row.get_kind_display()),
    Column("标题", "title", 40),
    Column("状态", lambda row: row.get_state_display()),
    Column("审核单位", "department.name", 24),
    Column("提交时间", "submitted_at", 18),
    Column("确认有效至", "confirmed_until"),
)
VERBS = {"accept": "审核通过并公开", "return": "退回修改", "strike": "撤除"}
PURPOSE = "审核自主申报"
NOTES = {"return": "退回原因", "strike": "撤除原因"}


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """What the reviewer's departments have in hand."""
    user = staff_of(request, REVIEW)
    page = ListPage(request, at_the_desk(user), DeclarationFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "主体自主申报")
    return render(request, "declarations/list.html", {"listing": page})


def _row(request: HttpRequest, pk: int) -> Declaration:
    user = staff_of(request, REVIEW)
    return get_object_or_404(at_the_desk(user), pk=pk)


@require_safe
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One declaration with its proofs, what was said against it, and what can be done."""
    row = _row(request, pk)
    verbs = [(verb, label) for verb, label in VERBS.items() if (State(row.state), verb) in MOVES]
    context = {
        "row": row,
        "verbs": verbs,
        "attachments": row.attachments.all(),
        "reports": reports_of(row),
    }
    return render(request, "declarations/declaration.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Accept, return or strike."""
    row, user = _row(request, pk), staff_of(request)
    if verb not in VERBS:
        raise Http404
    form = NoteForm(request.POST or None, edited=row)
    if verb in NOTES:
        note = form.fields["text"]
        note.label, note.required = NOTES[verb], True
        note.error_messages["required"] = f"请填写{NOTES[verb]}。"

    def action(given: dict[str, Any]) -> str:
        if verb == "accept":
            actions.accept(row, by=user, version=form.version)
        elif verb == "return":
            actions.return_(row, by=user, version=form.version, note=given["text"])
        else:
            actions.strike(row, by=user, version=form.version, reason=given["text"])
        return reverse("declarations:declaration", args=[row.pk])

    context = {"row": row, "verb": verb, "label": VERBS[verb]}
    return act_on_form(request, "declarations/act.html", context, form, action=action, message=f"已{VERBS[verb]}。")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    """Close a report; found true, the declaration is struck."""
    row, user = _row(request, pk), staff_of(request)
    made = get_object_or_404(DeclarationReport.objects.defer("contact"), pk=report, declaration=row)
    form = AnswerForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        actions.answer(made, by=user, untrue=given["untrue"] == "yes", text=given["text"])
        return reverse("declarations:declaration", args=[row.pk])

    context = {"row": row, "report": made}
    return act_on_form(request, "declarations/answer.html", context, form, action=action, message="已办结。")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contact(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    """How the reporter can be reached: asked with a purpose, registered, shown once in the answer to the form."""
    row, user = _row(request, pk), staff_of(request)
    made = get_object_or_404(DeclarationReport.objects.select_related("declaration"), pk=report, declaration=row)

    def ask(purpose: str) -> str:
        return actions.contact_of(made, by=user, purpose=purpose)

    back = reverse("declarations:declaration", args=[row.pk])
    return shown_once(request, ask, row=row, back_label=row.title, back_url=back)


@require_safe
@login_required
def attachment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A proof, always as a download; the look is registered before it is sent."""
    row = _row(request, pk)
    found = get_object_or_404(Attachment.objects.select_related("declaration__subject"), pk=number, declaration=row)
    return file_answer(found, actions.look(found, by=staff_of(request), purpose=PURPOSE))
