"""Certificates and documents."""

from __future__ import annotations

import re
from collections.abc import Mapping

from records.identifiers import docnumber
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


@rule("document.number-form", "文书号应是决定书上的完整文号，不是序号、案件名称或残缺的号码")
def number_form(roles: Mapping[str, str]) -> Check | None:
    """What can be no number of a decision is an error; what is badly written at its source stays with a warning (`docnumber.doubt`)."""
    field = roles.get("document_number", "")
    if not field:
        return None

    def check(row: Row) -> None:
        number = row.values.get(field)
        found = docnumber.doubt(number) if number else None
        if found is not None:
            row.adopt(found, field)

    return check


@rule("document.no-penalty-number", "不予行政处罚决定的文号不应有罚款、没收金额", "行政处罚法第三十三条")
def no_penalty_number(roles: Mapping[str, str]) -> Check | None:
    """A decision not to punish has no fine: one of the two is wrong, and the wrong one would be published."""
    field = roles.get("document_number", "")
    amounts = tuple(roles[role] for role in ("fine", "confiscated") if role in roles)
    if not (field and amounts):
        return None

    def check(row: Row) -> None:
        number = row.values.get(field)
        if number and docnumber.says_no_penalty(number) and any(row.values.get(each) for each in amounts):
            text = f"文书号“{number}”是不予行政处罚决定的文号，却填写了罚款或没收金额。"
            mend = "请核对文书号和金额；不予处罚的决定不作为行政处罚信息报送。"
            row.error(
                "document.no-penalty-number", field, text, mend=mend, value=number, article="行政处罚法第三十三条"
            )

    return check
