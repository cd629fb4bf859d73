"""Old numbers told apart by their form: 工商注册号, 组织机构代码 and 税务登记号 stand in each other's columns, and in that of the credit code."""

from __future__ import annotations

import re

from records.identifiers import orgcode, regno, uscc

CODE, REG_NO, ORG_CODE, TAX_NO = "code", "reg_no", "org_code", "tax_no"
WORDS = {CODE: "统一社会信用代码", REG_NO: "工商注册号", ORG_CODE: "组织机构代码", TAX_NO: "税务登记号"}
_TAX = re.compile(r"[0-9]{6}[0-9A-Z]{9}")


def kind_of(normal: str) -> str:
    """Which kind of number a clean code is: `code` (18 that fit GB 32100), `org_code` (nine that fit GB 11714), `reg_no` (13 or 15 digits),
    `tax_no` (an area and an organisation code), "" when its form does not tell.

    Fifteen digits are a registration number, unless their check digit fails and their last nine are an organisation code: a tax number.
    """
    if uscc.is_well_formed(normal):
        return CODE
    if orgcode.is_well_formed(normal):
        return ORG_CODE
    tax = _TAX.fullmatch(normal) is not None and orgcode.is_well_formed(normal[6:])
    if (
        len(normal) in (13, 15)
        and normal.isascii()
        and normal.isdigit()
        and not (tax and not regno.is_well_formed(normal))
    ):
        return REG_NO
    return TAX_NO if tax else ""


def in_words(normal: str) -> str:
    """The number in words, 15位工商注册号 or 9位组织机构代码; "" when its form does not tell."""
    kind = kind_of(normal)
    return f"{len(normal)}位{WORDS[kind]}" if kind else ""
