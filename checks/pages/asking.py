"""/desk/checks/: a check by form, its answer with the receipt, the list, and the outcome."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from checks.actions.asking import Setting, ask
from checks.actions.telling import tell
from checks.forms.asking import AskForm, CheckFilter, OutcomeForm
from checks.models import Check
from checks.queries.answers import answer_of, receipt_of
from checks.rules.answers import VERDICT_TONES
from checks.rules.states import LABELS, TONES, Channel, State
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from records.identifiers.names import mask_person_name
from sanctions.measures.rules import VERDICT_LABELS, Verdict

SORTS = {"newest": Sort("最近核查", ("-pk",)), "oldest": Sort("最早核查", ("pk",))}
COLUMNS = (
    Column("回执编号", "number", 32),
    Column("核查时间", "asked_at", 18),
    Column("核查单位", "department.name", 24),
    Column("核查人", "asker_name", 14),
    Column("核查事项", "matter.name", 24),
    Column("办件编号", "case_number", 24),
    Column("统一社会信用代码", "code", 20),
    Column("名称", lambda row: name_of(row), 30),
    Column("结论", lambda row: VERDICT_LABELS[Verdict(row.verdict)]),
    Column("有效期至", "valid_until"),
    Column("状态", lambda row: LABELS[row.state_on(timezone.localdate())]),
)


def name_of(row: Check) -> str:
    """The name that a page may show: of natural persons the surname."""
    subject = row.subject
    if subject is None:
        return mask_person_name(row.name) if not row.code else row.name
    return mask_person_name(subject.name) if subject.kind == "person" else subject.name


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """The checks of one's department; `?export=` the same as a file."""
    user = staff_of(request, "checks.view")
    rows = Check.objects.visible_to(user).select_related("matter", "department", "subject", "outcome")
    page = ListPage(request, rows, CheckFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "信用核查")
    shown = [_shown(row) for row in page.page.items]
    context = {"listing": page, "rows": shown, "may_ask": policy.allows(user, "checks.ask")}
    return render(request, "checks/list.html", context)


def _shown(row: Check) -> dict[str, Any]:
    state = row.state_on(timezone.localdate())
    verdict = Verdict(row.verdict)
    return {
        "row": row,
        "name": name_of(row),
        "verdict": VERDICT_LABELS[verdict],
        "tone": VERDICT_TONES[verdict],
        "state": LABELS[state],
        "state_tone": TONES[state],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def ask_page(request: HttpRequest) -> HttpResponse:
    """One check. The answer is a page of its own, so that going back asks nothing again."""
    user = staff_of(request, "checks.ask")
    form = AskForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        department = user.department.name if user.department else ""
        setting = Setting(user, department, given["matter"], given["purpose"], Channel.DESK, given["window"])
        return reverse("checks:check", args=[ask(form.question(), setting).payload["receipt"]])

    return act_on_form(request, "checks/ask.html", {}, form, action=action, message="已核查并登记。")


@require_safe
@never_cache
@login_required
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A check: what was answered, what became of it, what has changed since. To look at it again is registered."""
    user = staff_of(request, "checks.view")
    row = _row(user, number)
    _look(row, user)
    state = row.state_on(timezone.localdate())
    may = state is not State.TOLD and policy.allows(user, "checks.tell", row.department_id)
    context = _shown(row) | {"answer": answer_of(row), "notices": row.notices.order_by("-pk"), "may_tell": may}
    return render(request, "checks/check.html", context)


@require_safe
@never_cache
@login_required
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt as a file, signed anew over what was answered then."""
    user = staff_of(request, "checks.view")
    row = _row(user, number)
    _look(row, user)
    answer = HttpResponse(receipt_of(row), content_type="text/plain; charset=ascii")
    answer["Content-Disposition"] = f'attachment; filename="{row.number}.jws"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tell_page(request: HttpRequest, number: str) -> HttpResponse:
    """What became of the case."""
    user = staff_of(request, "checks.tell")
    row = _row(user, number)
    policy.require(user, "checks.tell", row.department_id)
    told = [(each["code"], f"{each['name']}（{each['force_label']}）") for each in answer_of(row)["measures"]]
    form = OutcomeForm(request.POST or None, told=told)
    here = reverse("checks:check", args=[row.number])

    def action(given: dict[str, Any]) -> str:
        tell(
            row,
            result=given["result"],
            decided_on=given["decided_on"],
            measures=given.get("measures", ()),
            reason=given.get("reason", ""),
            by=user,
        )
        return here

    context = {
        "title": "反馈核查结果",
        "lead": f"办件 {row.case_number}，{row.matter.name}。每次核查反馈一次，提交后不能修改。",
        "submit_label": "提交反馈",
        "back_url": here,
        "trail": ("信用核查", "checks:list", "反馈核查结果"),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已反馈。")


def _row(user: User, number: str) -> Check:
    rows = Check.objects.visible_to(user).select_related("matter", "department", "subject", "outcome")
    return get_object_or_404(rows, number=number)


def _look(row: Check, user: User) -> None:
    ref = row.code or (f"档案{row.subject_id}" if row.subject_id else "自然人")
    audit.look(
        "checks.look",
        by=user,
        subject_ref=ref,
        purpose=f"查看核查结果：办件 {row.case_number}",
        fields=row.number,
        results=1,
        unit_id=row.department_id,
    )
