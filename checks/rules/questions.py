"""What may be asked: a code or the number of a paper, for a case and a matter; everything wrong with a question is told at once. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from checks.rules.states import PURPOSE_LABELS
from credit_platform.errors import Finding, at_field, required
from records.identifiers import idcard, personal, uscc
from records.identifiers.clean import clean_code

LONGEST_CASE = 64
LONGEST_NAME = 200
FEWEST_DIGITS = 11
OLDEST = date(2015, 1, 1)
"""Before that day there were no unified codes and nothing of ours to tell."""
_RUN = re.compile(rf"\d{{{FEWEST_DIGITS}}}")
"""In eighteen signs without blanks a number of a person is a run of digits; most codes have letters between theirs."""
_CASE = re.compile(r"[\w〔〕（）()\[\]【】\-./#:：]+")


@dataclass(frozen=True, slots=True)
class Question:
    """Whom a check is about, and for which case. Exactly one of `code` and `id_number` is given; `name` is compared when it is given; `row` is
    its place in a file."""

    case_number: str
    code: str = ""
    name: str = ""
    id_number: str = field(default="", repr=False)
    id_type: str = idcard.CITIZEN
    as_of: date | None = None
    row: int | None = None

    @property
    def of_person(self) -> bool:
        """Whether a natural person is asked about."""
        return bool(self.id_number)


def cleaned(question: Question) -> Question:
    """The question with codes and numbers in their normal form, blanks taken off."""
    return Question(
        question.case_number.strip(),
        clean_code(question.code) if question.code else "",
        question.name.strip(),
        clean_code(question.id_number) if question.id_number else "",
        question.id_type.strip() or idcard.CITIZEN,
        question.as_of,
        question.row,
    )


def against(question: Question, *, today: date) -> Iterable[Finding]:
    """What keeps a question from being asked, each finding at its field. No finding tells a number of a person."""
    yield from against_case(question.case_number)
    if bool(question.code) == bool(question.id_number):
        words = "请填写统一社会信用代码，自然人填写证件号码，两者填一项；不能只凭名称核查。"
        yield at_field("checks.whom", "code", words)
    elif question.code:
        yield from _against_code(question.code)
    else:
        yield from _against_number(question)
    if len(question.name) > LONGEST_NAME or _personal(question.name):
        yield at_field("checks.name", "name", f"名称不超过{LONGEST_NAME}个字，不含证件号码。")
    if question.as_of is not None and not OLDEST <= question.as_of <= today:
        yield at_field("checks.as-of", "as_of", "截至日期应在2015年1月1日至今天之间。")


def against_purpose(purpose: str) -> Iterable[Finding]:
    """A purpose that is none of the list."""
    if purpose not in PURPOSE_LABELS:
        known = "、".join(f"{code}（{label}）" for code, label in PURPOSE_LABELS.items())
        yield at_field("checks.purpose", "purpose", "核查目的不在清单中。", mend=f"可用的核查目的：{known}。")


def against_case(number: str) -> Iterable[Finding]:
    """What stands against the number of a case: missing, too long, signs that no number has, a number of a person."""
    if not number or len(number) > LONGEST_CASE:
        yield from required(number, "case_number", "请填写办件编号。", rule="checks.case", most=LONGEST_CASE)
    elif not _CASE.fullmatch(number) or _personal(number):
        words = "办件编号只含文字、字母、数字和括号、连字符，不含证件号码。"
        yield at_field("checks.case", "case_number", words)


def _against_code(code: str) -> Iterable[Finding]:
    shaped = len(code) == 18 and all(sign in uscc.ALPHABET for sign in code) and code[0] in uscc.DEPARTMENTS
    if not shaped or (_RUN.search(code) and _personal(code)):
        words = "统一社会信用代码应为18位，由数字和大写字母（不含I、O、S、V、Z）组成。"
        yield at_field("checks.code", "code", words, mend="自然人请填写证件号码（id_number），不要填在代码中。")


def _personal(text: str) -> bool:
    """Whether a text holds a number of a person. With fewer digits than a telephone has it holds none, and is not looked at any closer."""
    return sum(map(str.isdigit, text)) >= FEWEST_DIGITS and bool(personal.findings(text))


def _against_number(question: Question) -> Iterable[Finding]:
    if idcard.check(question.id_number, question.id_type).errors:
        yield at_field(
            "checks.id-number", "id_number", "证件号码不正确，或者与证件类型不符。", mend="请核对证件上的号码。"
        )
    if not question.name:
        yield at_field("checks.person-name", "name", "核查自然人须填写姓名，与证件号码一并比对。")
