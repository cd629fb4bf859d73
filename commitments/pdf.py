"""The PDF of a letter signed online: embedded font, QR code to the verify page, hash of the text, page numbers, no personal data in it.

Characters that the font does not have are written as their code with a note, and logged: a blank box would say nothing.
"""

from __future__ import annotations

import io
import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import segno
from reportlab.lib import textsplit
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, paragraph

logger = logging.getLogger(__name__)

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = "NotoSansSC", "NotoSansSC-Bold"
PRODUCER = "哈尔滨市公共信用信息共享平台"
NOTE = "注：〔U+…〕表示本文件字库中没有的字，括号内为该字的统一码编号；原字以平台保存的签署文本为准。"
HANGING = "，；：！？》〉”’"
"""Signs that begin no line of Chinese; the library's own list is of Japanese print, and it has no option for more."""
_lock = threading.Lock()


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
    """The PDF. Takes about a fifth of a second after the fonts were read once in the process."""
    _fonts()
    writer = _Writer(letter.number)
    title, *paragraphs = letter.text.strip().split("\n")
    story: list[Any] = [Paragraph(writer.clean(title), _style(17, BOLD, alignment=TA_CENTER, spaceAfter=10 * mm))]
    body, strong = _style(11.5, REGULAR, spaceAfter=2.5 * mm), _style(11.5, BOLD, spaceBefore=3 * mm, spaceAfter=2 * mm)
    for line in paragraphs:
        if line.strip():
            story.append(Paragraph(writer.clean(line.strip()), strong if line.strip() == "违诺责任" else body))
    story += [Spacer(1, 6 * mm), KeepTogether(_foot(letter, writer))]
    if writer.missing:
        story.append(Paragraph(NOTE, _style(8.5, REGULAR, spaceBefore=3 * mm)))
        logger.warning("letter %s: not in the font: %s", letter.number, " ".join(sorted(writer.missing)))
    out = io.BytesIO()
    SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=25 * mm,
        topMargin=25 * mm,
        bottomMargin=22 * mm,
        title=f"信用承诺书 {letter.number}",
        author=PRODUCER,
        subject="信用承诺书",
        creator=PRODUCER,
        producer=PRODUCER,
        lang="zh-CN",
    ).build(story, canvasmaker=_canvas_of(letter.number))
    return out.getvalue()


class _Writer:
    """Makes text fit for the font and remembers what it lacks."""

    def __init__(self, number: str) -> None:
        self.missing: set[str] = set()
        self._known = pdfmetrics.getFont(REGULAR).face.charToGlyph

    def clean(self, text: str) -> str:
        return escape("".join(self._sign(sign) for sign in text))

    def _sign(self, sign: str) -> str:
        if ord(sign) in self._known:
            return sign
        if sign.isspace():
            return " "
        code = f"U+{ord(sign):04X}"
        self.missing.add(code)
        return f"〔{code}〕"


class _Code(Flowable):
    """The QR code, drawn as squares so that it is sharp at any size."""

    def __init__(self, content: str, side: float) -> None:
        super().__init__()
        self.rows = [bytes(row) for row in segno.make(content, error="m", micro=False).matrix]
        self.width = self.height = side

    def draw(self) -> None:
        step = self.width / len(self.rows)
        for y, row in enumerate(self.rows):
            for x, dark in enumerate(row):
                if dark:
                    self.canv.rect(x * step, self.height - (y + 1) * step, step, step, stroke=0, fill=1)


def _foot(letter: LetterPdf, writer: _Writer) -> list[Any]:
    small = _style(9.5, REGULAR, spaceAfter=1.5 * mm)
    lines = [
        f"承诺书编号：{letter.number}",
        f"签署人（经办人）：{writer.clean(letter.signer)}",
        f"签署时间：{letter.signed_at}，在线签署",
        f"文本摘要（SHA-256）：{letter.text_sha256}",
        f"扫描二维码，或者打开 {writer.clean(letter.verify_page)} 核对本承诺书，并可上传本文件核对是否被改动。",
    ]
    table = Table(
        [[[Paragraph(line, small) for line in lines], _Code(letter.verify_url, 32 * mm)]], [122 * mm, 34 * mm]
    )
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEABOVE", (0, 0), (-1, 0), 0.6, "#444444")])
    return [table]


def _style(size: float, font: str, **more: Any) -> ParagraphStyle:
    return ParagraphStyle("letter", fontName=font, fontSize=size, leading=size * 1.6, wordWrap="CJK", **more)


def _canvas_of(number: str) -> type[Canvas]:
    """A canvas that knows the number of pages when it writes them."""

    class Numbered(Canvas):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for position, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self.setFont(REGULAR, 9)
                self.drawString(25 * mm, 12 * mm, number)
                self.drawRightString(A4[0] - 25 * mm, 12 * mm, f"第 {position} 页，共 {len(self._pages)} 页")
                super().showPage()
            super().save()

    return Numbered


def _fonts() -> None:
    with _lock:
        for module in (textsplit, paragraph):
            module.ALL_CANNOT_START += "".join(sign for sign in HANGING if sign not in module.ALL_CANNOT_START)
        if REGULAR not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(BOLD, str(FONTS / "NotoSansSC-Bold.ttf")))
            pdfmetrics.registerFont(TTFont(REGULAR, str(FONTS / "NotoSansSC-Regular.ttf")))
