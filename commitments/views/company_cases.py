"""/my/commitments/cases/: a breach case as the company sees it that it is about, and what it has to say to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from commitments.actions import breaches as actions
from commitments.forms.breaches import SpeakForm
from commitments.models import BreachCase
from commitments.queries.company_cases import cases_of, may_speak, standing
from companies.queries import standing_subject
from companies.sessions import company_page, require_company
from credit_platform.web.acting import act_on_form
from credit_platform.web.formats import cn_date


def _own(request: HttpRequest, pk: int) -> BreachCase:
    return get_object_or_404(cases_of(standing_subject(require_company(request))), pk=pk)


@require_safe
@company_page
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice, until when the company may speak, and the decision; 404 before service and for others' cases."""
    on = timezone.localdate()
    row = _own(request, pk)
    pairs = [
        ("案号", row.number),
        ("承诺编码", row.letter.code),
        ("认定单位", row.department.name),
        ("告知送达", f"{cn_date(row.served_on)}，{row.served_how}"),
        ("陈述申辩期限至", cn_date(row.hearing_until)),
    ]
    if row.statement_on:
        pairs.append(("放弃陈述申辩" if row.waived else "陈述申辩日期", cn_date(row.statement_on)))
    if row.decided_on:
        pairs += [("决定文书号", row.document_number), ("决定日期", cn_date(row.decided_on))]
    context = {
        "row": row,
        "pairs": pairs,
        "word": standing(row, on),
        "may_speak": may_speak(row, on),
        "papers": row.papers.filter(role="statement"),
        "measures": row.measures.select_related("measure"),
    }
    return render(request, "commitments/my_case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def speak(request: HttpRequest, pk: int) -> HttpResponse:
    """The company states and defends itself, once; outside its days the page of the case tells why not."""
    account, row = require_company(request), _own(request, pk)
    back = reverse("commitments:my-case", args=[row.pk])
    if request.method != "POST" and not may_speak(row, timezone.localdate()):
        return redirect(back)
    form = SpeakForm(request.POST or None, request.FILES or None)

    def action(given: dict[str, Any]) -> str:
        actions.speak(row, statement=given["statement"], papers=given["papers"], by=account)
        return back

    done = f"陈述申辩已提交{row.department.name}。"
    return act_on_form(request, "commitments/my_case_speak.html", {"row": row}, form, action=action, message=done)
