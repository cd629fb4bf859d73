"""Dates against one another."""

from __future__ import annotations

from collections.abc import Mapping

from records.standards.rules.register import rule
from records.standards.working import Check, Row


@rule("dates.until-after-from", "有效期至不早于有效期自")
def until_after_from(roles: Mapping[str, str]) -> Check | None:
    """A validity that ends before it begins is an error."""
    start, end = roles.get("valid_from", ""), roles.get("valid_until", "")
    if not (start and end):
        return None

    def check(row: Row) -> None:
        first, last = row.values.get(start), row.values.get(end)
        if first and last and last < first:
            row.error(
                "dates.until-after-from",
                end,
                "有效期至早于有效期自。",
                mend="请核对两个日期，长期填 2099/12/31。",
                value=last.isoformat(),
            )

    return check


@rule("dates.from-before-decision", "有效期自早于决定日期时提示（换证、延续常见）")
def from_before_decision(roles: Mapping[str, str]) -> Check | None:
    """Renewals are decided later than they begin: only a warning (trap 28)."""
    start, decided = roles.get("valid_from", ""), roles.get("decided_on", "")
    if not (start and decided):
        return None

    def check(row: Row) -> None:
        first, day = row.values.get(start), row.values.get(decided)
        if first and day and first < day:
            text = "有效期自早于决定日期。"
            row.warn(
                "dates.from-before-decision",
                start,
                text,
                mend="延续、换证的可以保留，否则请核对。",
                value=first.isoformat(),
            )

    return check


@rule("dates.until-after-decision", "处罚有效期不早于处罚决定日期")
def until_after_decision(roles: Mapping[str, str]) -> Check | None:
    """An end before the decision is an error; an end of publication before it is only a warning, for it is computed anew."""
    decided, end, shown = (roles.get(role, "") for role in ("decided_on", "valid_until", "shown_until"))
    if not decided:
        return None

    def check(row: Row) -> None:
        day, last, hidden = row.values.get(decided), row.values.get(end), row.values.get(shown)
        if day and last and last < day:
            row.error(
                "dates.until-after-decision",
                end,
                "处罚有效期早于处罚决定日期。",
                mend="请核对两个日期。",
                value=last.isoformat(),
            )
        if day and hidden and hidden < day:
            text = "公示截止期早于处罚决定日期；公示期由平台重新计算。"
            row.warn("dates.shown-until", shown, text, mend="请核对。", value=hidden.isoformat())

    return check
