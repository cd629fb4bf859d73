"""Fifty thousand rows as CSV and as a workbook, beside a bare COPY of the same rows; the memory that it takes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import partial
from typing import Any, cast

from django.db import connection
from django.http import StreamingHttpResponse
from django.utils import timezone

from benchmarks.measure import Book, Figure, once, peak_mb
from credit_platform.web.export import export_response
from disclosure.public.views.lists import COLUMNS
from disclosure.queries.public import public_disclosures

ROWS = 50_000
COPY = """COPY (SELECT d.public_id, d.subject_name, d.subject_code, d.title, d.document_number, a.name, s.name, d.decided_on,
    d.published_on, d.ends_on FROM disclosure_disclosure d JOIN accounts_department a ON a.id = d.authority_id
    JOIN accounts_department s ON s.id = d.source_department_id
    WHERE d.kind = 'permit' AND d.state = 'published' ORDER BY d.published_on DESC, d.id DESC LIMIT {rows}) TO STDOUT WITH (FORMAT csv)"""


def run(book: Book) -> None:
    """CSV and xlsx."""
    for form in ("csv", "xlsx"):
        rows = public_disclosures(timezone.localdate()).filter(kind="permit").order_by("-published_on", "-id")[:ROWS]
        count = min(ROWS, rows.count())
        bare, _, _ = once(partial(_copy, count))
        before = peak_mb()
        took, cpu, size = once(partial(_consume, form, rows))
        book.add(
            Figure(
                "export", f"{count:,} rows as {form}", took, took, 1, cpu, "bare COPY TO", bare, bare, took / bare,
                note=f"{size / 2**20:.1f} MB, memory +{peak_mb() - before:.0f} MB",
            )
        )  # fmt: skip


def _copy(rows: int) -> int:
    target = io.StringIO()
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(COPY.format(rows=rows), target)
    return len(target.getvalue())


def _consume(form: str, rows: Any) -> int:
    answer = cast(StreamingHttpResponse, export_response(form, rows.iterator(chunk_size=2000), COLUMNS, "export"))
    return sum(len(part) for part in cast("Iterable[bytes]", answer.streaming_content))
