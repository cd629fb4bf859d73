"""When an entry may end, and in which way (国办发〔2020〕49号; 令第36号). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from credit_platform.errors import Finding, at_field
from credit_platform.workdays.rules.days import chinese
from sanctions.lists.rules.force import ARTICLE
from sanctions.lists.rules.words import BY_TWO, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What the rules need to know of an end: the entry's days, how and when it is to end, by which document; `by_ruling`: a court has found that
    the plan of a bankruptcy was carried out."""

    way: Way
    on: date
    today: date
    entered_on: date
    document: str = ""
    why: str = ""
    public_note: str = ""
    first_exit_on: date | None = None
    may_exit: bool = False
    by_ruling: bool = False


def against_ending(leaving: Leaving) -> Iterable[Finding]:
    """What stands against the end of an entry: its day, its document and reason, and for an early exit the list's own rule.

    令第36号 leaves a list its own months: an early exit or a repair is possible from the day that `first_application` finds, and on a list without
    early exit never. A wrong or annulled entry tells the public why (行政处罚法 art. 48).
    """
    if not leaving.entered_on <= leaving.on <= leaving.today:
        yield at_field("entry.day", "on", "移出日期应在列入日期与今天之间。")
    if leaving.way not in BY_TWO:
        return
    if not leaving.document.strip():
        yield at_field("entry.document", "document", "请填写移出（撤销、修复）文书号。", article=ARTICLE)
    if not leaving.why.strip():
        yield at_field("entry.why", "why", "请填写移出原因。")
    if leaving.way in (Way.ANNULLED, Way.WRONG):
        if not leaving.public_note.strip():
            yield at_field("entry.public-note", "public_note", "请填写对外说明。", article="《行政处罚法》第四十八条")
        return
    if leaving.way is Way.REPAIR and leaving.by_ruling:
        return
    if not leaving.may_exit:
        yield at_field("entry.no-exit", "way", "该名单的认定办法没有规定提前移出，期满自动移出。")
    elif leaving.first_exit_on is None or leaving.on < leaving.first_exit_on:
        when = f"，最早为{chinese(leaving.first_exit_on)}" if leaving.first_exit_on else "：尚未登记纠正、履行完毕"
        yield at_field("entry.too-early", "on", f"尚不具备提前移出的条件{when}。")
