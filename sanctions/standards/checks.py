"""Entries against the lists in force: nobody is listed on a list that does not hold, without a ground, or without its last day."""

from __future__ import annotations

from collections.abc import Mapping

from records.standards.rules.register import rule
from records.standards.working import Check, Row

ARTICLE = "国办发〔2020〕49号"
LISTS, GROUNDS, TERMS = "lists", "list-grounds", "list-terms"
"""The registers of `Context.registers` that answer for "kind|code", "code|document" and "code" on a day; `lists` fills them."""


def _codes(roles: Mapping[str, str]) -> tuple[str, str, str]:
    """Prefix of the standard, the fields of the list's code and of the document."""
    document = roles["document_number"]
    prefix = document.rpartition("_")[0]
    return prefix, f"{prefix}_BM", document


@rule("list.in-force", "名单编码在列入之日施行的名单内", ARTICLE)
def in_force(roles: Mapping[str, str]) -> Check | None:
    """The list, of the kind that the standard is for, holds on the day of the entry."""
    prefix, code, _ = _codes(roles)

    def check(row: Row) -> None:
        listed, holds = row.values.get(code), row.ctx.registers.get(LISTS)
        if not listed or holds is None or holds(f"{prefix}|{str(listed).upper()}", row.day):
            return
        mend = "请在“名单”中查对编码和施行日期；尚未施行的名单不得列入任何主体。"
        row.error(
            "list.in-force",
            code,
            "该名单在列入之日没有施行，或者不属于这类名单。",
            mend=mend,
            value=listed,
            article=ARTICLE,
        )

    return check


@rule("list.ground", "列入以本平台的认定决定或者已收录的公布名单为根据", ARTICLE)
def ground(roles: Mapping[str, str]) -> Check | None:
    """Somebody stands behind the entry: a decision after notice and hearing, or a published list that was taken in."""
    _, code, document = _codes(roles)

    def check(row: Row) -> None:
        listed, number, known = row.values.get(code), row.values.get(document), row.ctx.registers.get(GROUNDS)
        if not listed or not number or known is None or known(f"{str(listed).upper()}|{number}", row.day):
            return
        text = "没有查到该文书的认定决定：名单条目只能由认定程序（告知、送达、陈述申辩、另一人决定）或已收录的公布名单产生。"
        row.error(
            "list.ground", document, text, mend="请在“认定”中办理，决定后自动入库。", value=number, article=ARTICLE
        )

    return check


@rule("list.term", "有固定期限的名单填写期限届满日，且不早于列入日期")
def term(roles: Mapping[str, str]) -> Check | None:
    """An entry on a list with a term tells its last day, for the public page ends by it."""
    _, code, _ = _codes(roles)
    last = roles["valid_until"]

    def check(row: Row) -> None:
        listed, until, ends = row.values.get(code), row.values.get(last), row.ctx.registers.get(TERMS)
        if until is not None and until < row.day:
            row.error("list.term", last, "期限届满日早于列入日期。", mend="请核对两个日期。", value=until.isoformat())
        elif listed and until is None and ends is not None and ends(str(listed).upper(), row.day):
            row.error(
                "list.term", last, "该名单有固定期限，请填写期限届满日。", mend="按名单的期限推算，或以决定书为准。"
            )

    return check
