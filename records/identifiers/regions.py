"""Administrative divisions (GB/T 2260): the province table, the cities of Heilongjiang, and Harbin's districts and counties by date.

The development zones and the new area of Harbin have no code of their own in the standard; codes such as 230199 are issued by
registrars for them and are accepted, only the province is checked for plausibility (a firm may have moved, an area may be gone).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PROVINCES: dict[str, str] = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip

# Credit codes also carry 10 (issued by a national registrar) and 66 (新疆生产建设兵团), which are not divisions of GB/T 2260.
REGISTRAR_AREAS: dict[str, str] = {**PROVINCES, "10": "全国", "66": "新疆生产建设兵团"}

HEILONGJIANG_CITIES: dict[str, str] = {
    "2301": "哈尔滨市", "2302": "齐齐哈尔市", "2303": "鸡西市", "2304": "鹤岗市", "2305": "双鸭山市", "2306": "大庆市",
    "2307": "伊春市", "2308": "佳木斯市", "2309": "七台河市", "2310": "牡丹江市", "2311": "黑河市", "2312": "绥化市",
    "2327": "大兴安岭地区",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Region:
    """A district or county of Harbin: `since` and `until` bound the days on which the code was in force (None = open)."""

    code: str
    name: str
    kind: str
    since: date | None = None
    until: date | None = None


def _region(code: str, name: str, since: int | None = None, until: int | None = None) -> Region:
    kind = name[-1] if name[-1] in "区县市" else ""
    return Region(code, name, kind, date(since, 1, 1) if since else None, date(until, 12, 31) if until else None)


# The order is the official one (GB/T 2260): nine districts, seven counties, two county-level cities.
HARBIN_DISTRICTS: tuple[Region, ...] = (
    _region("230102", "道里区"),
    _region("230103", "南岗区"),
    _region("230104", "道外区"),
    _region("230108", "平房区"),
    _region("230109", "松北区", since=2004),
    _region("230110", "香坊区", since=2006),
    _region("230111", "呼兰区", since=2004),
    _region("230112", "阿城区", since=2006),
    _region("230113", "双城区", since=2014),
    _region("230123", "依兰县"),
    _region("230124", "方正县"),
    _region("230125", "宾县"),
    _region("230126", "巴彦县"),
    _region("230127", "木兰县"),
    _region("230128", "通河县"),
    _region("230129", "延寿县"),
    _region("230183", "尚志市"),
    _region("230184", "五常市"),
)

HARBIN_RETIRED: tuple[Region, ...] = (
    _region("230105", "太平区", until=2004),
    _region("230106", "香坊区", until=2006),
    _region("230107", "动力区", until=2006),
    _region("230121", "呼兰县", until=2004),
    _region("230122", "阿城县", until=1987),
    _region("230181", "阿城市", until=2006),
    _region("230182", "双城市", until=2014),
)

_HARBIN: dict[str, Region] = {region.code: region for region in (*HARBIN_DISTRICTS, *HARBIN_RETIRED)}


def in_force(region: Region, on: date) -> bool:
    """True when the code stood in GB/T 2260 on the day; only the year of a change is kept, both sides hold in that year."""
    return (region.since is None or region.since <= on) and (region.until is None or on <= region.until)


def region_name(code: str, on: date | None = None) -> str:
    """Return the Chinese name of a six-digit division, the nearest known level, or "" when even the province is unknown.

    A district of Harbin is named in full; elsewhere the city (in Heilongjiang) or the province. With `on`, a code that was not
    in force on that day is marked: 太平区（已撤销）.
    """
    known = _HARBIN.get(code)
    if known:
        mark = "（已撤销）" if on is not None and not in_force(known, on) and known.until else ""
        return f"哈尔滨市{known.name}{mark}"
    return HEILONGJIANG_CITIES.get(code[:4]) or REGISTRAR_AREAS.get(code[:2], "")


def is_plausible(code: str) -> bool:
    """True when the first two of six digits are a province (or one of the registrars' two extra areas)."""
    return len(code) == 6 and code.isdigit() and code[:2] in REGISTRAR_AREAS
