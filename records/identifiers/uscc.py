"""统一社会信用代码, GB 32100-2015 with amendment 1: 18 characters that say who registered whom, where, and under which own code.

Length, alphabet, a letter in the area, check character and a pair of department and kind that cannot be are ERRORs; an unknown
registrar letter, an unknown area or a failing inner code (GB 11714) are WARNINGs, for the standard grows and old codes break the inner
digit. The few real codes that fail the check (trap 19) are passed in as `exempt`, each kept elsewhere with its evidence.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from operator import mul

from credit_platform.errors import Finding, Level
from records.identifiers import idcard, orgcode, regions
from records.identifiers.clean import clean_code, is_spreadsheet_damage

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES: dict[str, int] = {c: i for i, c in enumerate(ALPHABET)}
_NO_SIGN = 255
_BYTES = bytes(_VALUES.get(chr(code), _NO_SIGN) for code in range(256))
WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
PLACEHOLDER = "00000000000000000X"
_ARTICLE = "GB 32100-2015"

DEPARTMENTS: dict[str, str] = {
    "1": "机构编制", "2": "外交", "3": "司法行政", "4": "文化", "5": "民政", "6": "旅游", "7": "宗教", "8": "工会",
    "9": "市场监管", "A": "中央军委改革和编制办公室", "G": "公安", "N": "农业农村", "Y": "其他",
}  # fmt: skip

KINDS: dict[str, str] = {
    "11": "机关", "12": "事业单位", "13": "编办直接管理机构编制的群众团体", "19": "其他",
    "21": "外国常驻新闻机构", "29": "其他",
    "31": "律师执业机构", "32": "公证处", "33": "基层法律服务所", "34": "司法鉴定机构", "35": "仲裁委员会", "39": "其他",
    "41": "外国在华文化中心", "49": "其他",
    # 54 is the code of villagers' and residents' committees, given by the civil affairs departments since 2018.
    "51": "社会团体", "52": "民办非企业单位", "53": "基金会", "54": "基层群众性自治组织", "59": "其他",
    "61": "外国旅游部门常驻代表机构", "62": "港澳台地区旅游部门常驻内地（大陆）代表机构", "69": "其他",
    "71": "宗教活动场所", "72": "宗教院校", "79": "其他",
    "81": "基层工会", "89": "其他",
    "91": "企业", "92": "个体工商户", "93": "农民专业合作社", "99": "其他",
    "A1": "军队事业单位", "A9": "其他",
    "G1": "境外非政府组织代表机构",
    "N1": "组级集体经济组织", "N2": "村级集体经济组织", "N3": "乡镇级集体经济组织", "N9": "其他",
    "Y1": "其他",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UsccResult:
    """What a code says. `category` is the registering department, `org_kind` what it registered, in Chinese, "" when unknown."""

    normal: str
    findings: tuple[Finding, ...]
    category: str = ""
    org_kind: str = ""
    region: str = ""
    org_code: str = ""
    is_placeholder: bool = False

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.level is Level.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.level is Level.WARNING)

    @property
    def is_valid(self) -> bool:
        return not self.errors


def make_check_digit(first17: str) -> str:
    """Return the eighteenth character for seventeen of the standard's alphabet (KeyError for any other character)."""
    return ALPHABET[-sum(_VALUES[c] * w for c, w in zip(first17, WEIGHTS, strict=True)) % 31]


def is_placeholder(normal: str) -> bool:
    """True for what departments type when there is no code: 17 zeros and X, all zeros, or one character throughout."""
    if len(normal) > 2 and normal[0] != normal[1]:
        return False
    return len(normal) > 1 and (len(set(normal)) == 1 or (set(normal[:-1]) == {"0"} and normal[-1] in "0X"))


def check(code: object, *, exempt: Set[str] = frozenset()) -> UsccResult:
    """Check a unified social credit code as typed.

    `exempt`: normal forms of real codes known to fail check character or pair; for them these two are WARNINGs.
    A placeholder is an ERROR `uscc.placeholder` with `is_placeholder` set, so that the caller may allow it where the standard does
    (个体工商户 without a code); placeholders of two subjects never mean the same subject (trap 17).
    """
    normal = clean_code(code)
    if is_placeholder(normal):
        finding = _error(
            "uscc.placeholder", "统一社会信用代码填写了占位符，不是真实代码。", normal, "请填写证照上的代码。"
        )
        return UsccResult(normal, (finding,), is_placeholder=True)
    broken = _form(code, normal)
    if broken:
        return UsccResult(normal, broken)
    level = Level.WARNING if normal in exempt else Level.ERROR
    findings = (*_check_character(normal, level), *_pair(normal, level), *_not_an_id(normal), *_inner(normal))
    return UsccResult(
        normal,
        findings,
        category=DEPARTMENTS.get(normal[0], ""),
        org_kind=KINDS.get(normal[:2], ""),
        region=normal[2:8],
        org_code=normal[8:17],
    )


def is_well_formed(normal: str) -> bool:
    """True for a clean code of 18 with a true check character, a known pair and digits for its area: the strict test, for finding codes
    in text."""
    if len(normal) != 18 or normal[:2] not in KINDS or not normal.isascii() or not normal[2:8].isdigit():
        return False
    values = normal.encode().translate(_BYTES)
    return _NO_SIGN not in values and -sum(map(mul, values, WEIGHTS)) % 31 == values[17]


def is_flawless(text: str) -> bool:
    """True when `check` would answer with this very text and without a word: the quick way for the millions of codes that are right."""
    return (
        is_well_formed(text)
        and text[2:4] in regions.REGISTRAR_AREAS
        and orgcode.is_well_formed(text[8:17])
        and not idcard.is_well_formed(text)
    )


def _form(raw: object, normal: str) -> tuple[Finding, ...]:
    if is_spreadsheet_damage(raw):
        text = "统一社会信用代码被表格软件转成了数值，原代码已无法还原。"
        return (_error("uscc.float", text, str(raw), "请把该列设为“文本”格式后重新填写。"),)
    if len(normal) != 18:
        text = f"统一社会信用代码应为18位，现为{len(normal)}位。" if normal else "统一社会信用代码为空。"
        return (_error("uscc.length", text, normal),)
    strange = "".join(dict.fromkeys(c for c in normal if c not in _VALUES))
    if strange:
        mend = "代码不使用字母 I、O、Z、S、V，请检查是否把 0、1、2、5 写成了字母。"
        return (_error("uscc.alphabet", f"统一社会信用代码含有不允许的字符“{strange}”。", normal, mend),)
    if not normal[2:8].isdigit():
        text = f"统一社会信用代码第3至8位是登记管理机关行政区划码，应为6位数字，现为“{normal[2:8]}”。"
        return (_error("uscc.area-form", text, normal),)
    return ()


def _check_character(normal: str, level: Level) -> tuple[Finding, ...]:
    if make_check_digit(normal[:17]) == normal[17]:
        return ()
    if level is Level.WARNING:
        return (_warning("uscc.exempt", "该代码校验位不符，已列入豁免名单。", normal),)
    return (_error("uscc.check-digit", "统一社会信用代码校验位不正确，至少有一位写错。", normal),)


def _pair(normal: str, level: Level) -> tuple[Finding, ...]:
    """A digit that opens no known pair is an error: 43… and 36… are ID numbers that pass the check by chance (trap 11)."""
    if normal[:2] in KINDS:
        return ()
    text = f"第1、2位“{normal[:2]}”不是已知的登记管理部门和机构类别。"
    if normal[0].isdigit() and level is Level.ERROR:
        return (_error("uscc.pair", text, normal, "请核对是否误填了身份证号码或其他号码。"),)
    return (_warning("uscc.pair", text, normal),)


def _not_an_id(normal: str) -> tuple[Finding, ...]:
    if not idcard.is_well_formed(normal):
        return ()
    text = "该号码符合公民身份号码的全部规则，疑似误填了身份证号码。"
    if regions.is_plausible(normal[2:8]) and orgcode.is_well_formed(normal[8:17]):
        return (_warning("uscc.is-id-card", text, normal),)
    return (_error("uscc.is-id-card", text, normal, "自然人不填统一社会信用代码，身份证号码请填在证件号码栏。"),)


def _inner(normal: str) -> tuple[Finding, ...]:
    findings = []
    if not regions.is_plausible(normal[2:8]):
        findings.append(_warning("uscc.region", f"第3至8位“{normal[2:8]}”不是已知的行政区划。", normal))
    if not orgcode.is_well_formed(normal[8:17]):
        findings.append(_warning("uscc.org-code", "第9至17位主体标识码的校验位不符（GB 11714）。", normal))
    return tuple(findings)


def _shown(normal: str) -> str:
    return idcard.mask_id(normal) if idcard.is_well_formed(normal) else normal


def _error(rule: str, text: str, value: str, mend: str = "请与营业执照或登记证书逐位核对。") -> Finding:
    return Finding(rule, Level.ERROR, text, mend, value=_shown(value), article=_ARTICLE)


def _warning(rule: str, text: str, value: str) -> Finding:
    return Finding(rule, Level.WARNING, text, "请核对；代码无误时可保留。", value=_shown(value), article=_ARTICLE)
