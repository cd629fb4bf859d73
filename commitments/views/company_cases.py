"""/my/commitments/cases/: a breach case as the company sees it that it is about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.queries.company_cases import cases_of, may_speak, standing
from companies.queries import standing_subject
from companies.sessions import company_page, require_company
from credit_platform.web.formats import cn_date


@require_safe
@company_page
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice, until when the company may speak, and the decision; 404 before service and for others' cases."""
    on = timezone.localdate()
    row = get_object_or_404(cases_of(standing_subject(require_company(request))), pk=pk)
    pairs = [
        ("案号", row.number),
        ("承诺编码", row.letter.code),
        ("认定单位", row.department.name),
        ("告知送达", f"{cn_date(row.served_on)}，{row.served_how}"),
        ("陈述申辩期限至", cn_date(row.hearing_until)),
    ]
    if row.statement_on:
        pairs.append(("陈述申辩登记", cn_date(row.statement_on)))
    if row.decided_on:
        pairs += [("决定文书号", row.document_number), ("决定日期", cn_date(row.decided_on))]
    context = {
        "row": row,
        "pairs": pairs,
        "word": standing(row, on),
        "may_speak": may_speak(row, on),
        "measures": row.measures.select_related("measure"),
    }
    return render(request, "commitments/my_case.html", context)
