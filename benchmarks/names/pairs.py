"""Labelled pairs, made from a register of invented firms: a name as a list writes it, a subject with its names, and whether they are one.

Every kind of pair is one way in which real lists and real registers differ (or look as if they did not); the same seed gives the same pairs.
Traditional characters come from OpenCC and not from the house's own table, so that the table is measured too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

SEED = 20261123
TRADE = [
    "鑫源",
    "宏达",
    "瑞丰",
    "恒泰",
    "金桥",
    "龙腾",
    "华兴",
    "天泽",
    "盛世",
    "嘉禾",
    "永盛",
    "德润",
    "汇通",
    "东方",
    "凯旋",
    "鹏程",
    "安顺",
    "百川",
    "晟业",
    "众诚",
    "冰城",
    "松江",
    "北国",
    "雪峰",
    "润泽",
    "联创",
    "荣昌",
    "富康",
    "益民",
    "长青",
]
TAIL = [
    "源",
    "达",
    "丰",
    "泰",
    "桥",
    "腾",
    "兴",
    "泽",
    "世",
    "禾",
    "盛",
    "润",
    "通",
    "方",
    "旋",
    "程",
    "顺",
    "川",
    "业",
    "诚",
    "城",
    "江",
    "国",
    "峰",
    "创",
    "昌",
    "康",
    "民",
    "青",
    "和",
    "信",
    "远",
    "利",
    "隆",
    "祥",
    "元",
    "圆",
    "园",
    "原",
    "沣",
    "锋",
    "枫",
    "太",
    "钛",
    "峤",
    "侨",
    "诚",
    "成",
    "承",
    "城",
    "呈",
]
LINES = [
    "商贸",
    "建筑工程",
    "食品",
    "物流",
    "科技",
    "餐饮管理",
    "装饰工程",
    "医疗器械",
    "农业发展",
    "汽车销售",
    "物业服务",
    "电子商务",
    "机电设备",
    "文化传媒",
    "环保工程",
    "运输",
]
DISTRICTS = ["道里", "南岗", "道外", "平房", "松北", "香坊", "呼兰", "阿城", "双城"]
AREAS = ("哈尔滨", "哈尔滨市", "黑龙江", "黑龙江省")
OTHERS = ("大庆", "齐齐哈尔", "牡丹江", "佳木斯", "绥化", "长春", "沈阳")
PER_KIND = 160


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented firm of the register."""

    area: str
    trade: str
    line: str
    form: str = "有限公司"
    branch: str = ""
    former: tuple[str, ...] = ()
    code: str = ""

    @property
    def name(self) -> str:
        """The registered name."""
        return f"{self.area}{self.trade}{self.line}{self.form}{self.branch}"

    @property
    def bracketed(self) -> str:
        """The same firm registered with its area in brackets behind the trade name."""
        return f"{self.trade}{self.line}（{self.area}）{self.form}"


@dataclass(frozen=True, slots=True)
class Pair:
    """What a list says, a subject with its present and former names, and whether the list speaks of it."""

    kind: str
    listed: str
    held: str
    former: tuple[str, ...]
    same: bool


def firms(dice: random.Random) -> Iterator[Firm]:
    """Firms without end, no two with one name."""
    seen: set[str] = set()
    while True:
        trade = dice.choice(TRADE) if dice.random() < 0.5 else dice.choice(TRADE)[0] + dice.choice(TAIL)
        firm = Firm(
            dice.choice(AREAS),
            trade,
            dice.choice(LINES),
            dice.choice(("有限公司", "有限公司", "有限责任公司", "股份有限公司")),
        )
        if firm.name not in seen:
            seen.add(firm.name)
            yield firm


Maker = Callable[[Firm, random.Random], Pair | None]


def all_pairs(traditional: Callable[[str], str]) -> list[Pair]:
    """All pairs, PER_KIND of each kind; `traditional` writes a text in traditional characters."""
    dice = random.Random(SEED)  # noqa: S311 - a repeatable set, no secret
    source = firms(dice)
    made: list[Pair] = []
    for maker in makers(traditional):
        found: list[Pair] = []
        while len(found) < PER_KIND:
            pair = maker(next(source), dice)
            if pair is not None and (pair.listed != pair.held or pair.kind == "逐字相同"):
                found.append(pair)
        made += found
    return made


def makers(traditional: Callable[[str], str]) -> tuple[Maker, ...]:
    """One maker a kind: seven of one subject written differently, nine of two subjects that look alike."""

    def same(
        kind: str, write: Callable[[Firm, random.Random], str], *, of: Callable[[Firm], str] = lambda f: f.name
    ) -> Maker:
        return lambda firm, dice: Pair(kind, write(firm, dice), of(firm), (), True)

    def other(
        kind: str, twin: Callable[[Firm, random.Random], str | None], *, of: Callable[[Firm], str] = lambda f: f.name
    ) -> Maker:
        def make(firm: Firm, dice: random.Random) -> Pair | None:
            listed = twin(firm, dice)
            return None if listed is None else Pair(kind, listed, of(firm), (), False)

        return make

    return (
        same("逐字相同", lambda firm, dice: firm.name),
        same("括号全半角、空格", lambda firm, dice: _brackets(firm.bracketed, dice), of=lambda firm: firm.bracketed),
        same("繁体字", lambda firm, dice: traditional(firm.name)),
        same("有限责任公司写作有限公司", _other_form),
        same("错一字", _slip),
        same("省略行政区划", lambda firm, dice: firm.name.removeprefix(firm.area)),
        _former(lambda text: text, "曾用名"),
        _former(traditional, "曾用名且繁体"),
        other("字号相差一字", _sibling),
        other("同字号不同行业", lambda firm, dice: replace(firm, line=_another(LINES, firm.line, dice)).name),
        other("不同区", lambda firm, dice: _in(firm, _another(DISTRICTS, "道里", dice)), of=lambda firm: _in(firm, "道里")),
        other("不同市", lambda firm, dice: replace(firm, area=dice.choice(OTHERS)).name),
        other("省名与市名", lambda firm, dice: replace(firm, area="黑龙江" if "哈" in firm.area else "哈尔滨").name),
        other("分公司与总公司", lambda firm, dice: replace(firm, branch=f"{dice.choice(DISTRICTS)}分公司").name),
        other("两个分公司", lambda firm, dice: replace(firm, branch="南岗分公司").name, of=lambda firm: replace(firm, branch="香坊分公司").name),
        other("多出一词", lambda firm, dice: replace(firm, line=firm.line + dice.choice(("连锁", "集团", "服务", "开发"))).name),
        other("有限公司与股份公司", lambda firm, dice: replace(firm, form="股份有限公司").name if firm.form != "股份有限公司" else None),
    )  # fmt: skip


def _former(write: Callable[[str], str], kind: str) -> Maker:
    def make(firm: Firm, dice: random.Random) -> Pair:
        old = replace(firm, trade=_another(TRADE, firm.trade, dice)).name
        return Pair(kind, write(old), firm.name, (old,), True)

    return make


def _brackets(name: str, dice: random.Random) -> str:
    way = dice.randrange(3)
    if way == 0:
        return name.replace("（", "(").replace("）", ")")
    return name.replace("（", " (").replace("）", ") ") if way == 1 else name.replace("（", "【").replace("）", "】")


def _other_form(firm: Firm, dice: random.Random) -> str:
    form = "有限责任公司" if firm.form == "有限公司" else "有限公司" if firm.form == "有限责任公司" else firm.form
    return replace(firm, form=form).name


def _slip(firm: Firm, dice: random.Random) -> str:
    """A slip of the pen: two neighbouring characters exchanged, or one left out, in trade name and trade."""
    body = firm.trade + firm.line
    place = dice.randrange(len(body) - 1)
    body = (
        body[:place] + body[place + 1] + body[place] + body[place + 2 :]
        if dice.random() < 0.5
        else body[:place] + body[place + 1 :]
    )
    return f"{firm.area}{body}{firm.form}"


def _sibling(firm: Firm, dice: random.Random) -> str:
    return replace(firm, trade=firm.trade[0] + _another(TAIL, firm.trade[1], dice)).name


def _in(firm: Firm, district: str) -> str:
    return replace(firm, area=f"哈尔滨市{district}区").name


def _another(words: list[str], but: str, dice: random.Random) -> str:
    return dice.choice([each for each in words if each != but])
