"""工商注册号, GS 15-2006: six digits of area, eight of sequence, one check digit (ISO 7064 MOD 11,10); 13 digits before 2007.

The number was issued once and is replaced by the credit code, so a wrong one cannot be mended at the source: only warnings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from credit_platform.errors import Finding, Level
from records.identifiers.clean import clean_code

_ARTICLE = "GS 15-2006"
_COOPERATIVE = re.compile(r"\d{6}N[A-Z]\d{6}[\dX]")


@dataclass(frozen=True, slots=True)
class RegNoResult:
    normal: str
    findings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        return not self.findings


def make_check_digit(first14: str) -> str:
    """Return the fifteenth digit (ISO 7064 MOD 11,10) for fourteen digits."""
    product = 10
    for digit in first14:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def is_well_formed(normal: str) -> bool:
    """True for fifteen clean digits whose check digit holds."""
    return len(normal) == 15 and _is_digits(normal) and make_check_digit(normal[:14]) == normal[14]


def check(value: object) -> RegNoResult:
    """Check a registration number; all findings are WARNINGs (see the module)."""
    normal = clean_code(value)
    if is_well_formed(normal) or (len(normal) == 13 and _is_digits(normal)) or _COOPERATIVE.fullmatch(normal):
        return RegNoResult(normal, ())
    if len(normal) == 15 and _is_digits(normal):
        return RegNoResult(normal, (_finding("regno.check-digit", "注册号校验位不正确。", normal),))
    text = f"注册号一般为15位数字（旧号13位），现为“{normal}”。"
    return RegNoResult(normal, (_finding("regno.form", text, normal),))


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _finding(rule: str, text: str, value: str) -> Finding:
    return Finding(rule, Level.WARNING, text, mend="请核对原营业执照。", value=value, article=_ARTICLE)
