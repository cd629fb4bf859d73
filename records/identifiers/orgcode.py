"""组织机构代码, GB 11714-1997: eight characters and a check character (12345678-9 in old documents)."""

from __future__ import annotations

from dataclasses import dataclass
from operator import mul

from credit_platform.errors import Finding, Level
from records.identifiers.clean import clean_code

_VALUES: dict[str, int] = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_NO_SIGN = 255
_BYTES = bytes(_VALUES.get(chr(code), _NO_SIGN) for code in range(256))
_CHECK = "123456789X0"
"""The ninth character for 11 less the sum, from 1 to 11."""
_ARTICLE = "GB 11714-1997"


@dataclass(frozen=True, slots=True)
class OrgCodeResult:
    """`normal` is the nine characters without hyphen."""

    normal: str
    findings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        return not self.findings


def make_check_digit(first8: str) -> str:
    """Return the ninth character for eight digits or capital letters (KeyError for anything else)."""
    check = 11 - sum(_VALUES[c] * w for c, w in zip(first8, _WEIGHTS, strict=True)) % 11
    return "X" if check == 10 else "0" if check == 11 else str(check)


def is_well_formed(normal: str) -> bool:
    """True for nine clean characters whose check character holds."""
    if len(normal) != 9 or not normal.isascii():
        return False
    values = normal.encode().translate(_BYTES)
    return _NO_SIGN not in values and _CHECK[10 - sum(map(mul, values, _WEIGHTS)) % 11] == normal[8]


def check(value: object) -> OrgCodeResult:
    """Check an organisation code; any failure is an ERROR, for the number has been replaced and cannot be looked up again."""
    normal = clean_code(value)
    if len(normal) != 9 or any(c not in _VALUES for c in normal):
        text = f"组织机构代码应为9位数字或字母，现为“{normal}”。"
        return OrgCodeResult(normal, (_finding("orgcode.form", text, normal),))
    if not is_well_formed(normal):
        return OrgCodeResult(normal, (_finding("orgcode.check-digit", "组织机构代码校验位不正确。", normal),))
    return OrgCodeResult(normal, ())


def _finding(rule: str, text: str, value: str) -> Finding:
    return Finding(rule, Level.ERROR, text, mend="请核对组织机构代码证。", value=value, article=_ARTICLE)
