"""A circular as a file: its words, the table of places, the numbers of each department; one signature over all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.units import mm
from reportlab.platypus import Spacer, Table

from credit_platform.pdf import BOLD, Heading, Pairs, Sheet, style
from credit_platform.web.formats import cn_datetime
from reports.papers.seal import sealed

BLUE, LINE, PALE = "#17457e", "#c9d2de", "#eef3f9"
WIDTHS = (72 * mm, 28 * mm, 60 * mm)
REASON = "印发社会信用体系建设考核通报"


def circular_paper(
    *, number: str, title: str, text: str, figures: Sequence[dict[str, Any]], issuer: str, at: datetime
) -> bytes:
    """The signed file. Takes about a third of a second. Refused when there is no usable seal."""
    sheet = Sheet(number)
    story = [*_front(sheet, number, title, text, issuer, at), *_table(sheet, figures), *_numbers(sheet, figures)]
    return sealed(sheet.finish(story, title=f"{title} {number}", subject=title), reason=REASON)


def _front(sheet: Sheet, number: str, title: str, text: str, issuer: str, at: datetime) -> Iterator[Any]:
    yield sheet.paragraph(title, style(18, BOLD, alignment=TA_CENTER, textColor=BLUE, spaceAfter=2 * mm))
    yield sheet.paragraph(number, style(10, alignment=TA_CENTER, textColor="#555555", spaceAfter=6 * mm))
    for line in text.splitlines():
        if line.strip():
            yield sheet.paragraph(line.strip(), style(11, firstLineIndent=22, spaceAfter=2 * mm))
    yield sheet.paragraph(f"{issuer}　{cn_datetime(at)}", style(11, alignment=2, spaceAfter=4 * mm))


def _table(sheet: Sheet, figures: Sequence[dict[str, Any]]) -> Iterator[Any]:
    yield Heading("考核得分", style(13, BOLD, textColor=BLUE, spaceAfter=2 * mm), key="scores")
    word, head = style(10), style(10, BOLD)
    rows = [[sheet.paragraph(each, head) for each in ("单位", "得分", "位次")]]
    rows += [[sheet.paragraph(each[name], word) for name in ("department", "score", "place")] for each in figures]
    table = Table(rows, WIDTHS, repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, LINE), ("BACKGROUND", (0, 0), (-1, 0), PALE)])
    yield table
    note = (
        "得分只计当月有到期事项的指标，四舍五入保留两位小数；同分并列。半数以上权重不足规定件数的单位单列，不排位次。"
    )
    yield sheet.paragraph(note, style(9, textColor="#555555", spaceBefore=2 * mm))


def _numbers(sheet: Sheet, figures: Sequence[dict[str, Any]]) -> Iterator[Any]:
    yield Spacer(1, 5 * mm)
    yield Heading("各单位指标", style(13, BOLD, textColor=BLUE, spaceAfter=2 * mm), key="numbers")
    for each in figures:
        yield sheet.paragraph(each["department"], style(11, BOLD, spaceBefore=2 * mm))
        pairs = [(number["label"], _of(number)) for number in each["numbers"] if number["due"]]
        pairs += [("加减分", sheet.plain(text)) for text in each["adjusted"]]
        yield Pairs([(sheet.plain(label), value) for label, value in pairs])


def _of(number: dict[str, Any]) -> str:
    return f"{number['met']} / {number['due']}"
