"""Identity documents of natural persons: GB 11643-1999 for citizens, the same check for residence permits, light checks for others.

Hard rules are the date of birth, the check character and the province; the county is never checked, for it is the place of first
issue and may be long gone. The sex that the number tells is not kept: nobody needs it (PIPL art. 6). Findings carry masked values only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from credit_platform.errors import Finding, Level
from records.identifiers import regions
from records.identifiers.clean import clean_code, is_spreadsheet_damage

CITIZEN = "身份证"
PASSPORT = "护照号"
HK_MACAO_PERMIT = "港澳居民来往内地通行证"
TAIWAN_PERMIT = "台湾居民来往大陆通行证"
FOREIGN_RESIDENT = "外国人永久居留身份证"
RESIDENCE_PERMIT = "港澳台居民居住证"
KINDS: tuple[str, ...] = (CITIZEN, PASSPORT, HK_MACAO_PERMIT, TAIWAN_PERMIT, FOREIGN_RESIDENT, RESIDENCE_PERMIT)

_SYNONYMS: dict[str, str] = {
    "居民身份证": CITIZEN, "公民身份证": CITIZEN, "身份证号": CITIZEN, "二代身份证": CITIZEN, "护照": PASSPORT,
    "港澳通行证": HK_MACAO_PERMIT, "回乡证": HK_MACAO_PERMIT, "台胞证": TAIWAN_PERMIT, "台湾通行证": TAIWAN_PERMIT,
    "外国人永久居留证": FOREIGN_RESIDENT, "港澳台居住证": RESIDENCE_PERMIT, "港澳居民居住证": RESIDENCE_PERMIT,
    "台湾居民居住证": RESIDENCE_PERMIT,
}  # fmt: skip

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_ARTICLE = "GB 11643-1999"
_PERMIT_AREAS = frozenset({"810000", "820000", "830000"})
_CENTENARIANS = frozenset({"996", "997", "998", "999"})
_OLDEST = 110
_FORMS: dict[str, re.Pattern[str]] = {
    PASSPORT: re.compile(r"[A-Z0-9]{5,17}"),
    HK_MACAO_PERMIT: re.compile(r"[HM]\d{8}(?:\d{2})?"),
    TAIWAN_PERMIT: re.compile(r"\d{8}|\d{10}[A-Z]?"),
    FOREIGN_RESIDENT: re.compile(r"[A-Z]{3}\d{12}"),
}


@dataclass(frozen=True, slots=True)
class IdResult:
    """`normal` is the 18-character form where there is one; `birth` and `region` are known only for numbers under GB 11643."""

    normal: str
    kind: str
    findings: tuple[Finding, ...]
    birth: date | None = None
    region: str = ""

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.level is Level.ERROR)

    @property
    def is_valid(self) -> bool:
        return not self.errors

    def minor_on(self, day: date) -> bool:
        """True when the person is not yet 18 on the day; False when the document does not tell the birth.

        Counted as the Supreme People's Court does: of age from the day after the eighteenth birthday, the safer side for what must
        never be public (trap 44).
        """
        return self.birth is not None and day <= _birthday(self.birth, 18)


def make_check_digit(first17: str) -> str:
    """Return the eighteenth character for seventeen digits."""
    return _CHECK[sum(int(c) * w for c, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def upgrade(fifteen: str) -> str:
    """Return the 18-character form of a first-generation number; sequences 996 to 999 were kept for those born in the 1800s."""
    century = "18" if fifteen[12:] in _CENTENARIANS else "19"
    first17 = fifteen[:6] + century + fifteen[6:]
    return first17 + make_check_digit(first17)


def is_first_generation(fifteen: str, *, on: date | None = None) -> bool:
    """True for 15 digits that can be a number of the first generation: they have no check digit, so everything else must fit.

    A known province, a real date of birth, at most 110 years before `on` (not looked at when None), and more than one digit over and
    over: 111111111111111 was typed to fill a field.
    """
    if len(fifteen) != 15 or not _digits(fifteen) or fifteen[:2] not in regions.PROVINCES or len(set(fifteen)) < 2:
        return False
    birth = birth_of(upgrade(fifteen))
    return birth is not None and (on is None or (birth <= on and on.year - birth.year <= _OLDEST))


def birth_of(normal: str) -> date | None:
    """Return the birth date inside a number of 18 characters, None when it is no date."""
    digits = normal[6:14]
    if not (digits.isascii() and digits.isdigit()) or not 1800 <= int(digits[:4]) < 2100:
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def is_well_formed(normal: str) -> bool:
    """True for 18 clean characters with a province (or 9 of foreign residents), a real date and a true check character."""
    return (
        len(normal) == 18
        and _digits(normal[:17])
        and normal[17] == make_check_digit(normal[:17])
        and birth_of(normal) is not None
        and _area_known(normal)
    )


def check(value: object, kind: str = CITIZEN, *, on: date | None = None) -> IdResult:
    """Check the number of an identity document.

    `kind` is the 证件类型 of the standard (usual synonyms are understood, an unknown kind is a WARNING). `on` is the day against which
    a birth in the future is an ERROR. 15 digits are accepted with a WARNING and upgraded, so that both forms match (trap 15).
    """
    known = _SYNONYMS.get(kind.strip(), kind.strip())
    normal = clean_code(value)
    if not normal or is_spreadsheet_damage(value):
        return IdResult(normal, known, (_unreadable(normal),))
    if known == CITIZEN or (known in {FOREIGN_RESIDENT, RESIDENCE_PERMIT} and len(normal) == 18):
        return _check_numbered(normal, known, on)
    form = _FORMS.get(known)
    if form is None:
        kind_finding = _finding("id.kind-unknown", f"未知的证件类型“{known}”，只作原样保存。", normal, Level.WARNING)
        return IdResult(normal, known, (kind_finding,))
    if form.fullmatch(normal):
        return IdResult(normal, known, ())
    return IdResult(normal, known, (_finding("id.form", f"证件号码的格式与“{known}”不符。", normal),))


def mask_id(value: object) -> str:
    """Return the back-office form of a number: six first and four last of a long one, one first and two last of a short one.

    Public pages show nothing at all of it (see `personal.mask_text`).
    """
    normal = clean_code(value)
    if len(normal) >= 15:
        return f"{normal[:6]}{'*' * (len(normal) - 10)}{normal[-4:]}"
    if len(normal) >= 8:
        return f"{normal[0]}{'*' * (len(normal) - 3)}{normal[-2:]}"
    return "*" * len(normal)


def _check_numbered(normal: str, kind: str, on: date | None) -> IdResult:
    findings: list[Finding] = []
    if len(normal) == 15 and _digits(normal):
        if birth_of(upgrade(normal)) is not None and not is_first_generation(normal, on=on):
            text = "这15位数字不是身份证号码：地区、出生日期不合理，或只是为填满栏目的数字。"
            return IdResult(normal, kind, (_finding("id.first-generation-form", text, normal),))
        findings.append(
            _finding("id.first-generation", "15位身份证号码自2013年起已停用，已换算为18位。", normal, Level.WARNING)
        )
        normal = upgrade(normal)
    if len(normal) != 18 or not _digits(normal[:17]) or normal[17] not in _CHECK:
        return IdResult(normal, kind, (_finding("id.form", "身份证号码应为18位数字（末位可为X）。", normal),))
    birth = birth_of(normal)
    findings += _date_findings(normal, birth, on)
    if not _area_known(normal):
        findings.append(_finding("id.area", "身份证号码前两位不是已知的省级地区。", normal))
    if make_check_digit(normal[:17]) != normal[17]:
        findings.append(_finding("id.check-digit", "身份证号码校验位不正确，至少有一位写错。", normal))
    if not _area_fits(normal, kind):
        findings.append(_finding("id.kind", f"号码的地区段与证件类型“{kind}”不一致。", normal, Level.WARNING))
    return IdResult(normal, kind, tuple(findings), birth, normal[:6])


def _date_findings(normal: str, birth: date | None, on: date | None) -> list[Finding]:
    if birth is None:
        return [_finding("id.birth", "身份证号码中的出生日期不存在。", normal)]
    if on is not None and birth > on:
        return [_finding("id.birth-future", "身份证号码中的出生日期晚于业务日期。", normal)]
    if on is not None and on.year - birth.year > 130:
        return [_finding("id.age", "身份证号码显示年龄超过130岁，请核对。", normal, Level.WARNING)]
    return []


def _area_known(normal: str) -> bool:
    return normal[:2] in regions.PROVINCES or normal[:6] in _PERMIT_AREAS or _is_foreign(normal)


def _area_fits(normal: str, kind: str) -> bool:
    if kind == FOREIGN_RESIDENT:
        return _is_foreign(normal)
    if kind == RESIDENCE_PERMIT:
        return normal[:6] in _PERMIT_AREAS
    return normal[0] != "9" and normal[:6] not in _PERMIT_AREAS


def _is_foreign(normal: str) -> bool:
    """A foreigner's permanent resident card since 2023: 9, province of application, three digits of nationality."""
    return normal[0] == "9" and normal[1:3] in regions.REGISTRAR_AREAS


def _birthday(birth: date, age: int) -> date:
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:  # born on 29 February
        return date(birth.year + age, 2, 28)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _unreadable(normal: str) -> Finding:
    if not normal:
        return _finding("id.empty", "证件号码为空。", "")
    return _finding("id.float", "证件号码被表格软件转成了数值，后几位已丢失。", normal)


def _finding(rule: str, text: str, value: str, level: Level = Level.ERROR) -> Finding:
    return Finding(rule, level, text, "请与证件原件逐位核对。", value=mask_id(value), article=_ARTICLE)
