"""What becomes of the row of a published list: its states, when a match enters by itself, what a decision needs, and when it is open again. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credit_platform.errors import Finding, at_field, required
from credit_platform.workdays.rules.months import add_months
from records.identifiers.clean import clean_code
from records.identifiers.likeness import Alike, Likeness
from records.identifiers.names import normalise
from records.identifiers.traditional import simplified

ARTICLE = "国办发〔2020〕49号、国发〔2015〕33号"
KIND = "list-filed"
MOST_MONTHS = 24
USUAL_MONTHS = 12
"""How long a decision about who is meant holds, in months: the longest, and what is proposed."""


class RowState(StrEnum):
    """Where a row stands."""

    WAITING = "waiting"
    PROPOSED = "proposed"
    ENTERED = "entered"
    REVIEW = "review"
    ASIDE = "aside"
    ENDED = "ended"
    UNDONE = "undone"


class Answer(StrEnum):
    """What a person says of a row."""

    SAME = "same"
    NOT_SAME = "not_same"
    NOBODY = "nobody"


class PublicationState(StrEnum):
    """Where a publication stands: its files are taken in while it is confirmed."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    DROPPED = "dropped"


S, P = RowState, PublicationState
ROW_LABELS = {
    S.WAITING: "待核对",
    S.PROPOSED: "待复核",
    S.ENTERED: "已列入",
    S.REVIEW: "需重新核对",
    S.ASIDE: "不予列入",
    S.ENDED: "已移出",
    S.UNDONE: "已撤回导入",
}
ROW_TONES = {
    S.WAITING: "warn",
    S.PROPOSED: "info",
    S.ENTERED: "serious",
    S.REVIEW: "warn",
    S.ASIDE: "neutral",
    S.ENDED: "neutral",
    S.UNDONE: "neutral",
}
ANSWER_LABELS = {
    Answer.SAME: "是同一主体",
    Answer.NOT_SAME: "不是同一主体",
    Answer.NOBODY: "登记册中没有该主体",
}
PUBLICATION_LABELS = {P.DRAFT: "待确认", P.CONFIRMED: "接收中", P.CLOSED: "已结束", P.DROPPED: "已作废"}
PUBLICATION_TONES = {P.DRAFT: "info", P.CONFIRMED: "good", P.CLOSED: "neutral", P.DROPPED: "neutral"}
ROW_MOVES: dict[tuple[RowState, str], RowState] = {
    (S.WAITING, "match"): S.ENTERED,
    (S.WAITING, "propose"): S.PROPOSED,
    (S.REVIEW, "propose"): S.PROPOSED,
    (S.PROPOSED, "confirm"): S.ENTERED,
    (S.PROPOSED, "set_aside"): S.ASIDE,
    (S.PROPOSED, "retract"): S.ENDED,
    (S.PROPOSED, "exclude"): S.WAITING,
    (S.PROPOSED, "decline"): S.WAITING,
    (S.PROPOSED, "send_back"): S.REVIEW,
    (S.ENTERED, "reopen"): S.REVIEW,
    (S.ASIDE, "reopen"): S.WAITING,
    (S.ENTERED, "release"): S.ENDED,
    (S.REVIEW, "release"): S.ENDED,
    (S.ENDED, "relist"): S.WAITING,
    (S.UNDONE, "relist"): S.WAITING,
    **{(state, "undo"): S.UNDONE for state in (S.WAITING, S.PROPOSED, S.ENTERED, S.REVIEW, S.ASIDE)},
}
PUBLICATION_MOVES: dict[tuple[PublicationState, str], PublicationState] = {
    (P.DRAFT, "confirm"): P.CONFIRMED,
    (P.DRAFT, "drop"): P.DROPPED,
    (P.CONFIRMED, "close"): P.CLOSED,
}
WORKED = (S.WAITING, S.PROPOSED, S.REVIEW)
"""States in which somebody has to act."""


class Why(StrEnum):
    """Why a row does not enter by itself, as the desk and the import's result say it."""

    CLASH = "代码相符，但登记册中的名称与名单所列毫无相同之处，请核对代码。"
    NUMBER_ONLY = "号码相符，名称不符，请人工核对。"
    NAME_ONLY = "仅名称相同或相近，不能确认为同一主体，请人工核对。"
    DIFFERS = "名单所列的统一社会信用代码与组织机构代码互相矛盾，请核对。"
    NONE = "登记册中没有找到该主体，请人工核对。"
    NO_CODE = "该主体没有统一社会信用代码，不能列入名单，请先补录代码。"
    VETOED = "此前已认定不是同一主体，不再自动列入。"
    PERSON = "自然人没有完整的证件号码，不按姓名比对。"
    DAY = "名单所列日期有变化，请核对后重新列入。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """What the register says of a row: by which number a subject was found, how its names stand to the listed one, how many more are alike."""

    by_code: bool = False
    by_number: bool = False
    likeness: Likeness | None = None
    subject_has_code: bool = True
    vetoed: bool = False
    alike: int = 0
    is_person: bool = False


def why_waits(found: Identification) -> Why | None:
    """Why a row waits for a person; None when it enters by itself.

    By credit code, unless its subject has nothing of the listed name; by another number only with the name; never by a name.
    """
    if found.is_person and not found.by_number:
        return Why.PERSON
    if found.vetoed and (found.by_code or found.by_number):
        return Why.VETOED
    agrees = found.likeness is not None and found.likeness.agrees
    if found.by_code:
        clash = found.likeness is not None and found.likeness.alike is Alike.OTHER
        return Why.CLASH if clash else None
    if found.by_number and (agrees or found.is_person):
        return None if found.subject_has_code or found.is_person else Why.NO_CODE
    if found.by_number:
        return Why.NUMBER_ONLY
    return Why.NAME_ONLY if found.alike else Why.NONE


def row_key(list_code: str, numbers: Iterable[str], name: str, document_key: str) -> str:
    """What makes two lines of two files one row: the list, the name however written, and the document that the line itself names; without
    one the numbers. So a line that gets its number a year later is the same row, changed. MD5, hex."""
    written = normalise(simplified(name))
    told = [document_key] if document_key else sorted(clean_code(each) for each in numbers if each)
    parts = [list_code, written, *told]
    return hashlib.md5(json.dumps(parts, ensure_ascii=False).encode(), usedforsecurity=False).hexdigest()


def side(*parts: object) -> str:
    """One side of a decision as it was seen: a change of any part opens the decision again. MD5, hex."""
    text = json.dumps(parts, ensure_ascii=False, default=str)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def takes_two(answer: Answer, *, number_agrees: bool, is_person: bool, was_entered: bool) -> bool:
    """Whether a decision takes a second person: what lists somebody, takes somebody off, sets a row aside, or speaks against a number."""
    return answer is not Answer.NOT_SAME or number_agrees or is_person or was_entered


def against_answer(
    answer: Answer | None, *, subject_given: bool, reason: str, until: date | None, on: date
) -> Iterable[Finding]:
    """What stands against a decision: no answer, nobody named, no reason, no last day, one in the past or later than MOST_MONTHS months."""
    if answer is None:
        yield at_field("filed.answer", "answer", "请选择核对结论。", article=ARTICLE)
    if answer is not None and (answer is Answer.NOBODY) == subject_given:
        words = "认定登记册中没有该主体的，不选主体；其他结论请选择一个主体。"
        yield at_field("filed.subject", "subject", words, article=ARTICLE)
    yield from required(reason, "reason", "请写明核对的依据，如查证的档案、证照。", rule="filed.reason", most=500)
    if until is None or until <= on:
        yield at_field("filed.until", "until", "请填写结论的有效期，应晚于今天。", article=ARTICLE)
    elif until > add_months(on, MOST_MONTHS):
        yield at_field("filed.until", "until", f"结论的有效期最长{MOST_MONTHS}个月，期满重新核对。", article=ARTICLE)


def lapse(*, until: date, sides: tuple[str, str], now: tuple[str, str], on: date) -> str:
    """Why a decision no longer holds on a day (its own last day still counts); "" while it does. `sides`: row and subject as they were seen."""
    if on > until:
        return "结论的有效期已满。"
    if sides[0] != now[0]:
        return "名单所列的内容有变化。"
    return "主体的名称、号码或者档案有变化。" if sides[1] != now[1] else ""


def facts(parts: Sequence[tuple[str, str]]) -> str:
    """The reasons of an entry out of what the list says, one label after the other; what is blank is left out."""
    return "；".join(f"{label}：{value}" for label, value in parts if value)


def missing(known: Iterable[str], named: Mapping[str, object] | frozenset[str]) -> list[str]:
    """The rows of a full list that the next file does not name."""
    return sorted(key for key in known if key not in named)
