"""What must hold before each step of a repair: the commitment, the authority's word, the decision, the screen, the undoing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from credit_platform.errors import Finding, at_field, required
from credit_platform.workdays.rules import add_months
from repair.rules import procedure
from repair.rules.eligibility import Eligibility, May
from repair.rules.procedure import ARTICLE, Way

LONGEST = 1000
MANDATORY = (
    ("所提交的材料真实、合法、有效", re.compile(r"材料[^。；\n]*真实[^。；\n]*有效")),
    ("愿意承担违背承诺的责任", re.compile(r"承担[^。；\n]*违背承诺[^。；\n]*责任")),
)
"""The two sentences that a letter for a repair must have (令第36号), with how each is known."""


def missing_sentences(letter: str) -> list[str]:
    """Which of the two mandatory sentences a letter lacks; empty when it has both."""
    text = "".join(letter.split(" "))
    return [words for words, form in MANDATORY if not form.search(text)]


def against_letter(letter: str) -> Iterable[Finding]:
    """What stands against a commitment letter for a repair."""
    for words in missing_sentences(letter):
        yield at_field("repair.letter", "letter", f"信用承诺书缺少“{words}”的内容。", article=ARTICLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A ruling of the bankruptcy court: which court, its number, its day; who asks (管理人), and by when the plan is to be carried out."""

    court: str
    number: str
    on: date | None
    administrator: str = ""
    plan_until: date | None = None


def against_ruling(ruling: Ruling, *, on: date) -> Iterable[Finding]:
    """What stands against an application on a ruling (国办发〔2025〕22号; 企业破产法 arts. 86, 98)."""
    yield from required(ruling.court, "court", "请填写作出裁定的人民法院。", rule="repair.court", most=100)
    yield from required(ruling.number, "ruling_number", "请填写裁定书文号。", rule="repair.ruling", most=100)
    if ruling.on is None or ruling.on > on:
        yield at_field("repair.ruling-day", "ruling_on", "请填写裁定日期，不得晚于今天。")
    if ruling.plan_until is None:
        yield at_field("repair.plan", "plan_until", "请填写重整计划（和解协议）执行期限届满日。")
    elif ruling.on is not None and ruling.plan_until < ruling.on:
        yield at_field("repair.plan", "plan_until", "执行期限届满日不应早于裁定日期。")


def against_screen(found: Eligibility) -> Iterable[Finding]:
    """What stands against screening an item on a ruling: no shortest period, only that there is nothing to screen, or that somebody is at it."""
    if found.may in (May.REPAIRED, May.OVER, May.HANDLED, May.BLOCKED):
        yield at_field(f"repair.{found.may}", "way", found.words, article=ARTICLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What the authority says: its finding, the day of performance, its document (an entry leaves a list by one), the ground."""

    finding: procedure.Finding
    text: str
    performed_on: date | None = None
    document: str = ""


def may_verify(
    word: Word, *, way: Way, is_entry: bool, decided_on: date, first_on: date | None, on: date
) -> Iterable[Finding]:
    """What stands against the authority's word: no ground, conditions met without a day or with one that cannot be, too early by its own day,
    an entry without its document. `first_on` was asked with that day."""
    yield from required(word.text, "text", "请写明核实情况和依据。", rule="repair.finding", most=LONGEST)
    has_conditions = word.finding is procedure.Finding.MET and way is not Way.BANKRUPTCY
    if word.document.strip() or (has_conditions and is_entry):
        words = "请填写移出（修复）决定文书号。"
        yield from required(word.document, "document", words, rule="repair.document", most=128)
    if not has_conditions:
        return
    if word.performed_on is None or not decided_on <= word.performed_on <= on:
        yield at_field(
            "repair.performed", "performed_on", "请填写履行、纠正完毕的日期，应在决定（列入）日期与今天之间。"
        )
    elif first_on is None or on < first_on:
        yield at_field(
            "repair.too-early",
            "performed_on",
            "按核实的履行日期，尚不到可以修复的日期，请反馈“尚未纠正或者没有全部履行”并写明理由。",
        )


def may_grant(found: Eligibility, *, finding: str, on: date) -> Iterable[Finding]:
    """What stands against granting: the authority's word (谁认定、谁修复), and the days on that day. `found` leaves the case itself out."""
    if finding != procedure.Finding.MET:
        yield at_field("repair.unmet", "on", "认定单位没有确认符合条件，不能准予修复。", article=ARTICLE)
    if found.may is not May.NOW:
        yield at_field(f"repair.{found.may}", "on", found.words, article=ARTICLE)


def blocked_until(on: date, months: int) -> date:
    """The last day on which no application is taken after a repair was undone; `months` are those of the rule in force."""
    return add_months(on, months)
