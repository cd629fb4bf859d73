"""Inspectors and whom they avoid. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from credit_platform.errors import Finding, at_field, required

CARD = re.compile(r"[0-9A-Z]{6,20}")
SPECIALITY = 20
"""Characters of one speciality."""


class Duty(StrEnum):
    """Whether somebody can be drawn."""

    ON = "on"
    SUSPENDED = "suspended"


DUTY_LABELS = {Duty.ON: "在岗", Duty.SUSPENDED: "停用"}
DUTY_TONES = {Duty.ON: "good", Duty.SUSPENDED: "neutral"}


class Card(StrEnum):
    """The two kinds of cards with which somebody may inspect."""

    NATIONAL = "national"
    MINISTRY = "ministry"


CARD_LABELS = {Card.NATIONAL: "行政执法证（国家统一样式）", Card.MINISTRY: "国务院部门执法证"}


class Ground(StrEnum):
    """Why an inspector stays away from a subject (行政处罚法 art. 43, 公务员法 art. 76)."""

    INTEREST = "interest"
    RELATIVE = "relative"
    FORMER = "former"
    OTHER = "other"


GROUND_LABELS = {
    Ground.INTEREST: "有直接利害关系",
    Ground.RELATIVE: "近亲属在该单位任职",
    Ground.FORMER: "曾在该单位任职",
    Ground.OTHER: "其他可能影响公正执法的关系",
}


class Source(StrEnum):
    """Who said so."""

    OWN = "own"
    REGISTER = "register"
    FIRM = "firm"


SOURCE_LABELS = {Source.OWN: "本人申报", Source.REGISTER: "登记信息比对", Source.FIRM: "检查对象申请"}


def specialities_of(text: str) -> list[str]:
    """The specialities that a text names, set apart by any of the usual marks."""
    return [each.strip() for each in re.split("[、，,；;]", text) if each.strip()]


def against_inspector(
    *, name: str, card_number: str, card_from: date | None, card_until: date | None, specialities: Sequence[str] = ()
) -> Iterable[Finding]:
    """What stands against an inspector's line; every finding at its field."""
    yield from required(name, "name", "请填写姓名。", rule="inspector.name", most=50)
    if not CARD.fullmatch(card_number):
        mend = "执法证号为6至20位大写字母或数字；没有执法证的人员不得参加检查。"
        yield at_field("inspector.card", "card_number", "执法证号写法不正确。", mend=mend, article="国办发〔2024〕54号")
    if card_from is None or card_until is None:
        yield at_field("inspector.days", "card_until", "请填写执法证的有效期起止日期。")
    elif card_until < card_from:
        yield at_field("inspector.days", "card_until", "执法证有效期的截止日期早于起始日期。")
    if any(len(each) > SPECIALITY for each in specialities):
        words = f"每项专业最多{SPECIALITY}个字，多项用顿号隔开。"
        yield at_field("inspector.speciality", "specialities", words)
