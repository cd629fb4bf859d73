"""Names of subjects and persons: the form that search compares, its two-character pieces, and masking."""

from __future__ import annotations

import re
import unicodedata

COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "巫马",
        "公西",
        "颛孙",
        "壤驷",
        "公良",
        "漆雕",
        "乐正",
        "宰父",
        "谷梁",
        "拓跋",
        "夹谷",
        "轩辕",
        "令狐",
        "段干",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "羊舌",
        "微生",
        "公户",
        "公玉",
        "公仪",
        "梁丘",
        "公仲",
        "公上",
        "公门",
        "公山",
        "公坚",
        "左丘",
        "公伯",
        "西门",
        "公祖",
        "第五",
        "公乘",
        "贯丘",
        "公皙",
        "南荣",
        "东里",
        "东宫",
        "仲长",
        "子书",
        "子桑",
        "即墨",
        "达奚",
        "褚师",
        "爱新觉罗",
        "叶赫那拉",
        "那拉",
        "纳兰",
        "完颜",
        "耶律",
        "富察",
        "钮祜禄",
        "瓜尔佳",
        "佟佳",
    ]
)
_LONGEST_SURNAME = max(map(len, COMPOUND_SURNAMES))
_KEPT = frozenset("LMN")
_PERSON_SEPARATORS = re.compile(r"[、,，;；/]")
_BRACKETED = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]?")

_COMPANY_WORDS = (
    "公司", "集团", "企业", "合作社", "联合社", "事务所", "研究院", "研究所", "委员会", "办公室", "管理局", "有限合伙", "经营部",
    "营业部", "工作室", "代表处", "办事处", "服务部", "加工厂", "供销社", "供销部", "幼儿园", "俱乐部", "基金会", "个体工商户",
)  # fmt: skip
_COMPANY_ENDINGS = tuple("厂店社部局院所行馆站场库堂坊铺校队园处") + (
    "中心",
    "学校",
    "医院",
    "协会",
    "商会",
    "学会",
    "超市",
    "饭店",
)
_SHORTEST_COMPANY = 4

# What nearly every name consists of: characters that no normal form changes, and signs that every one drops.
_PLAIN = re.compile(r"[0-9a-z\u4e00-\u9fa5]*").fullmatch
_SIGNS = dict.fromkeys(map(ord, "()（）[]【】〔〕-·、, "))


def normalise(name: object) -> str:
    """Return the form of a name that search compares: NFKC, case folded, letters and digits only.

    Brackets of all kinds, blanks, the middle dot and hyphens fall away; the text inside brackets stays: 哈尔滨（道里）店 = 哈尔滨道里店.
    """
    before, text = None, "" if name is None else str(name)
    quick = text.translate(_SIGNS).lower()
    if _PLAIN(quick):
        return quick
    while text != before:  # what falls away may bring a letter and its accent together
        before = text
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        text = "".join(c for c in folded if unicodedata.category(c)[0] in _KEPT or unicodedata.category(c) == "Co")
    return text


def bigrams(normal: str) -> list[str]:
    """Return the distinct two-character pieces of a normal form, in order; a single character gives itself.

    Every part of two characters and more has only pieces that the whole has too: that is what makes the index complete.
    """
    if len(normal) < 2:
        return [normal] if normal else []
    return list(dict.fromkeys(normal[i : i + 2] for i in range(len(normal) - 1)))


def mask_person_name(name: object) -> str:
    """Return a person's name with the surname only: 张*, 张**, 欧阳**; a foreign or long name keeps its first letter: J***.

    Several names in one field (张三、李四) are masked one by one; what stands in brackets behind a name falls away.
    """
    text = _BRACKETED.sub("", unicodedata.normalize("NFKC", "" if name is None else str(name)))
    return "、".join(_mask_one(part) for part in _PERSON_SEPARATORS.split(text) if part.strip())


def is_masked_name(name: str) -> bool:
    """Whether nothing but a surname (or the first letter of a foreign name) is left of a person's name: 王某某, 李*, 欧阳**, J***."""
    bare = name.rstrip("*某")
    return len(bare) < len(name) and (len(bare) == 1 or bare in COMPOUND_SURNAMES) and bare not in "*某"


def is_like_company(name: object) -> bool:
    """True when a name reads like an organisation's: for the warning when it stands where a person's belongs, or the reverse."""
    normal = normalise(name)
    if len(normal) < _SHORTEST_COMPANY:
        return False
    return any(word in normal for word in _COMPANY_WORDS) or normal.endswith(_COMPANY_ENDINGS)


def _mask_one(name: str) -> str:
    bare = "".join(name.split())
    if len(bare) > 4 and not _compound(bare):
        return f"{bare[0]}***"
    if not _is_han(bare):
        return f"{bare[0]}***"
    surname = _compound(bare) or bare[0]
    return surname + "*" * max(1, len(bare) - len(surname))


def _compound(name: str) -> str:
    """Return the compound surname that opens a name of at least one character more, or ""."""
    for length in range(min(_LONGEST_SURNAME, len(name) - 1), 1, -1):
        if name[:length] in COMPOUND_SURNAMES and len(name) - length <= 3:
            return name[:length]
    return ""


def _is_han(text: str) -> bool:
    return all(c in "*某" or unicodedata.name(c, "").startswith("CJK") or unicodedata.category(c) == "Co" for c in text)
