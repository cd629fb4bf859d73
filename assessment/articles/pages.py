"""Articles at the desk and for the public, and the public page of the plan's progress."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessment.articles import actions, forms, rules
from assessment.articles.models import ArticleCase
from assessment.articles.rules import ARTICLE, KIND_LABELS, ArticleState
from assessment.plan.queries import progress
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, Begin, case_filter
from credit_platform.accounts.desk import staff_of
from credit_platform.labels import choices
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort

SORTS = {"newest": Sort("最近发布", ("-published_on", "-pk")), "oldest": Sort("最早发布", ("published_on", "pk"))}
PUBLIC_COLUMNS = (
    Column("栏目", lambda row: row.get_kind_display()),
    Column("标题", "title", 40),
    Column("发文机关和文号", "source", 30),
    Column("发布日期", "published_on"),
)
SHOWN_STATES = (ArticleState.PUBLISHED.value, ArticleState.WITHDRAWN.value)
PAGES = CasePages(
    ARTICLE,
    address="articles",
    templates="assessment/article",
    filters=case_filter(
        ARTICLE,
        kind=django_filters.ChoiceFilter(
            label="栏目", empty_label="全部", field_name="articlecase__kind", choices=choices(KIND_LABELS)
        ),
    ),
    lead="政策法规、解读和通知公告，由一人撰写、市信用办另一人审核后发布。",
    began=lambda case: case.own.title,
    begin=Begin("撰写文章", "assessment:article-new", rules.WRITE),
    columns=(
        COLUMNS[0],
        Column("标题", lambda case: case.own.title, 40),
        Column("栏目", lambda case: case.own.get_kind_display()),
        COLUMNS[3],
        Column("发布日期", lambda case: case.own.published_on),
        COLUMNS[8],
    ),
    forms={
        "revise": StepPage(
            forms.ReviseForm,
            actions.revise,
            initial=lambda case, on: {name: getattr(case.own, name) for name in ("kind", "title", "source", "text")},
        ),
        "propose": StepPage(forms.AgreeForm, actions.propose),
        "publish": StepPage(forms.AgreeForm, actions.publish),
        "send_back": StepPage(forms.ReasonForm, actions.send_back),
        "withdraw": StepPage(forms.ReasonForm, actions.withdraw),
        "discard": StepPage(forms.ReasonForm, actions.discard),
    },
)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an article."""
    user = staff_of(request, rules.WRITE)
    form = forms.ArticleForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("kind", "title", "source", "text")}
        return PAGES.url("case", actions.write(by=user, **given).pk)

    context = {
        "title": "撰写文章",
        "lead": "保存后可以修改，提交后由市信用办另一人审核发布。",
        "submit_label": "保存",
        "back_url": reverse("article:cases"),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已保存。")


@require_safe
def articles(request: HttpRequest) -> HttpResponseBase:
    """What is published, by kind, the newest first."""
    listing = ListPage(request, ArticleCase.objects.public(), forms.ArticleFilter, sorts=SORTS, size=20)
    if listing.export:
        return listing.export_response(PUBLIC_COLUMNS, "政策文章")
    return render(request, "assessment/public_articles.html", {"listing": listing}, status=listing.status)


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article. One that was withdrawn answers 410 with the day and the reason; what was never published 404."""
    rows = ArticleCase.objects.filter(case__state__in=SHOWN_STATES).select_related("case__department")
    row = get_object_or_404(rows, pk=pk)
    gone = row.case.state == ArticleState.WITHDRAWN
    return render(request, "assessment/public_article.html", {"row": row, "gone": gone}, status=410 if gone else 200)


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """How far the plan is: every task over all departments, and the newest articles. No department is named."""
    lines = progress(timezone.localdate())
    context = {
        "lines": lines,
        "measures": [line for line in lines if line.task.number.isdigit()],
        "organising": [line for line in lines if not line.task.number.isdigit()],
        "articles": ArticleCase.objects.public()[:5],
    }
    return render(request, "assessment/public_plan.html", context)
