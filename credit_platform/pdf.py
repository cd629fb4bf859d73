"""The page of every PDF that the platform makes: A4, embedded fonts, QR code, number and count of pages at the foot.

Characters that the font does not have are written as their code with a note, and logged: a blank box would say nothing.
"""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import segno
from reportlab.lib import textsplit
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, paragraph

logger = logging.getLogger(__name__)

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = "NotoSansSC", "NotoSansSC-Bold"
PRODUCER = "哈尔滨市公共信用信息共享平台"
NOTE = "注：〔U+…〕表示本文件字库中没有的字，括号内为该字的统一码编号；原字以平台保存的文本为准。"
HANGING = "，；：！？》〉”’"
"""Signs that begin no line of Chinese; the library's own list is of Japanese print, and it has no option for more."""
MARGIN = 25 * mm
_lock = threading.Lock()


class Sheet:
    """One document in the making: `number` stands at the foot of each page, with the page and their count.

    Text goes through `clean`, which remembers what the font lacks; `finish` adds the note about it.
    """

    def __init__(self, number: str) -> None:
        _fonts()
        self.number = number
        self.missing: set[str] = set()
        font = pdfmetrics.getFont(REGULAR)
        self._known = font.face.charToGlyph if isinstance(font, TTFont) else {}

    def clean(self, text: str) -> str:
        """The text as reportlab takes it: marks escaped, characters that the font lacks as their code."""
        return escape("".join(self._character(each) for each in text))

    def paragraph(self, text: str, style: ParagraphStyle) -> Paragraph:
        """A paragraph of plain text, which is cleaned here."""
        return Paragraph(self.clean(text), style)

    def finish(self, story: Sequence[Flowable], *, title: str, subject: str) -> bytes:
        """The PDF. Takes about a fifth of a second after the fonts were read once in the process."""
        story = list(story)
        if self.missing:
            story.append(Paragraph(NOTE, style(8.5, spaceBefore=3 * mm)))
            logger.warning("%s: not in the font: %s", self.number, " ".join(sorted(self.missing)))
        out = io.BytesIO()
        SimpleDocTemplate(
            out,
            pagesize=A4,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=22 * mm,
            title=title,
            author=PRODUCER,
            subject=subject,
            creator=PRODUCER,
            producer=PRODUCER,
            lang="zh-CN",
        ).build(story, canvasmaker=_canvas_of(self.number))
        return out.getvalue()

    def _character(self, sign: str) -> str:
        if ord(sign) in self._known:
            return sign
        if sign.isspace():
            return " "
        code = f"U+{ord(sign):04X}"
        self.missing.add(code)
        return f"〔{code}〕"


class QrCode(Flowable):
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


def style(size: float, font: str = REGULAR, **more: Any) -> ParagraphStyle:
    """A style of Chinese text: `size` in points, lines 1.6 times as high; `more` as reportlab names it."""
    return ParagraphStyle("text", fontName=font, fontSize=size, leading=size * 1.6, wordWrap="CJK", **more)


def _canvas_of(number: str) -> type[Canvas]:
    """A canvas that knows the number of pages when it writes them."""

    class Numbered(Canvas):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._pages.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]  # private; the way to number pages that its manual shows

        def save(self) -> None:
            for position, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self.setFont(REGULAR, 9)
                self.drawString(MARGIN, 12 * mm, number)
                self.drawRightString(A4[0] - MARGIN, 12 * mm, f"第 {position} 页，共 {len(self._pages)} 页")
                super().showPage()
            super().save()

    return Numbered


def _fonts() -> None:
    with _lock:
        for module in (textsplit, paragraph):
            known = vars(module)["ALL_CANNOT_START"]
            vars(module)["ALL_CANNOT_START"] = known + "".join(sign for sign in HANGING if sign not in known)
        if REGULAR not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(BOLD, str(FONTS / "NotoSansSC-Bold.ttf")))
            pdfmetrics.registerFont(TTFont(REGULAR, str(FONTS / "NotoSansSC-Regular.ttf")))
