"""The PDF of a letter signed online: its text, a QR code to the verify page, hash of the text; no personal data in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table

from credit_platform.pdf import BOLD, QrCode, Sheet, style


@dataclass(frozen=True, slots=True)
class LetterPdf:
    """What is printed. `signer` is masked by the caller; `verify_url` goes into the QR code."""

    number: str
    text: str
    text_sha256: str
    signer: str
    signed_at: str
    verify_url: str
    verify_page: str


def render(letter: LetterPdf) -> bytes:
    """The PDF of a letter."""
    sheet = Sheet(letter.number)
    title, *paragraphs = letter.text.strip().split("\n")
    story: list[Any] = [sheet.paragraph(title, style(17, BOLD, alignment=TA_CENTER, spaceAfter=10 * mm))]
    body, strong = style(11.5, spaceAfter=2.5 * mm), style(11.5, BOLD, spaceBefore=3 * mm, spaceAfter=2 * mm)
    for line in paragraphs:
        if line.strip():
            story.append(sheet.paragraph(line.strip(), strong if line.strip() == "违诺责任" else body))
    story += [Spacer(1, 6 * mm), KeepTogether(_foot(letter, sheet))]
    return sheet.finish(story, title=f"信用承诺书 {letter.number}", subject="信用承诺书")


def _foot(letter: LetterPdf, sheet: Sheet) -> list[Any]:
    small = style(9.5, spaceAfter=1.5 * mm)
    lines = [
        f"承诺书编号：{letter.number}",
        f"签署人（经办人）：{sheet.clean(letter.signer)}",
        f"签署时间：{letter.signed_at}，在线签署",
        f"文本摘要（SHA-256）：{letter.text_sha256}",
        f"扫描二维码，或者打开 {sheet.clean(letter.verify_page)} 核对本承诺书，并可上传本文件核对是否被改动。",
    ]
    table = Table(
        [[[Paragraph(line, small) for line in lines], QrCode(letter.verify_url, 32 * mm)]], [122 * mm, 34 * mm]
    )
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEABOVE", (0, 0), (-1, 0), 0.6, "#444444")])
    return [table]
