"""A draw from its announcement to its list: states, named public values, days. Pure; how places are computed stands in `drawing`.

First a list is frozen and announced, with how many are drawn and the public value that will decide; only then comes that value. So neither who keeps
the secret nonce nor who makes the public value can choose what is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from casework.rules import drawing
from credit_platform.errors import Finding, at_field


class DrawState(StrEnum):
    """Where a draw stands."""

    ANNOUNCED = "announced"
    ENTERED = "entered"
    DRAWN = "drawn"
    VOID = "void"


LABELS = {
    DrawState.ANNOUNCED: "等待公开值",
    DrawState.ENTERED: "公开值待复核",
    DrawState.DRAWN: "已抽取",
    DrawState.VOID: "已作废",
}
TONES = {
    DrawState.ANNOUNCED: "info",
    DrawState.ENTERED: "warn",
    DrawState.DRAWN: "good",
    DrawState.VOID: "neutral",
}
MOVES: dict[tuple[DrawState, str], DrawState] = {
    (DrawState.ANNOUNCED, "enter"): DrawState.ENTERED,
    (DrawState.ENTERED, "confirm"): DrawState.DRAWN,
    (DrawState.ENTERED, "reject"): DrawState.ANNOUNCED,
    (DrawState.ANNOUNCED, "void"): DrawState.VOID,
    (DrawState.ENTERED, "void"): DrawState.VOID,
}
OPEN = (DrawState.ANNOUNCED, DrawState.ENTERED)
REVEAL_WITHIN = 5
"""Working days after the day of the fallback value in which a draw must be revealed (parameter)."""
LATEST = timedelta(days=31)
"""How far ahead a public value may be named (parameter): what lies further off is a list that nobody remembers."""


@dataclass(frozen=True, slots=True)
class Source:
    """A public value that the office does not make, of at least 24 bits.

    `number` is the form of what names one value beforehand; `read` gives its canonical text, None for what is no such value.
    """

    code: str
    label: str
    number: re.Pattern[str]
    number_help: str
    value_help: str
    read: Callable[[str], str | None]

    def written(self, number: str, value: str) -> str | None:
        """The public value as it goes into the seed, e.g. `SSQ:2026131:03.07.14.19.25.31+09`; None for what is none."""
        read = self.read(value)
        return None if read is None else f"{self.code}:{number}:{read}"


def _lottery(text: str) -> str | None:
    """双色球: six different red numbers of 1 to 33 and a blue one of 1 to 16 (17,721,088 outcomes)."""
    figures = [int(each) for each in re.findall(r"\d+", text)]
    red, blue = sorted(set(figures[:6])), figures[6:]
    if re.fullmatch(r"\s*\d{1,2}(?:[\s.,+，、＋]+\d{1,2}){6}\s*", text) is None or len(red) != 6:
        return None
    if not (red[0] >= 1 and red[5] <= 33 and 1 <= blue[0] <= 16):
        return None
    return f"{'.'.join(f'{each:02}' for each in red)}+{blue[0]:02}"


def _beacon(text: str) -> str | None:
    found = text.strip().lower()
    return found if re.fullmatch(r"[0-9a-f]{64}", found) else None


LOTTERY = Source(
    "SSQ",
    "中国福利彩票双色球开奖号码",
    re.compile(r"20\d{5}"),
    "七位期号，例如 2026131。",
    "六个红球和一个蓝球，例如 03 07 14 19 25 31 + 09。",
    _lottery,
)
BEACON = Source(
    "DRAND",
    "drand quicknet 随机信标",
    re.compile(r"[1-9]\d{0,11}"),
    "轮次，例如 34429012。",
    "该轮次的 randomness，64位十六进制字符。",
    _beacon,
)
SOURCES: Mapping[str, Source] = {source.code: source for source in (LOTTERY, BEACON)}


FIRST_ROUND, EVERY = datetime.fromtimestamp(1692803367, tz=UTC), 3
"""drand quicknet: the moment of its first round, and the seconds from one to the next."""


def beacon_round(moment: datetime) -> str:
    """The round of the beacon that is the newest at a moment."""
    return str(int((moment - FIRST_ROUND).total_seconds()) // EVERY + 1)


@dataclass(frozen=True, slots=True)
class Named:
    """The public value that decides, named before it is known, and the one that decides where that one never comes."""

    source: str
    number: str
    at: datetime
    fallback_number: str
    fallback_at: datetime


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the list: how many are drawn of it is fixed before the seed is known. `ground` says in Chinese where the number is from."""

    code: str
    label: str
    ids: Sequence[str]
    size: int
    ground: str = ""


def against_named(named: Named, *, now: datetime) -> Iterable[Finding]:
    """What stands against a named public value at the moment of the announcement."""
    source = SOURCES.get(named.source)
    if source is None:
        yield at_field("draw.source", "source", "请从列表中选择公开值的来源。")
        return
    for field, number in (("number", named.number), ("fallback_number", named.fallback_number)):
        if not source.number.fullmatch(number):
            yield at_field("draw.number", field, f"期号或者轮次不正确：{source.number_help}")
    if not now < named.at <= now + LATEST:
        yield at_field("draw.at", "at", f"公开值的产生时间应在现在之后、{LATEST.days}日之内，公布前不能已经知道。")
    if not named.at < named.fallback_at <= named.at + LATEST:
        yield at_field(
            "draw.fallback", "fallback_at", f"备用公开值的产生时间应晚于首选公开值，并在其后{LATEST.days}日之内。"
        )
    if named.number == named.fallback_number:
        yield at_field("draw.fallback", "fallback_number", "备用公开值不能与首选公开值相同。")


def draw_by_stratum(
    strata: Iterable[Stratum], seed: str, *, struck: Iterable[str] = ()
) -> dict[str, list[drawing.Ticket]]:
    """The tickets that are drawn, by stratum, in their order; who was struck off after the announcement is replaced by the next."""
    gone = {each.upper() for each in struck}
    drawn = {}
    for stratum in strata:
        drawn[stratum.code] = drawing.first(drawing.canonical(stratum.ids), seed, stratum.size, gone=gone)
    return drawn
