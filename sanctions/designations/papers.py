"""The notice on repair (信用修复告知书): its text, number and hash, a QR code to where it may be asked for and read again."""

from __future__ import annotations

from casework.papers import Paper
from disclosure.models import Disclosure
from disclosure.rules.states import State
from sanctions.designations.models import DesignationCase

TITLE = "信用修复告知书"


def public_address(own: DesignationCase, *, site: str) -> str:
    """Where the public is told whether the entry can be repaired; the lists where the entry is not public. `site` is the platform's address."""
    shown = Disclosure.objects.filter(record=own.case.record, state=State.PUBLISHED).first()
    return f"{site.rstrip('/')}{f'/repair/{shown.public_id}/' if shown else '/lists/'}"


def paper_of(own: DesignationCase, *, site: str) -> Paper:
    """The notice that was made with the decision."""
    address = public_address(own, site=site)
    return Paper(
        title=TITLE,
        number=own.repair_number,
        text=own.repair_notice,
        authority=own.case.department.name,
        on=own.case.decided_on,
        lines=(
            f"告知书文号：{own.repair_number}",
            f"列入决定文书号：{own.case.document_number}",
            f"文本摘要（SHA-256）：{own.repair_sha256}",
            f"扫描二维码，或者打开 {address} 查看何时可以申请、需要什么。",
        ),
        address=address,
    )
