"""An official paper as a file: heading, body, who signs and when, and a QR code to where it can be read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table

from credit_platform.pdf import BOLD, QrCode, Sheet, style
from credit_platform.web.export import download
from credit_platform.web.formats import cn_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a paper says. `lines` stand small at the foot, `address` is what the QR code leads to."""

    title: str
    number: str
    text: str
    authority: str
    on: date | None
    lines: Sequence[str]
    address: str


def render(paper: Paper) -> bytes:
    """The paper as a PDF."""
    sheet = Sheet(paper.number)
    story: list[Any] = [sheet.paragraph(paper.title, style(17, BOLD, alignment=TA_CENTER, spaceAfter=8 * mm))]
    body = style(11.5, spaceAfter=2.5 * mm)
    story += [sheet.paragraph(line.strip(), body) for line in paper.text.split("\n") if line.strip()]
    signed = style(11.5, alignment=TA_RIGHT, spaceBefore=4 * mm)
    story += [sheet.paragraph(paper.authority, signed), Paragraph(cn_date(paper.on), signed)]
    small = style(9.5, spaceAfter=1.5 * mm)
    foot = [Paragraph(sheet.clean(line), small) for line in paper.lines]
    table = Table([[foot, QrCode(paper.address, 32 * mm)]], [122 * mm, 34 * mm])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEABOVE", (0, 0), (-1, 0), 0.6, "#444444")])
    story += [Spacer(1, 6 * mm), KeepTogether([table])]
    return sheet.finish(story, title=f"{paper.title} {paper.number}", subject=paper.title)


def answer(paper: Paper, name: str) -> HttpResponse:
    """The paper as a download of a name, that no cache keeps."""
    return download(render(paper), f"{name}.pdf", "application/pdf")
