"""The page of every PDF that the platform makes: A4, embedded fonts, QR code, number and count of pages at the foot.

Characters that the font does not have are written as their code with a note, and logged: a blank box would say nothing.
"""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
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
OnPage = Callable[[Canvas], None]
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

    def plain(self, text: str) -> str:
        """The text as it is drawn without marks: characters that the font lacks as their code."""
        return "".join(self._character(each) for each in text)

    def finish(
        self, story: Sequence[Flowable], *, title: str, subject: str, under: OnPage | None = None, same: bool = False
    ) -> bytes:
        """The PDF. Takes about a fifth of a second after the fonts were read once in the process.

        `under` draws what lies under the text of each page. `same`: the same story gives the same bytes (no moment and no chance in it).
        """
        story = list(story)
        if self.missing:
            story.append(Paragraph(NOTE, style(8.5, spaceBefore=3 * mm)))
            logger.warning("%s: not in the font: %s", self.number, " ".join(sorted(self.missing)))
        out = io.BytesIO()

        def drawn(canvas: Canvas, _document: object) -> None:
            if under is not None:
                canvas.saveState()
                under(canvas)
                canvas.restoreState()

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
            invariant=int(same),
        ).build(story, canvasmaker=_canvas_of(self.number), onFirstPage=drawn, onLaterPages=drawn)
        return out.getvalue()

    def _character(self, sign: str) -> str:
        if ord(sign) in self._known:
            return sign
        if sign.isspace():
            return " "
        code = f"U+{ord(sign):04X}"
        self.missing.add(code)
        return f"〔{code}〕"


class Heading(Paragraph):
    """A heading that stands among the bookmarks: `level` 0 for a chapter, 1 below it. The text has been cleaned."""

    def __init__(self, text: str, style: ParagraphStyle, *, key: str, level: int = 0) -> None:
        super().__init__(text, style)
        self.key, self.level = key, level

    def draw(self) -> None:
        self.canv.bookmarkPage(self.key)
        self.canv.addOutlineEntry(self.getPlainText(), self.key, self.level, closed=False)
        super().draw()


class Pairs(Flowable):
    """Lines of label and value in two columns, wrapped by the width of their characters. A tenth of the time of as many paragraphs, and it may
    be cut between any two lines. Texts are given as `Sheet.plain` leaves them."""

    def __init__(self, pairs: Sequence[tuple[str, str]], *, size: float = 9.5, label: float = 38 * mm) -> None:
        super().__init__()
        self.pairs, self.size, self.label = pairs, size, label
        self.rows: list[tuple[str, str]] = []
        self.leading = size * 1.55

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        if not self.rows:
            for label, value in self.pairs:
                left = wrapped(label, self.label - 3 * mm, self.size, REGULAR)
                right = wrapped(value, available_width - self.label, self.size, REGULAR)
                for position in range(max(len(left), len(right))):
                    self.rows.append((_at(left, position), _at(right, position)))
        self.height = len(self.rows) * self.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        room = int(available_height // self.leading)
        if not 0 < room < len(self.rows):
            return []
        return [self._of(self.rows[:room]), self._of(self.rows[room:])]

    def draw(self) -> None:
        y = self.height - self.size * 1.15
        self.canv.setFont(REGULAR, self.size)
        for label, value in self.rows:
            self.canv.setFillGray(0.36)
            self.canv.drawString(0, y, label)
            self.canv.setFillGray(0)
            self.canv.drawString(self.label, y, value)
            y -= self.leading

    def _of(self, rows: list[tuple[str, str]]) -> Pairs:
        part = Pairs(self.pairs, size=self.size, label=self.label)
        part.rows = rows
        return part


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


def wrapped(text: str, width: float, size: float, font: str) -> list[str]:
    """A text cut into lines no wider than `width` points; a line never begins with a sign of `HANGING`."""
    lines, line, used = [], "", 0.0
    for sign in text.replace("\n", " "):
        wide = _width(sign, font) * size
        if used + wide > width and line and sign not in HANGING:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + sign, used + wide
    return [*lines, line]


@lru_cache(maxsize=20_000)
def _width(sign: str, font: str) -> float:
    return float(pdfmetrics.stringWidth(sign, font, 1))


def _at(lines: Sequence[str], position: int) -> str:
    return lines[position] if position < len(lines) else ""


def style(size: float, font: str = REGULAR, **more: Any) -> ParagraphStyle:
    """A style of Chinese text: `size` in points, lines 1.6 times as high; `more` as reportlab names it."""
    return ParagraphStyle("text", fontName=font, fontSize=size, leading=size * 1.6, wordWrap="CJK", **more)


def _canvas_of(number: str) -> type[Canvas]:
    """A canvas that knows the number of pages when it writes them."""

    class Numbered(Canvas):
        def __init__(self, *args: Any, **more: Any) -> None:
            # Else each page names Helvetica, which is not embedded.
            super().__init__(*args, **{"initialFontName": REGULAR, **more})
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
