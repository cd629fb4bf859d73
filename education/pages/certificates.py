"""/desk/education/certificates/ and /desk/education/figures/: what was issued, what is revoked by two, and how far education reaches."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.figures import Cell, Figures, asked_year, months_chart
from credit_platform.web.lists import ListPage, Sort
from education import actions
from education.actions.base import CHECK
from education.forms import courses as forms
from education.models import Certificate
from education.pages.courses import VIEW
from education.queries import figures as queries
from education.queries.courses import certificates_at_the_desk
from education.rules.certificates import MOVES, State

SORTS = {"newest": Sort("最近签发", ("-pk",)), "ends": Sort("最早到期", ("valid_until", "pk"))}
COLUMNS = (
    Column("证书编号", "number", 24),
    Column("学员", lambda row: row.learner.subject.name if row.learner.subject else row.learner.name_masked, 30),
    Column("课程", "course_version.course.title", 30),
    Column("版次", "course_version.number"),
    Column("发证日期", "issued_on"),
    Column("有效期至", "valid_until"),
    Column("状态", lambda row: row.get_state_display()),
)
VERBS = {"challenge": "提出撤销", "revoke": "复核撤销", "uphold": "不予撤销"}
PARTS = {"合格": lambda line: line.succeeded, "未通过": lambda line: line.failed}


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """Certificates of courses of one's department."""
    user = staff_of(request, VIEW)
    page = ListPage(request, certificates_at_the_desk(user), forms.CertificateFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "诚信教育证书")
    rows = [(row, row.word_on(timezone.localdate())) for row in page.page.items]
    return render(request, "education/certificates.html", {"listing": page, "rows": rows}, status=page.status)


@require_safe
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate as it is printed, its paper's digest, and what can be done."""
    row, user = _row(request, pk), staff_of(request)
    allowed = policy.allows(user, CHECK, row.course_version.course.department)
    verbs = [(verb, label) for verb, label in VERBS.items() if allowed and (State(row.state), verb) in MOVES]
    if user.pk == row.challenged_by_id:
        verbs = [each for each in verbs if each[0] != "revoke"]
    context = {"row": row, "word": row.word_on(timezone.localdate()), "verbs": verbs}
    return render(request, "education/certificate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Challenge, revoke or uphold."""
    if verb not in VERBS:
        raise Http404
    row, user = _row(request, pk), staff_of(request)
    policy.require(user, CHECK, row.course_version.course.department)
    form: Any = (forms.ReasonForm if verb == "challenge" else forms.PlainForm)(request.POST or None, edited=row)
    here = reverse("education:certificate", args=[row.pk])

    def action(given: dict[str, Any]) -> str:
        if verb == "challenge":
            actions.challenge(row, reason=given["reason"], by=user, seen=form.version)
        else:
            (actions.revoke if verb == "revoke" else actions.uphold)(row, by=user, seen=form.version)
        return here

    context = {
        "title": VERBS[verb],
        "lead": f"{row.number}　{row.reason}",
        "submit_label": VERBS[verb],
        "back_url": here,
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已办理。")


@require_safe
@login_required
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of one year."""
    user, today = staff_of(request, VIEW), timezone.localdate()
    year = asked_year(request.GET.get("year", ""), first=queries.FIRST_YEAR, this_year=today.year)
    rows = queries.attempts_for(user)
    months = queries.by_month(rows, year)
    context = {
        "year": year,
        "years": range(today.year, queries.FIRST_YEAR - 1, -1),
        "total": queries.total(rows, year),
        "lines": [_linked(line, year) for line in queries.by_course(rows, year)],
        "chart": months_chart(months, PARTS),
        "headers": ["月份", *PARTS],
        "rows": [(line.label, line.succeeded, line.failed) for line in months],
    }
    return render(request, "education/figures.html", context)


def _linked(line: queries.Line, year: int) -> Figures:
    address = f"{reverse('education:certificates')}?{urlencode({'year': year} | line.narrows)}"
    return Figures(
        line.label,
        [
            Cell("参加人数", line.learners),
            Cell("参加单位", line.companies),
            Cell("合格", line.succeeded, address if line.succeeded else "", f"份：{line.label}的证书"),
            Cell("未通过（次）", line.failed),
        ],
    )


def _row(request: HttpRequest, pk: int) -> Certificate:
    return get_object_or_404(certificates_at_the_desk(staff_of(request, VIEW)), pk=pk)
