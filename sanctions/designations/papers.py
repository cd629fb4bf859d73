"""The notice on repair (信用修复告知书) as a file: its text, number and hash, a QR code to where it may be asked for and read again."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table

from credit_platform.pdf import BOLD, QrCode, Sheet, style
from credit_platform.web.formats import cn_date
from disclosure.models import Disclosure
from disclosure.rules.states import State
from sanctions.designations.models import DesignationCase

TITLE = "信用修复告知书"


def public_address(own: DesignationCase, *, site: str) -> str:
    """Where the public reads of the entry; the lists where the entry itself is not public. `site` is the address of the platform."""
    shown = Disclosure.objects.filter(record=own.case.record, state=State.PUBLISHED).first()
    path = reverse("public:disclosure", args=[shown.public_id]) if shown else "/lists/"
    return f"{site.rstrip('/')}{path}"


def render(own: DesignationCase, *, site: str) -> bytes:
    """The PDF of the notice that was made with the decision."""
    address = public_address(own, site=site)
    sheet = Sheet(own.repair_number)
    story: list[Any] = [sheet.paragraph(TITLE, style(17, BOLD, alignment=TA_CENTER, spaceAfter=8 * mm))]
    body = style(11.5, spaceAfter=2.5 * mm)
    story += [sheet.paragraph(line.strip(), body) for line in own.repair_notice.split("\n") if line.strip()]
    signed = style(11.5, alignment=TA_RIGHT, spaceBefore=4 * mm)
    story += [sheet.paragraph(own.case.department.name, signed), Paragraph(cn_date(own.case.decided_on), signed)]
    small = style(9.5, spaceAfter=1.5 * mm)
    lines = [
        f"告知书文号：{sheet.clean(own.repair_number)}",
        f"列入决定文书号：{sheet.clean(own.case.document_number)}",
        f"文本摘要（SHA-256）：{own.repair_sha256}",
        f"扫描二维码，或者打开 {sheet.clean(address)} 查看列入信息和移出条件。",
    ]
    table = Table([[[Paragraph(line, small) for line in lines], QrCode(address, 32 * mm)]], [122 * mm, 34 * mm])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEABOVE", (0, 0), (-1, 0), 0.6, "#444444")])
    story += [Spacer(1, 6 * mm), KeepTogether([table])]
    return sheet.finish(story, title=f"{TITLE} {own.repair_number}", subject=TITLE)
