"""The desk's pages of bans."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, Begin, case_filter
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Refused, at_field
from credit_platform.labels import choices
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from records.actions.persons import person_called
from records.models import Subject
from sanctions.bans import actions, forms, rules
from sanctions.bans.actions import Banned
from sanctions.bans.rules import BAN, SCOPE_LABELS
from sanctions.measures.queries import field_names


def more(case: Case, user: User, on: Any) -> dict[str, Any]:
    """What the page of a ban adds: its fields by name, whether it holds today."""
    names = field_names()
    return {
        "fields": [names.get(code, code) for code in case.own.fields],
        "holds": type(case.own).objects.in_force(on).filter(pk=case.pk).exists(),
    }


PAGES = CasePages(
    BAN,
    address="sanctions/bans",
    templates="sanctions/bans",
    begin=Begin("登记禁入", "ban:register", rules.REGISTER),
    filters=case_filter(
        BAN,
        scope=django_filters.ChoiceFilter(
            label="种类",
            empty_label="全部",
            field_name="ban__scope",
            choices=choices(SCOPE_LABELS),
        ),
    ),
    lead="依法作出的市场禁入、从业限制和任职限制，凭决定书登记，由另一人确认后生效；供核查使用，不单独公示。",
    more=more,
    columns=(
        *COLUMNS[:4],
        Column("种类", lambda case: case.ban.get_scope_display()),
        Column("禁入内容", lambda case: case.ban.words, 40),
        Column("决定文书号", lambda case: case.ban.document_number, 26),
        Column("起始日期", lambda case: case.ban.starts_on),
        Column("截止日期", lambda case: case.ban.last_words),
        Column("解除日期", lambda case: case.ban.lifted_on),
    ),
    forms={
        "confirm": StepPage(forms.ConfirmForm, actions.confirm),
        "refuse": StepPage(forms.RefuseForm, actions.refuse_ban),
        "lift": StepPage(forms.LiftForm, actions.lift),
    },
)


@require_http_methods(["GET", "POST"])
@login_required
def register(request: HttpRequest) -> HttpResponse:
    """Register a ban."""
    user = staff_of(request, rules.REGISTER)
    form = forms.RegisterForm(request.POST or None, request.FILES or None, offered=list(field_names().items()))

    def run(data: dict[str, Any]) -> str:
        if user.department is None:
            raise Refused("ban.department", "您的账号没有所属单位，不能登记。")
        names = ("scope", "words", "basis", "document_number", "decided_on", "starts_on", "until", "for_life")
        banned = Banned(fields=data["matters"], **{name: data[name] for name in names})
        with acting(user):
            subject = _subject(data)
            made = actions.register(
                subject, banned, department=user.department, proof=data["proof"], by=user, on=timezone.localdate()
            )
        return PAGES.url("case", made.pk)

    done = "已登记，请由另一名审核员确认。"
    return act_on_form(request, "sanctions/bans/register.html", {}, form, action=run, message=done)


def _subject(data: dict[str, Any]) -> Subject:
    code, name = data["code"].strip().upper(), data["name"].strip()
    if bool(code) == bool(name):
        words = "单位填统一社会信用代码，自然人填姓名和证件号码，二者择一。"
        raise Refused("ban.subject", words, findings=[at_field("ban.subject", "code", words)])
    if name:
        return person_called(name, data["id_type"], data["id_number"])
    found = Subject.objects.unmerged().filter(code=code).first()
    if found is None:
        words = "平台上没有这个统一社会信用代码的主体。"
        raise Refused("ban.subject", words, findings=[at_field("ban.subject", "code", words, mend="请核对代码。")])
    return found
