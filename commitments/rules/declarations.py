"""Voluntary declarations: how long they are shown, when to remind, and what a company promises. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from credit_platform.workdays.rules import add_months

SHOWN_MONTHS = 12
"""Months after which a declaration falls silent unless it is confirmed again; a parameter of the city."""
REMIND_DAYS = 30
"""Calendar days before that in which the company is reminded."""
PROMISE = (
    "本主体承诺：所申报的信息真实、准确、完整，来源合法，不侵犯他人权益；情况变化时及时更新或者撤回。"
    "如有虚假，愿意承担法律责任，并同意平台撤除该信息、将有关情况记入信用记录。"
)


def confirmed_until(on: date, valid_until: date | None) -> date:
    """The last day on which a declaration accepted or confirmed on a day is shown: a year on, and no longer than what it speaks of is valid."""
    year = add_months(on, SHOWN_MONTHS)
    return min(year, valid_until) if valid_until else year


def may_confirm_from(until: date) -> date:
    """The first day of the reminders: what was confirmed until a day may be confirmed again from here on."""
    return until - timedelta(days=REMIND_DAYS)


def number(on: date, pk: int) -> str:
    """The number of a declaration in the ledger (申报编号)."""
    return f"ZZSB{on:%Y%m%d}{pk:08d}"
