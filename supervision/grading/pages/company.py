"""/my/grades/: what sectors, the province and the nation say of a company and let everybody read. Nothing of supervision is here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from companies.queries import canonical_subject
from companies.sessions import company_page, require_company
from supervision.grading.queries.own import public_grades


@require_safe
@company_page
def mine(request: HttpRequest) -> HttpResponse:
    """The company's own public grades."""
    rows = public_grades(canonical_subject(require_company(request)), timezone.localdate())
    return render(request, "grading/my_grades.html", {"rows": rows})
