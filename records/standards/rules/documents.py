"""Certificates and documents."""

from __future__ import annotations

import re
from collections.abc import Mapping

from records.standards.rules.register import rule
from records.standards.working import Check, Row

_NUMBER_IN_TITLE = re.compile(r"[〔\[【(（](?:19|20)\d{2}[〕\]】)）].{0,12}号")


@rule("permit.certificate-number", "填写了许可证书名称的，应填许可编号")
def certificate_number(roles: Mapping[str, str]) -> Check | None:
    """A certificate that is named should be numbered."""
    name, number = roles.get("certificate_name", ""), roles.get("certificate_number", "")
    if not (name and number):
        return None

    def check(row: Row) -> None:
        if name in row.values and number not in row.values and number not in row.unreadable:
            row.warn(
                "permit.certificate-number", number, "填写了许可证书名称，未填许可编号。", mend="请填写证书上的编号。"
            )

    return check


@rule("document.title-has-number", "文书名称不含文号")
def title_has_number(roles: Mapping[str, str]) -> Check | None:
    """The title stands without the number."""
    title = roles.get("document_name", "")
    if not title:
        return None

    def check(row: Row) -> None:
        text = row.values.get(title)
        if text and _NUMBER_IN_TITLE.search(text):
            row.warn(
                "document.title-has-number",
                title,
                "文书名称里写有文号。",
                mend="文书名称只填标题，文号填在文书号栏。",
                value=text,
            )

    return check
