"""Document numbers (文书号): one key for all the ways the same number is typed; the original is what people see.

〔2020〕 [2020] (2020) 【2020】, full-width and half-width digits, blanks: one number (trap 13). 第…号 stays: 第5号 and 5号 may be two
documents. A number that a spreadsheet has damaged is refused, for its digits cannot be had back (trap 29). A full stop behind the number
is the sentence's, not the number's.
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
_OWN_KEY = re.compile(r"[0-9A-Z〔〕\u4e00-\u9fa5]+").fullmatch
_USUAL = re.compile(r"[\u4e00-\u9fa5]{1,20}〔(?:19|20)[0-9]{2}〕[\u4e00-\u9fa5]{0,6}[0-9]{1,10}号").fullmatch
_STOPS = "。．.,，;；、"
_JAVA = re.compile(r"[0-9]\.[0-9]+E[0-9]{1,2}")
_NUMERAL = re.compile(r"[0-9〇零一二三四五六七八九十百]")
_SERIAL = re.compile(r"^[0-9]{1,3}$")
_EMPTY_YEAR = re.compile(r"〔〕")
_ONLY_YEAR = re.compile(r"^[\u4e00-\u9fa5A-Z]+〔?(?:19|20)[0-9]{2}〕?(?:年|年度)?号?$")
_CASE = re.compile(r"涉嫌|一案$|案$|案件$")
_NUMBERED = re.compile(r"〔[0-9]{4}〕.*[0-9]+号")
_ODD = re.compile(r"[\^~`!?#$%&|@\\]")
_NO_PENALTY = re.compile(r"不予(?:行政)?处罚|不予罚|不罚|免予(?:行政)?处罚|免罚")


@dataclass(frozen=True, slots=True)
class DocNumberResult:
    """`display` is the original without blanks around it and without a full stop behind it; `key` is what is compared."""

    display: str
    key: str
    findings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        return not any(each.level is Level.ERROR for each in self.findings)


def key(value: object) -> str:
    """Return the comparison key of a document number: NFKC, one kind of bracket and dash, upper case, no blanks, no stop at its end."""
    before, text = None, "" if value is None else str(value)
    if _OWN_KEY(text):
        return text
    while text != before:  # what falls away may bring a letter and its accent together
        before = text
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper()).translate(_FOLD)
        text = "".join(c for c in folded if unicodedata.category(c) not in _DROPPED).rstrip(_STOPS)
    return text


def is_usual(text: str) -> bool:
    """True when a number is written the usual way, 哈市监罚〔2026〕15号: it is its own key, and `check` and `doubt` say nothing."""
    return _USUAL(text) is not None


def check(value: object) -> DocNumberResult:
    """Check a document number: ERROR when empty or when a program has turned it into a number; a stop behind it is taken off and told."""
    written = "" if value is None else str(value).strip()
    normal = key(written)
    display = written.rstrip(_STOPS).rstrip()
    if is_spreadsheet_damage(value) or _JAVA.fullmatch(normal):
        text = f"文书号“{display}”被表格软件转成了数值，原号已无法还原。"
        mend = "请把该列设为“文本”格式后重新填写。"
        return DocNumberResult(display, normal, (Finding("docnumber.float", Level.ERROR, text, mend, value=display),))
    if not any(c.isalnum() for c in normal):
        return DocNumberResult(display, normal, (Finding("docnumber.empty", Level.ERROR, "文书号不能为空。"),))
    if display != written:
        text = f"文书号末尾的“{written[len(display) :]}”已去掉。"
        return DocNumberResult(display, normal, (Finding("docnumber.stop", Level.WARNING, text, value=written),))
    return DocNumberResult(display, normal, ())


def doubt(number: str) -> Finding | None:
    """Why a number that can be read can hardly be that of a decision; None when nothing speaks against it.

    ERROR where it certainly is none (a running number, the name of a case, brackets without a year); WARNING where it may be one all the
    same, badly written at its source: no serial number behind the year, unequal brackets, signs that no number has.
    """
    if is_usual(number):
        return None
    normal = key(number)
    if _SERIAL.match(normal):
        return _finding("docnumber.running", Level.ERROR, "像是序号，不是文书号", number)
    if not _NUMERAL.search(normal):
        return _finding("docnumber.no-digits", Level.ERROR, "没有数字，不是文书号", number)
    if _CASE.search(normal) and not _NUMBERED.search(normal):
        return _finding("docnumber.case-name", Level.ERROR, "像是案件名称，不是文书号", number)
    if _EMPTY_YEAR.search(normal):
        return _finding("docnumber.no-year", Level.ERROR, "括号内没有年份", number)
    if _ONLY_YEAR.match(normal):
        return _finding("docnumber.no-serial", Level.WARNING, "只有年份，没有顺序号", number)
    if normal.count("〔") != normal.count("〕"):
        return _finding("docnumber.brackets", Level.WARNING, "括号不成对", number)
    if _ODD.search(normal):
        return _finding("docnumber.sign", Level.WARNING, f"含有不应出现的符号“{_ODD.search(normal)[0]}”", number)  # type: ignore[index]
    return None


def says_no_penalty(number: str) -> bool:
    """Whether a number is that of a decision not to punish (不予行政处罚决定)."""
    return _NO_PENALTY.search(number) is not None


def _finding(rule: str, level: Level, why: str, number: str) -> Finding:
    return Finding(rule, level, f"文书号“{number[:60]}”{why}。", "请按决定书填写完整文书号。", value=number)
