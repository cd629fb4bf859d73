"""/reports/: anybody has a report made about an organisation, takes a shared one, reads the schema and the certificate."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.audit.middleware import client_network
from credit_platform.errors import Refused
from credit_platform.web.acting import act_on_form
from credit_platform.web.errors import apply_errors
from credit_platform.web.rates import spend
from reports.actions import Asked, file_of, issue, take
from reports.forms import PublicForm, TakeForm
from reports.models import Report, ReportCertificate
from reports.queries.issued import by_number, share_of
from reports.rules import twin
from reports.rules.channels import Channel
from reports.views.asking import subject_called
from reports.views.files import pdf

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SALT, HALF_AN_HOUR = "reports.ready", 1800
IN_TEN_MINUTES = 10


@never_cache
@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    """The form, and on POST a report. Each visitor may have ten made in ten minutes."""
    form = PublicForm(request.POST or None, initial={"code": request.GET.get("code", "")})

    def action(given: dict[str, Any]) -> str:
        subject = subject_called(given["code"], mend="请核对 18 位代码；自然人的报告请本人到服务窗口办理。")
        spend("report", client_network(request), limit=IN_TEN_MINUTES, seconds=600)
        asked = Asked(purpose=given["purpose"], channel=Channel.PUBLIC)
        made = issue(subject, asked, site=request.build_absolute_uri("/"))
        return reverse("reports:ready", args=[signing.dumps(made.report.number, salt=SALT)])

    return act_on_form(request, "reports/new.html", {}, form, action=action)


@never_cache
@require_safe
def ready(request: HttpRequest, token: str) -> HttpResponse:
    """The report that was just made: what it is, and its file for half an hour."""
    return render(request, "reports/ready.html", {"report": _ready(token), "token": token})


@never_cache
@require_safe
def ready_file(request: HttpRequest, token: str) -> HttpResponse:
    """Its file."""
    report = _ready(token)
    return pdf(report, file_of(report))


@never_cache
@get_or_post
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A report that a company shared: its receiver enters the code and takes it. A wrong code and a wrong link get the same answer."""
    form = TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        spend("report-share", client_network(request), limit=IN_TEN_MINUTES, seconds=600)
        made = share_of(token, form.cleaned_data["code"])
        try:
            if made is None:
                text = "链接或者提取码不正确。"
                raise Refused("report.share.wrong", text, mend="请向提供报告的单位核对。")
            return pdf(made.report, take(made))
        except Refused as refused:
            apply_errors(form, refused)
    return render(request, "reports/shared.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def schema(_request: HttpRequest) -> JsonResponse:
    """The schema of the data inside a report."""
    return JsonResponse(twin.schema(), json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def certificates(_request: HttpRequest) -> HttpResponse:
    """All certificates that reports were ever signed with, the latest first."""
    text = "".join(ReportCertificate.objects.order_by("-pk").values_list("pem", flat=True))
    if not text:
        raise Http404
    return HttpResponse(text, content_type="application/x-pem-file")


def _ready(token: str) -> Report:
    try:
        number = signing.loads(token, salt=SALT, max_age=HALF_AN_HOUR)
    except signing.BadSignature:
        raise Http404 from None
    report = by_number(number)
    if report is None:
        raise Http404
    return report
