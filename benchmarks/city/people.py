"""Fictitious subjects in any number: names of the shape that a register holds, codes with valid check digits."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from credit_platform import sealing
from credit_platform.demo.subjects import (
    FORM_OF,
    ROADS,
    SHOP_NAMES,
    SHOPS,
    TRADES,
    fictitious_code,
    fictitious_person,
    person_name,
)
from records.identifiers.idcard import mask_id
from records.identifiers.regions import HARBIN_DISTRICTS

KINDS = ("legal", "sole_trader", "person")
LEGAL, SOLE_TRADER, PERSON = range(3)
# Characters of which names are made, the frequent ones first; weights fall off as they do in a register.
SIGNS = (
    "鑫盛隆达兴泰丰源华诚信瑞恒和顺佳美嘉宏远金龙凤祥福禄康宁安益民众合天佑博锦程东升盛世广融通星辰明德正永桥银河紫荆晨光海纳"
    "新禾万象青松白桦红岩蓝钻长河岛雪域冰城松江丁香北疆启航同创润百川绿原木欣荣旺财宝玉珍珠翠湖畔山林泉溪云雨露霜晴朗阳春夏秋冬"
    "梅兰竹菊莲荷桃李杏柳杨榆槐枫柏鹤雁鹿马牛羊虎豹狮鹏鸿燕雀鹰驰骏腾飞跃进步先锋力强健壮勇毅刚坚实固厚重朴真善诺言行知智慧敏捷"
    "灵巧妙思文翰墨书画诗词歌舞曲艺韵雅静逸闲适居家园庭院楼阁亭台坊斋轩馆店铺市集商贸易流转运输送达成就业基石柱梁栋材器具机械动"
    "能源电气化工冶炼铸造锻压焊接装配调试检测验证标准规范优良品质效率速度精密准确可靠稳定耐久持续循环再生环保节约低碳清洁"
)
EVERY_SOLE = 0.42
EVERY_PERSON = 0.03
FORMER = 0.06


@dataclass(slots=True)
class People:
    """What the decisions need to know of every subject, by position; its key is position + 1."""

    kinds: array[int] = field(default_factory=lambda: array("b"))
    names: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    reps: list[str] = field(default_factory=list)
    districts: list[str] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True)
class Person:
    """One generated subject with what its registration says."""

    kind: int
    code: str
    name: str
    district: str
    rep: str
    since: date
    form: str
    capital: str
    scope: str
    address: str
    former: str = ""
    number: str = ""


def generate(count: int, random: Random) -> Iterator[Person]:
    """`count` subjects; names of organisations and numbers of persons differ from one another."""
    taken: set[str] = set()
    weights = [1 / (rank + 8) for rank in range(len(SIGNS))]
    total, cumulative = 0.0, []
    for weight in weights:
        total += weight
        cumulative.append(total)
    position = 0
    while position < count:
        person = _one(random, position + 1, cumulative)
        mark = person.number or person.name
        if mark in taken:
            continue
        taken.add(mark)
        position += 1
        yield person


def _one(random: Random, position: int, cumulative: list[float]) -> Person:
    share = random.random()
    district = random.choices(HARBIN_DISTRICTS, cum_weights=_PLACES)[0]
    word = _word(random, cumulative)
    rep = person_name(random)
    since = date(2003, 1, 6) + timedelta(days=random.randrange(8600))
    address = f"黑龙江省哈尔滨市{district.name}{random.choice(ROADS)}{random.randrange(1, 400)}号"
    if share < EVERY_PERSON:
        name, number = fictitious_person(random)
        return Person(PERSON, "", name, "", "", since, "", "", "", "", number=number)
    if share < EVERY_PERSON + EVERY_SOLE:
        shop = random.choice(SHOPS)
        name = f"哈尔滨市{district.name}{word}{shop}"
        code = fictitious_code("92", district.code, position)
        return Person(SOLE_TRADER, code, name, district.code, rep, since, "个体工商户", "", f"{shop}经营", address)
    return _organisation(random, position, district.code, district.name, (word, rep, since, address))


def _organisation(
    random: Random, position: int, district: str, place: str, parts: tuple[str, str, date, str]
) -> Person:
    word, rep, since, address = parts
    trade, _, scope = random.choice(TRADES)
    share = random.random()
    prefix, form, capital = "91", "有限责任公司", f"{random.choice((10, 50, 100, 500, 1000))}万元人民币"
    if share < 0.07:
        prefix, form = "93", "农民专业合作社"
        name = f"哈尔滨市{place}{word}{random.choice(('水稻', '玉米', '大豆', '蔬菜'))}种植专业合作社"
    elif share < 0.12:
        prefix, form, capital = "52", "民办非企业单位", "3万元人民币"
        name = f"哈尔滨市{place}{word}{random.choice(('幼儿园', '养老服务中心', '职业培训学校'))}"
    elif share < 0.14:
        prefix, form, capital = "12", "事业单位", "50万元人民币"
        name = f"哈尔滨市{place}{word}{random.choice(('小学', '中学', '卫生服务中心', '文化馆'))}"
    else:
        where = random.choice(("哈尔滨市", "哈尔滨", "黑龙江省", f"哈尔滨市{place}", f"{word}（哈尔滨）"))
        ending = random.choices(tuple(FORM_OF) + ("有限公司",), weights=(3, 1, 8))[0]
        letters = random.choice(("ＡＢＣ", "Smart", "3D")) if share > 0.985 else ""
        name = f"{where}{letters}{word if '（' not in where else ''}{trade}{ending}"
        form = FORM_OF.get(ending, form)
        if share < 0.19:
            name += f"{place[:2]}分公司"
    former = name.replace("哈尔滨市", "黑龙江").replace("有限公司", "有限责任公司") if random.random() < FORMER else ""
    code = fictitious_code(prefix, district, position)
    return Person(
        LEGAL, code, name, district, rep, since, form, capital, scope, address, former if former != name else ""
    )


def _word(random: Random, cumulative: list[float]) -> str:
    share = random.random()
    if share < 0.25:
        return random.choice(SHOP_NAMES) + "".join(random.choices(SIGNS, cum_weights=cumulative, k=1))
    if share < 0.27:
        return random.choices(SIGNS, cum_weights=cumulative)[0] * 2
    return "".join(random.choices(SIGNS, cum_weights=cumulative, k=2 if share < 0.8 else 3))


def _cumulative(weights: list[float]) -> list[float]:
    out, total = [], 0.0
    for weight in weights:
        total += weight
        out.append(total)
    return out


_PLACES = _cumulative([18, 20, 12, 6, 8, 14, 4, 4, 3] + [1.2] * (len(HARBIN_DISTRICTS) - 9))


def sealed(number: str) -> str:
    """A personal number as it stands in a record's content, as JSON."""
    return json.dumps(sealing.seal(number, mask_id(number)), ensure_ascii=False)
