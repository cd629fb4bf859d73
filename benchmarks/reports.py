"""A report, gathered, drawn, archived and signed, beside as many bare pages of reportlab with the same text in the same run; one of 500 records by itself."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import Book, Do, Figure, queries_of, rows_of, side_by_side, undone
from credit_platform.pdf import REGULAR
from records.models import Subject
from reports import actions, base_data
from reports.models import ReportLayout, ReportPurpose
from reports.papers import paper_of
from reports.papers.page import Addresses, rendered
from reports.queries.gathering import content_of
from reports.rules.channels import Channel
from reports.rules.content import Content
from reports.rules.twin import Issue

REPORTS = 40
RECORDS = 500
AIM, AIM_MS = 1.5, 2000
LINES_A_PAGE = 48
PLACES = Addresses("https://credit.example/reports/verify/?number=1&code=2", "https://credit.example/reports/verify/")


def run(book: Book) -> None:
    """Forty reports of the city's subjects, made and taken back, and one whose contents are repeated until it has 500 items."""
    with undone():
        base_data.load()
        subjects = _subjects()
        layout = ReportLayout.objects.in_force(timezone.localdate())[0].layout
        contents = [content_of(subject, layout, timezone.localdate()) for subject in subjects]
        asked = actions.Asked(purpose=ReportPurpose.objects.all()[0], channel=Channel.PUBLIC)
        made = [_issued(subject, asked) for subject in subjects]
        found = side_by_side(made, [_bare(content) for content in contents], rounds=3)
        queries = max(len(queries_of(each)) for each in made)
        book.add(
            Figure(
                "reports", "an ordinary report", **found, yard="bare pages with its text", queries=queries,
                aim=f"{AIM} times", reached=found["ratio"] <= AIM,
            )
        )  # fmt: skip
        issue, long = _sheet(), _long(max(contents, key=_items))
        paper = side_by_side([lambda: paper_of(long, issue, PLACES)], [_bare(long)], rounds=5)
        book.add(
            Figure(
                "reports", f"the paper of {RECORDS} items", **paper, yard="bare pages with its text",
                aim=f"p95 < {AIM_MS} ms", reached=paper["p95"] < AIM_MS,
            )
        )  # fmt: skip


def _issued(subject: Subject, asked: actions.Asked) -> Do:
    return lambda: actions.issue(subject, asked, site="https://credit.example/")


def _sheet() -> Issue:
    today = timezone.localdate()
    return Issue("20261123100000ABCDEFGH", "ABCD2345", timezone.localtime(), today, today, "示例平台", "招标投标")


def _subjects() -> list[Subject]:
    rows = rows_of(
        "SELECT DISTINCT subject_id FROM disclosure_disclosure WHERE state = 'published' AND kind = 'penalty' "
        "AND subject_code <> '' AND published_on < current_date ORDER BY subject_id LIMIT %s",
        (REPORTS,),
    )
    found = Subject.objects.in_bulk([pk for (pk,) in rows])
    return [each for each in found.values() if each.kind != "person"]


def _items(content: Content) -> int:
    return sum(len(chapter.items) for chapter in content.chapters)


def _long(content: Content) -> Content:
    chapters = list(content.chapters)
    place = next(number for number, chapter in enumerate(chapters) if chapter.items)
    part = next(part for part in chapters[place].parts if part.items)
    items = (part.items * RECORDS)[:RECORDS]
    chapters[place] = replace(chapters[place], parts=(replace(part, items=items),))
    return replace(content, chapters=tuple(chapters))


def _bare(content: Content) -> Do:
    """The text of the items line by line on pages of the bare library: nothing wrapped, archived, attached, signed or stored."""
    rendered(content, _sheet(), PLACES)  # the fonts are read once in a process
    lines = [
        f"{label}：{value}"[:48]
        for chapter in content.chapters
        for item in chapter.items
        for label, value in item.lines
    ]

    def pages() -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=A4)
        for start in range(0, max(len(lines), 1), LINES_A_PAGE):
            _page(canvas, lines[start : start + LINES_A_PAGE])
        canvas.save()
        return out.getvalue()

    return pages


def _page(canvas: Canvas, lines: Sequence[str]) -> None:
    canvas.setFont(REGULAR, 9.5)
    for number, line in enumerate(lines):
        canvas.drawString(70, 770 - 15 * number, line)
    canvas.showPage()
