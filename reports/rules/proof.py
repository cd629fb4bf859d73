"""专项信用报告: in the place of proofs from many authorities that there were no violations (黑龙江 信用代证, 2025). Pure.

Whose word it is stands beside every field: the departments that vouch for it, and over which days they were asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from credit_platform.errors import Finding, at_field
from credit_platform.workdays.rules.months import add_months
from reports.rules.content import Content, FilledChapter, Head, Item, Part

TITLE = "专项信用报告（有无违法违规记录证明版）"
MOST_MONTHS = 60
"""How far back a proof may reach: 五年, the time for which departments keep what they gave (parameter of this city)."""
CLEAN = "所列期间内，本平台没有收到所列单位对该主体作出并公示的行政处罚决定。"
MEANS = (
    "本报告依据所列单位报送本平台并公示过的行政处罚决定出具，包括已经修复和公示期满的，逐条标明现状；撤销、确认违法和认定无效的决定不收录。",
    "“没有收到”只说明所列单位在所列期间内没有报送并公示，不包括简易程序等依规定不公示的决定，也不包括国家安全、国家秘密事项。",
    "本报告不评分、不评级。只向主体本人出具，由其自行提供给接收方。",
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a proof may speak of, and the departments that vouch for it."""

    code: str
    name: str
    vouching: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The days asked about, both included."""

    since: date
    until: date


def against(period: Period, chosen: Sequence[str], today: date) -> list[Finding]:
    """What is wrong with what is asked: no field, days in the wrong order, days to come, more than `MOST_MONTHS` months back."""
    found = []
    if not chosen:
        found.append(at_field("report.fields", "fields", "请至少选择一个领域。"))
    if period.until > today:
        found.append(at_field("report.until", "until", "截止日期不能晚于今天。"))
    if period.since > period.until:
        found.append(at_field("report.since", "since", "起始日期晚于截止日期。", mend="请对调两个日期。"))
    elif add_months(period.since, MOST_MONTHS) < period.until:
        found.append(
            at_field("report.months", "since", f"期间最长{MOST_MONTHS // 12}年。", mend="请把起始日期改晚一些。")
        )
    return found


def word_of(state: str, *, ends_on: date | None, day: date) -> str:
    """Where the publication of a decision stands on a day; `state` is its state, `ends_on` the last day on which it is shown."""
    if state == "repaired":
        return "已修复，提前终止公示"
    if state == "ended" or (ends_on is not None and ends_on < day):
        return "公示期满"
    return "中止公示" if state == "suspended" else "公示中"


def proof(
    head: Head, fields: Sequence[Field], items: Mapping[str, Sequence[Item]], period: Period, version: str
) -> Content:
    """What a proof says: a chapter a field, with who vouches for it and what there was, or in words what a clean line means."""
    days = f"{period.since:%Y年%-m月%-d日}至{period.until:%Y年%-m月%-d日}"
    chapters = tuple(
        FilledChapter(
            "",
            field.name,
            (Part("", tuple(items.get(field.code, ()))),),
            note=f"期间：{days}。证明单位：{'、'.join(field.vouching)}。",
        )
        for field in fields
    )
    counts = tuple((field.name, len(items.get(field.code, ()))) for field in fields)
    return Content("proof", version, head, (), counts, chapters, MEANS, CLEAN, TITLE)
