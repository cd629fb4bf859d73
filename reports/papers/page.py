"""The pages of a report: first the head with its QR code and counts, then the chapters. The same contents give the same pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import HRFlowable, KeepTogether, Spacer, Table

from credit_platform.pdf import BOLD, REGULAR, Heading, Pairs, QrCode, Sheet, style
from credit_platform.web.formats import cn_date, cn_datetime
from reports.rules.content import Content, FilledChapter, Item
from reports.rules.persons import NOT_PUBLIC
from reports.rules.twin import Issue

BLUE, LINE, PALE = "#17457e", "#c9d2de", "#eef3f9"
COLUMNS = 4
SIDE = 160 * mm


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a report is checked: what the QR code leads to, and the page as people type it."""

    verify: str
    page: str


def rendered(content: Content, issue: Issue, addresses: Addresses) -> bytes:
    """The pages as PDF, without the twin and unsigned."""
    sheet = Sheet(f"{content.title}  {issue.number}")
    story = [*_front(content, issue, addresses, sheet)]
    for position, chapter in enumerate(content.chapters):
        story += _chapter(chapter, position, content.empty, sheet)
    story += _explanations(content, sheet)
    # What a file says of itself is read by every program that sees it: nobody's name.
    subject = issue.receiver if content.head.kind == "person" else f"{content.head.name} {content.head.code}"
    return sheet.finish(
        story, title=f"{content.title} {issue.number}", subject=subject, under=_watermark(issue), same=True
    )


def _watermark(issue: Issue) -> Any:
    text = f"{issue.receiver or issue.purpose}　{issue.number}"

    def drawn(canvas: Canvas) -> None:
        canvas.setFont(REGULAR, 13)
        canvas.setFillGray(0.93)
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(32)
        for row in range(-3, 4):
            canvas.drawCentredString(0, row * 44 * mm, f"{text}　　　{text}")

    return drawn


def _front(content: Content, issue: Issue, addresses: Addresses, sheet: Sheet) -> Iterator[Any]:
    head = content.head
    yield sheet.paragraph(
        content.title,
        style(22 if len(content.title) < 12 else 16, BOLD, alignment=TA_CENTER, textColor=BLUE, spaceAfter=1 * mm),
    )
    yield sheet.paragraph(
        f"（{_who(head.kind)}　版本号 {content.version}）",
        style(10, alignment=TA_CENTER, textColor="#555555", spaceAfter=6 * mm),
    )
    facts = [
        ("主体名称", head.name),
        ("证件号码" if head.kind == "person" else "统一社会信用代码", head.code),
        ("报告编号", issue.number),
        ("校验码", issue.code),
        ("生成时间", cn_datetime(issue.issued_at)),
        ("有效期至", cn_date(issue.valid_until)),
        ("用途", issue.purpose),
        *([("接收方", issue.receiver)] if issue.receiver else []),
        ("出具单位", issue.issuer),
    ]
    pairs = Pairs([(label, sheet.plain(value)) for label, value in facts], size=10.5, label=36 * mm)
    code = [QrCode(addresses.verify, 30 * mm), sheet.paragraph("扫码核对真伪", style(8, alignment=TA_CENTER))]
    table = Table([[pairs, code]], [122 * mm, 38 * mm])
    table.setStyle(
        [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0), ("ALIGN", (1, 0), (1, 0), "CENTER")]
    )
    yield table
    if content.labels:
        yield sheet.paragraph(
            "　".join(f"【{word}】" for word in content.labels), style(11, BOLD, spaceBefore=2 * mm, textColor=BLUE)
        )
    yield Spacer(1, 4 * mm)
    yield Heading("信用信息概要", style(13, BOLD, textColor=BLUE, spaceAfter=2 * mm), key="summary")
    yield _summary(content, sheet)
    yield sheet.paragraph(f"核对网址：{addresses.page}", style(8.5, textColor="#555555", spaceBefore=2 * mm))


def _summary(content: Content, sheet: Sheet) -> Table:
    word, number = style(9.5, alignment=TA_CENTER, textColor="#444444"), style(15, BOLD, alignment=TA_CENTER)
    cells = [
        [sheet.paragraph(str(count), number), sheet.paragraph(f"{label}信息（条）", word)]
        for label, count in content.counts
    ]
    rows = [cells[start : start + COLUMNS] for start in range(0, len(cells), COLUMNS)]
    rows[-1] += [""] * (COLUMNS - len(rows[-1]))  # type: ignore[list-item]  # a cell may be empty
    table = Table(rows, [SIDE / COLUMNS] * COLUMNS)
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, LINE),
            ("BACKGROUND", (0, 0), (-1, -1), PALE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
    )
    return table


def _chapter(chapter: FilledChapter, position: int, empty: str, sheet: Sheet) -> Iterator[Any]:
    title = f"{chapter.number}、{chapter.title}" if chapter.number else chapter.title
    yield Spacer(1, 5 * mm)
    heading = Heading(sheet.clean(title), style(13, BOLD, textColor=BLUE, spaceAfter=1 * mm), key=f"chapter-{position}")
    yield KeepTogether([heading, HRFlowable(width="100%", thickness=0.8, color=BLUE, spaceAfter=2 * mm)])
    if chapter.note:
        yield sheet.paragraph(chapter.note, style(9, textColor="#555555", spaceAfter=1.5 * mm))
    if chapter.text:
        yield sheet.paragraph(chapter.text, style(10))
    for number, part in enumerate(chapter.parts, 1):
        if part.title:
            name = f"{part.title}（{len(part.items)}条）"
            key = f"chapter-{position}-{number}"
            yield Heading(sheet.clean(name), style(11, BOLD, spaceBefore=1.5 * mm, spaceAfter=1 * mm), key=key, level=1)
        if not part.items:
            yield sheet.paragraph(empty, style(10, textColor="#555555"))
        for place, item in enumerate(part.items, 1):
            yield from _item(place, item, sheet)


def _item(place: int, item: Item, sheet: Sheet) -> Iterator[Any]:
    marks = f"　【{'】【'.join(item.marks)}】" if item.marks else ""
    lines = [(f"第 {place} 条", f"{_number(item)}{marks}"), *item.lines]
    yield Pairs([(sheet.plain(label), sheet.plain(value)) for label, value in lines])
    yield HRFlowable(width="100%", thickness=0.4, color=LINE, spaceBefore=1 * mm, spaceAfter=1.6 * mm)


def _number(item: Item) -> str:
    return item.public_id if item.public_id == NOT_PUBLIC else f"公示编号 {item.public_id}"


def _explanations(content: Content, sheet: Sheet) -> Iterator[Any]:
    yield Spacer(1, 6 * mm)
    yield Heading("报告说明", style(13, BOLD, textColor=BLUE, spaceAfter=2 * mm), key="explanations")
    for number, text in enumerate(content.explanations, 1):
        yield sheet.paragraph(f"{number}. {text}", style(9.5, spaceAfter=1 * mm))


def _who(kind: str) -> str:
    return "个人" if kind == "person" else "法人和非法人组织"
