"""A model of our own: what counts, for how much, how long, and what grade the sum is (哈政办规〔2020〕12号 no. 16). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from credit_platform.errors import Finding, at_field
from supervision.grading.rules.schemes import INTERNAL

MOST_MONTHS = 120
MOST_PLACES = 2


class Rounding(StrEnum):
    """How a sum is rounded before it meets the bands: declared, for a border decides about people (a sum of 670.5 between 670 and 671)."""

    HALF_UP = "half_up"
    DOWN = "down"


ROUNDING_LABELS = {Rounding.HALF_UP: "四舍五入", Rounding.DOWN: "舍去尾数"}
_MODES = {Rounding.HALF_UP: ROUND_HALF_UP, Rounding.DOWN: ROUND_DOWN}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records a line of a model is about.

    `kinds` of records; of published items only those of one of `severities`, where any are named; only those whose field `field` has one of
    `values`, where it is named. `months` from the decision in which a record counts (its last day included), None without end; `in_force`: only
    while the record itself is valid.
    """

    kinds: tuple[str, ...]
    months: int | None = None
    in_force: bool = False
    severities: tuple[str, ...] = ()
    field: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A line of the sum: `weight` × (`points` for each record, together at most `cap` points either way)."""

    code: str
    name: str
    selection: Selection
    points: Decimal
    weight: Decimal = Decimal(1)
    cap: Decimal | None = None

    def part(self, count: int) -> Decimal:
        """The points of so many records."""
        plain = self.points * count
        if self.cap is not None:
            plain = max(-self.cap, min(self.cap, plain))
        return self.weight * plain


@dataclass(frozen=True, slots=True)
class DirectRule:
    """A record that by itself puts its subject into a grade, whatever the sum: a sum that is worse stays."""

    code: str
    name: str
    selection: Selection
    grade: str


@dataclass(frozen=True, slots=True)
class Band:
    """The rounded sums of a grade, both borders included."""

    grade: str
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Model:
    """A model as computation reads it. `bands` from the best grade to the worst; sums outside `least`…`most` are taken as these."""

    base: Decimal
    least: Decimal
    most: Decimal
    places: int
    rounding: Rounding
    indicators: tuple[Indicator, ...]
    direct: tuple[DirectRule, ...]
    bands: tuple[Band, ...]

    @property
    def lines(self) -> tuple[Indicator | DirectRule, ...]:
        """Indicators, then direct rules."""
        return (*self.indicators, *self.direct)

    @property
    def step(self) -> Decimal:
        """The smallest difference between two rounded sums."""
        return Decimal(1).scaleb(-self.places)

    def rounded(self, total: Decimal) -> Decimal:
        """A sum as the bands read it: kept within the line, then rounded as declared."""
        kept = max(self.least, min(self.most, total))
        return kept.quantize(self.step, rounding=_MODES[self.rounding])

    def band_of(self, score: Decimal) -> str:
        """The grade of a rounded sum. LookupError when the bands have a gap, which no adopted model has."""
        for band in self.bands:
            if band.lowest <= score <= band.highest:
                return band.grade
        raise LookupError(f"no band holds {score}")

    def worse(self, one: str, other: str) -> str:
        """The worse of two grades."""
        order = [band.grade for band in self.bands]
        return max(one, other, key=order.index)


def unsound(model: Model, scale: Sequence[str], kinds: Iterable[str]) -> Iterator[Finding]:
    """What stands against adopting a model: bands with gaps or overlaps, grades that its scheme does not have, lines that count nothing.

    `scale`: the grades of its scheme, best first. `kinds`: the kinds of records that the ledger has.
    """
    yield from _against_bands(model, scale)
    yield from _against_lines(model, scale, frozenset(kinds))
    if not model.indicators:
        yield at_field("model.empty", "", "模型还没有指标。", mend="请添加指标。")
    if not 0 <= model.places <= MOST_PLACES:
        yield at_field("model.places", "places", f"小数位数应为0至{MOST_PLACES}。")
    if not model.least <= model.base <= model.most:
        yield at_field("model.base", "base", "基准分不在最低分和最高分之间。", mend="请核对三个分数。")


def _against_bands(model: Model, scale: Sequence[str]) -> Iterator[Finding]:
    rule, mend = "model.bands", "请调整各等级的分数段，使其按由好到差的次序相接。"
    if [band.grade for band in model.bands] != list(scale):
        text = f"分数段应依次为{'、'.join(scale)}，每个等级一段。"
        yield at_field(rule, "bands", text, mend=mend)
        return
    if any(model.rounded(border) != border for band in model.bands for border in (band.lowest, band.highest)):
        yield at_field(rule, "bands", f"分数段的起止应为{model.step}的整数倍，且在最低分和最高分之间。", mend=mend)
        return
    if model.bands[0].highest != model.rounded(model.most) or model.bands[-1].lowest != model.rounded(model.least):
        yield at_field(rule, "bands", "最好的等级应到最高分，最差的等级应从最低分起。", mend=mend)
    for band in model.bands:
        if band.lowest > band.highest:
            yield at_field(rule, "bands", f"{band.grade}级的最低分高于最高分。", mend=mend)
    for better, worse in zip(model.bands, model.bands[1:], strict=False):
        if worse.highest + model.step != better.lowest:
            text = f"{worse.grade}级到{worse.highest}，{better.grade}级从{better.lowest}起，之间有空档或者重叠。"
            yield at_field(rule, "bands", text, mend=mend)


def _against_lines(model: Model, scale: Sequence[str], kinds: frozenset[str]) -> Iterator[Finding]:
    codes = [line.code for line in model.lines]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield at_field("model.twice", "code", f"编码“{code}”用了不止一次。", mend="请换一个编码。")
    for line in model.lines:
        yield from _against_selection(line.name, line.selection, kinds)
    for indicator in model.indicators:
        if indicator.points == 0 or indicator.weight <= 0 or (indicator.cap is not None and indicator.cap <= 0):
            text = f"指标“{indicator.name}”的分值不能为零，权重和上限应大于零。"
            yield at_field("model.points", "points", text)
    for rule in model.direct:
        if rule.grade not in scale:
            text = f"直接认定“{rule.name}”的等级“{rule.grade}”不在方案之内。"
            yield at_field("model.grade", "grade", text)


def _against_selection(name: str, selection: Selection, kinds: frozenset[str]) -> Iterator[Finding]:
    if not selection.kinds or not set(selection.kinds) <= kinds:
        yield at_field("model.kinds", "kinds", f"“{name}”没有信息种类，或者有平台没有的种类。")
    if INTERNAL in selection.kinds:
        text = f"“{name}”不能用监管分类结果计分：风险分类不是信用评价（国市监信发〔2022〕6号）。"
        yield at_field("model.risk", "kinds", text, mend="请去掉这一信息种类。")
    if selection.months is not None and not 1 <= selection.months <= MOST_MONTHS:
        yield at_field("model.months", "months", f"“{name}”的计算期应为1至{MOST_MONTHS}个月。")
    if bool(selection.field) != bool(selection.values):
        yield at_field("model.values", "values", f"“{name}”的数据项和取值应同时填写。")
