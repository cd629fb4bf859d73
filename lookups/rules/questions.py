"""What a purpose opens and asks for, and what stands against a question. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from credit_platform.check_characters import numbered
from credit_platform.errors import Finding, at_field

ARTICLE = "《个人信息保护法》第六条、第三十四条；哈政办规〔2020〕12号第33项"
OPEN_MINUTES = 30
"""Minutes for which a result stays open to who asked: as long as a visitor stands at the window."""
LONGEST_CASE = 60
PREFIX, RANDOM_BYTES, RANDOM_CHARACTERS = "HRBCX", 7, 10


class Scope(StrEnum):
    """What a purpose may open."""

    REGISTER = "register"
    PUBLIC = "public"
    SHARED = "shared"
    AUTHORISED = "authorised"


SCOPE_LABELS = {
    Scope.REGISTER: "登记信息",
    Scope.PUBLIC: "公示信息",
    Scope.SHARED: "政务共享信息",
    Scope.AUTHORISED: "授权查询信息",
}


class Authority(StrEnum):
    """By what right somebody asks."""

    OWN = "own"
    AUTHORISED = "authorised"
    DUTY = "duty"


AUTHORITY_LABELS = {
    Authority.OWN: "本人（本单位）申请，身份已核对",
    Authority.AUTHORISED: "持书面授权书",
    Authority.DUTY: "行政机关履行职责",
}


class Outcome(StrEnum):
    """What became of a query."""

    ANSWERED = "answered"
    EMPTY = "empty"
    REFUSED = "refused"


OUTCOME_LABELS = {Outcome.ANSWERED: "已答复", Outcome.EMPTY: "无结果", Outcome.REFUSED: "未予查询"}
OUTCOME_TONES = {Outcome.ANSWERED: "good", Outcome.EMPTY: "neutral", Outcome.REFUSED: "warn"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a purpose asks for: of whom it may be, whether an authorisation or a case number is needed."""

    name: str
    organisations: bool
    persons: bool
    needs_authorisation: bool
    needs_case: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A written authorisation as it stands."""

    subject_id: int
    purpose: str
    valid_from: date
    ends_on: date
    ended: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """How a question is asked: by which right, whether the identity was seen, with which paper, for which case."""

    purpose: str
    authority: Authority
    identity_seen: bool
    case_number: str
    paper: Paper | None


def against(terms: Terms, asked: Setting, *, subject_id: int | None, is_person: bool, on: date) -> list[Finding]:
    """Everything that stands against a question, at its field; an empty list when it may be answered.

    `subject_id` is None when nobody was found: then only what concerns the purpose is asked. Personal information is opened to the
    person with its identity seen, or to who has its written authorisation, whatever the purpose (征信业管理条例 art. 18, as model).
    """
    found: list[Finding] = []
    if not (terms.persons if is_person else terms.organisations):
        whom = "自然人" if is_person else "法人、非法人组织和个体工商户"
        found.append(_at("purpose", f"“{terms.name}”不适用于{whom}。", "请改选查询目的。"))
    if terms.needs_case and not asked.case_number.strip():
        found.append(_at("case_number", f"“{terms.name}”须填写办件编号或者案号。", "没有编号的，不属于这一目的。"))
    if asked.authority is Authority.OWN and not asked.identity_seen:
        found.append(_at("identity_seen", "尚未核对来访人身份。", "请核对身份证件；代表单位的，一并核对单位证明。"))
    if asked.authority is Authority.DUTY and (is_person or terms.needs_authorisation):
        why = "查询自然人" if is_person else f"“{terms.name}”"
        found.append(_at("authority", f"{why}须本人（本单位）申请，或者持书面授权书。", "请改选查询依据。"))
    if asked.authority is Authority.AUTHORISED:
        found.extend(_against_paper(asked, subject_id, on))
    return found


def _against_paper(asked: Setting, subject_id: int | None, on: date) -> Iterator[Finding]:
    paper = asked.paper
    if paper is None:
        yield _at("authorisation", "没有这份授权书。", "请先登记授权书，再填写登记编号。")
        return
    if paper.ended or not paper.valid_from <= on <= paper.ends_on:
        yield _at("authorisation", "授权书不在有效期内，或者已经撤回。", "请由授权人重新出具。")
    if subject_id is not None and paper.subject_id != subject_id:
        yield _at("authorisation", "授权书不是被查询主体出具的。", "请核对授权书登记编号。")
    if paper.purpose != asked.purpose:
        yield _at("authorisation", "授权书载明的查询目的与本次查询目的不同。", "请按授权书载明的目的查询。")


def is_open(asked_at: datetime, now: datetime) -> bool:
    """Whether a result may still be shown to who asked; afterwards it is asked anew, with a row of its own."""
    return now - asked_at < timedelta(minutes=OPEN_MINUTES)


def query_number(on: date, chance: bytes) -> str:
    """The number of a query: HRBCX, the day, ten random characters, a check character; `chance` is RANDOM_BYTES bytes nobody can foresee."""
    return numbered(PREFIX, on, chance, RANDOM_CHARACTERS)


def authorisation_number(on: date, chance: bytes) -> str:
    """The number under which an authorisation is registered: SQ, the day, six random characters, a check character."""
    return numbered("SQ", on, chance, 6)


def _at(field: str, text: str, mend: str) -> Finding:
    return at_field(f"lookups.{field}", field, text, mend=mend, article=ARTICLE)
