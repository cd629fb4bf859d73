"""Commitments against the list of matters, and the missing papers of 容缺 letters."""

from __future__ import annotations

from collections.abc import Mapping

from records.standards.rules.register import rule
from records.standards.working import Check, Row

TYPE, CODE, PAPERS, UNTIL, MADE, ENDS = "CN_LX", "CN_SXBM", "CN_RQCL", "CN_BZQX", "CN_ZCRQ", "CN_YXQZI"
LISTED = ("审批替代型", "容缺受理型", "证明事项告知承诺型")
SHORTFALL = "容缺受理型"
MATTERS = "commitment-matters"
"""The register of `Context.registers` that answers for a matter's code and a day; the app above fills it."""


@rule("commitment.matter", "事项编码在承诺作出之日施行的承诺事项清单内", "哈政办规〔2020〕12号第1项")
def matter(roles: Mapping[str, str]) -> Check | None:
    """A letter that replaces an approval or a proof is only taken for a matter of the list in force on its day."""

    def check(row: Row) -> None:
        code, listed = row.values.get(CODE), row.ctx.registers.get(MATTERS)
        if not code or listed is None or listed(str(code).upper(), row.day):
            return
        text = "事项编码不在承诺作出之日施行的承诺事项清单内。"
        mend = "请在“承诺事项清单”中查对编码；事项尚未列入清单的，请联系市信用办。"
        if row.values.get(TYPE) in LISTED:
            row.error("commitment.matter", CODE, text, mend=mend, value=code, article="哈政办规〔2020〕12号第1项")
        else:
            row.warn("commitment.matter", CODE, text, mend=mend, value=code)

    return check


@rule("commitment.shortfall", "容缺材料只在容缺受理型填写，补正期限不早于承诺日期")
def shortfall(roles: Mapping[str, str]) -> Check | None:
    """Missing papers and their day belong to 容缺 letters; the day is not before the letter."""

    def check(row: Row) -> None:
        papers, until, made = row.values.get(PAPERS), row.values.get(UNTIL), row.values.get(MADE)
        if row.values.get(TYPE) != SHORTFALL:
            for code in (PAPERS, UNTIL):
                if row.values.get(code):
                    text = "只有容缺受理型填写容缺材料和补正期限。"
                    row.error("commitment.shortfall", code, text, mend="请核对承诺类型，或清空此栏。")
            return
        if papers and until and made and until < made:
            text = "材料补正期限早于承诺作出日期。"
            row.error("commitment.shortfall", UNTIL, text, mend="请核对两个日期。", value=until.isoformat())

    return check


@rule("commitment.validity", "承诺有效期至不早于承诺作出日期")
def validity(roles: Mapping[str, str]) -> Check | None:
    """A commitment that ends before it was made binds nobody."""

    def check(row: Row) -> None:
        ends, made = row.values.get(ENDS), row.values.get(MADE)
        if ends and made and ends < made:
            text = "承诺有效期至早于承诺作出日期。"
            row.error("commitment.validity", ENDS, text, mend="请核对两个日期。", value=ends.isoformat())

    return check
