"""How a report is handed out."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from reports.models import Report


def pdf(report: Report, file: bytes) -> HttpResponse:
    """The file as a download that no cache keeps."""
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, f"信用报告-{report.number}.pdf")
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
