"""The pages of a listing: at the desk, and for the company that it is about."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework import forms as kit
from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, Begin, case_filter
from casework.pages.subject import SubjectPages
from casework.papers import answer
from companies.queries import canonical_subject
from companies.sessions import company_page, require_company
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.errors import Refused, at_field
from credit_platform.labels import choices
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from records.models import Subject
from sanctions.designations import actions, forms, papers, queries, rules
from sanctions.designations.actions import Person
from sanctions.designations.models import DesignationCase
from sanctions.designations.rules import DESIGNATION
from sanctions.lists.models import CreditList
from sanctions.lists.rules import NATURE_LABELS

FILTERS = case_filter(
    DESIGNATION,
    code=django_filters.CharFilter(
        label="名单编码", field_name="designationcase__credit_list__code", lookup_expr="iexact"
    ),
    nature=django_filters.ChoiceFilter(
        label="名单性质",
        empty_label="全部",
        field_name="designationcase__credit_list__nature",
        choices=choices(NATURE_LABELS),
    ),
)
PAGES = CasePages(
    DESIGNATION,
    address="sanctions/designations",
    templates="sanctions/designations",
    filters=FILTERS,
    joined=("credit_list", "firm__case__subject", "entry"),
    lead="先告知、送达、听取陈述申辩，由另一人认定和决定；决定书与信用修复告知书一并送达。",
    more=queries.more,
    begin=Begin("提出名单认定", "designation:propose", rules.HANDLE),
    began=lambda case: "从单位案件中提出" if case.own.firm_id else "",
    columns=(
        *COLUMNS[:3],
        Column("名单", lambda case: case.designationcase.credit_list.name, 26),
        Column("行为发生日期", lambda case: case.designationcase.conduct_on),
        *COLUMNS[3:],
        Column("信用修复告知书文号", lambda case: case.designationcase.repair_number, 26),
    ),
    forms={
        "notify": StepPage(
            forms.NotifyForm,
            actions.notify,
            offered=queries.fitting,
            initial=lambda case, on: {"notice": queries.draft_notice(case, on)},
        ),
        "serve": StepPage(kit.ServeForm, actions.serve),
        "hear": StepPage(kit.HearForm, actions.hear),
        "determine": StepPage(kit.DetermineForm, actions.determine),
        "decide": StepPage(
            forms.DecideForm, actions.decide, offered=queries.announced, initial=queries.draft_decision, confirm=queries.effects
        ),
        "deliver": StepPage(kit.ServeForm, actions.deliver),
        "dismiss": StepPage(kit.DismissForm, actions.dismiss),
    },
)  # fmt: skip
MINE = SubjectPages(
    DESIGNATION,
    address="sanctions/designations",
    templates="sanctions/designations",
    respond=actions.respond,
    pairs=lambda case: [("名单", case.own.credit_list.name)],
    more=lambda case: {"list": case.own.credit_list, "entry": case.own.entry},
)


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: HttpRequest) -> HttpResponse:
    """Begin a case."""
    user, on = staff_of(request, rules.HANDLE), timezone.localdate()
    listed = {str(row.pk): row for row in queries.may_list(user, on)}
    form = forms.ProposeForm(request.POST or None, offered=[(key, row.name) for key, row in listed.items()])

    def run(data: dict[str, Any]) -> str:
        row: CreditList = listed[data["credit_list"]]
        given = {name: data[name] for name in ("facts", "basis", "conduct_on", "months")}
        department = row.department or user.department
        if department is None:
            raise Refused("designation.department", "您的账号没有所属单位，不能提出认定。")
        made = actions.propose(row, _subject(data["code"]), department=department, by=user, **given)
        return PAGES.url("case", made.pk)

    done = "已提出，请继续告知当事人。"
    return act_on_form(
        request, "sanctions/designations/propose.html", {"any": bool(listed)}, form, action=run, message=done
    )


def _subject(code: str) -> Subject:
    found = Subject.objects.unmerged().filter(code=code.strip().upper()).first()
    if found is None:
        words = "平台上没有这个统一社会信用代码的主体。"
        finding = at_field(
            "designation.subject", "code", words, mend="请核对代码；登记信息未归集的，请联系登记机关报送。"
        )
        raise Refused("designation.subject", words, findings=[finding])
    return found


@require_http_methods(["GET", "POST"])
@login_required
def name_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the case of a person beside that of its firm."""
    case, user = PAGES.case_of(request, pk), staff_of(request)
    policy.require(user, rules.HANDLE, case.department)
    form = forms.PersonForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        names = ("name", "id_type", "id_number", "post", "since", "until", "part")
        made = actions.name_person(case, Person(**{name: data[name] for name in names}), by=user)
        return PAGES.url("case", made.pk)

    done = "已提出责任人员的认定，请继续告知本人。"
    return act_on_form(
        request, "sanctions/designations/person.html", {"case": case, "row": case.own}, form, action=run, message=done
    )


@require_safe
@login_required
def repair_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice on repair as a file, for the desk."""
    return _paper(request, PAGES.case_of(request, pk))


@require_safe
@company_page
def my_repair_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for the company that it was made for."""
    subject = canonical_subject(require_company(request))
    return _paper(request, get_object_or_404(MINE.rows(subject), pk=pk))


def _paper(request: HttpRequest, case: Case) -> HttpResponse:
    own: DesignationCase = case.own
    if not own.repair_notice:
        raise Http404
    paper = papers.paper_of(own, site=request.build_absolute_uri("/"))
    return answer(paper, f"{papers.TITLE}_{case.number}")
