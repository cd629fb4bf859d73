"""Document numbers (文书号): one key for all the ways the same number is typed; the original is what people see.

〔2020〕 [2020] (2020) 【2020】, full-width and half-width digits, blanks: one number (trap 13). 第…号 stays: 第5号 and 5号 may be two
documents. A number that a spreadsheet has damaged is refused, for its digits cannot be had back (trap 29).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from credit_platform.errors import Finding, Level
from records.identifiers.clean import is_spreadsheet_damage

_FOLD = str.maketrans(
    dict.fromkeys("([{【〖〔《〈「『<", "〔")
    | dict.fromkeys(")]}】〗〕》〉」』>", "〕")
    | dict.fromkeys("‐‑‒–—―−─", "-")
    | {"○": "〇", "◯": "〇"}
)
_DROPPED = frozenset({"Zs", "Zl", "Zp", "Cf", "Cc"})
_USUAL = re.compile(r"[0-9A-Z〔〕\u4e00-\u9fa5]+").fullmatch


@dataclass(frozen=True, slots=True)
class DocNumberResult:
    """`display` is the original without blanks around it; `key` is what is compared."""

    display: str
    key: str
    findings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        return not self.findings


def key(value: object) -> str:
    """Return the comparison key of a document number: NFKC, one kind of bracket and dash, upper case, no blanks."""
    before, text = None, "" if value is None else str(value)
    if _USUAL(text):
        return text
    while text != before:  # what falls away may bring a letter and its accent together
        before = text
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper()).translate(_FOLD)
        text = "".join(c for c in folded if unicodedata.category(c) not in _DROPPED)
    return text


def is_usual(text: str) -> bool:
    """True when a number is written the usual way, 哈市监罚〔2026〕15号: it is its own key, and `check` says nothing."""
    return _USUAL(text) is not None and text.strip("〔〕") != ""


def check(value: object) -> DocNumberResult:
    """Check a document number: ERROR when empty or when a spreadsheet has turned it into a number."""
    display = "" if value is None else str(value).strip()
    normal = key(display)
    if is_spreadsheet_damage(value):
        text = f"文书号“{display}”被表格软件转成了数值，原号已无法还原。"
        mend = "请把该列设为“文本”格式后重新填写。"
        return DocNumberResult(display, normal, (Finding("docnumber.float", Level.ERROR, text, mend, value=display),))
    if not any(c.isalnum() for c in normal):
        return DocNumberResult(display, normal, (Finding("docnumber.empty", Level.ERROR, "文书号不能为空。"),))
    return DocNumberResult(display, normal, ())
