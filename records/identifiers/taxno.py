"""税务登记号: 15 characters (area and organisation code), 17, 18 or 20 for persons' cards and credit codes. A light check."""

from __future__ import annotations

from dataclasses import dataclass

from credit_platform.errors import Finding, Level
from records.identifiers.clean import clean_code

LENGTHS = frozenset({15, 17, 18, 20})


@dataclass(frozen=True, slots=True)
class TaxNoResult:
    normal: str
    findings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        return not self.findings


def check(value: object) -> TaxNoResult:
    """Check length and characters of a tax number; a doubt is a WARNING, for the old numbers had many local forms."""
    normal = clean_code(value)
    if len(normal) in LENGTHS and normal.isascii() and normal.isalnum():
        return TaxNoResult(normal, ())
    text = f"税务登记号一般为15、17、18或20位数字或字母，现为{len(normal)}位。"
    return TaxNoResult(normal, (Finding("taxno.form", Level.WARNING, text, mend="请核对税务登记证。", value=normal),))
