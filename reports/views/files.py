"""How a report is handed out."""

from __future__ import annotations

from django.http import HttpResponse

from credit_platform.web.export import download
from reports.models import Report


def pdf(report: Report, file: bytes) -> HttpResponse:
    """The file as a download of its number."""
    return download(file, f"信用报告-{report.number}.pdf", "application/pdf")
