"""/desk/campaigns/: the campaigns as cases, and the beginning of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, Begin, case_filter
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.errors import Refused
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import RowFilter
from supervision.campaigns import actions, forms, rules
from supervision.campaigns.models import CampaignField
from supervision.campaigns.queries import choosing, progress, words
from supervision.campaigns.rules import CAMPAIGN


def _offered(case: Case, on: date) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Items and lists to choose from."""
    items = choosing.negative_items(on).values_list("code", "name")
    return list(items), list(choosing.lists_in_force(on).values_list("code", "name"))


def _freeze(case: Case, *, on: date, by: User, version: str, **given: Any) -> Case:
    return actions.freeze(case, query=forms.query_of(given), on=on, by=by, version=version)


def _before_freezing(case: Case, on: date, given: Mapping[str, Any]) -> dict[str, Any]:
    """How many the query finds, before it is frozen."""
    query = forms.query_of(dict(given))
    size, persons = choosing.sizes(query, on)
    return {"size": size, "persons": persons, "asked": words.of_query(query), "most": rules.MOST}


def _more(case: Case, user: User, on: date) -> dict[str, Any]:
    """What the page of a campaign adds: its lists, its figures, its examples."""
    lists = list(case.own.lists.select_related("frozen_by", "approved_by"))
    handles = policy.allows(user, rules.HANDLE, case.department)
    return {
        "lists": [(row, words.of_query(row.asked)) for row in lists],
        "figures": progress.figures(case.own, on),
        "labels": list(rules.PROGRESS_LABELS.values()),
        "examples": list(case.own.examples.select_related("written_by", "published_by")),
        "may_write": handles and case.state in (rules.S.RUNNING, rules.S.CLOSED),
    }


PAGES = CasePages(
    CAMPAIGN,
    address="campaigns",
    templates="campaigns",
    filters=case_filter(
        CAMPAIGN,
        field=RowFilter(
            label="领域",
            empty_label="全部",
            field_name="campaigncase__field",
            queryset=lambda request: CampaignField.objects.order_by("no", "valid_from"),
        ),
    ),
    joined=("field",),
    lead="按领域治理失信问题。治理清单由条件从信用记录中取出，不是新的名单：不公开、不影响信用报告、核查和评级。",
    more=_more,
    begin=Begin("新建专项治理", "campaign:new", rules.HANDLE),
    began=lambda case: case.own.name,
    columns=(
        COLUMNS[0],
        Column("名称", lambda case: case.own.name, 30),
        Column("领域", lambda case: case.own.field.name, 24),
        Column("开始日期", lambda case: case.own.starts_on),
        Column("结束日期", lambda case: case.own.ends_on),
        COLUMNS[3],
        COLUMNS[8],
    ),
    forms={
        "freeze": StepPage(forms.FreezeForm, _freeze, offered=_offered, confirm=_before_freezing),
        "approve": StepPage(forms.ApproveForm, actions.approve),
        "deny": StepPage(forms.ReasonForm, actions.deny),
        "close": StepPage(forms.CloseForm, actions.close),
        "cancel": StepPage(forms.ReasonForm, actions.cancel),
    },
)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a campaign of one's own department."""
    user, on = staff_of(request, rules.HANDLE), timezone.localdate()
    form = forms.OpenForm(request.POST or None, fields_now=CampaignField.objects.in_force(on))

    def run(data: dict[str, Any]) -> str:
        if user.department is None:
            raise Refused("campaign.department", "您的账号没有所属单位，不能新建专项治理。")
        given = {name: data[name] for name in ("name", "measures", "starts_on", "ends_on")}
        case = actions.open_campaign(data["field"], department=user.department, by=user, **given)
        return PAGES.url("case", case.pk)

    context = {
        "title": "新建专项治理",
        "lead": "建立后写明取数条件、冻结治理清单，由另一名审核员审核通过后开始。",
        "submit_label": "建立",
        "back_url": reverse("campaign:cases"),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已建立，请冻结治理清单。")
