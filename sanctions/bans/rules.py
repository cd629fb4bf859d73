"""A ban has a scope, a first and a last day, a document and a law; it is registered by one and confirmed by another. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required

REGISTER, CONFIRM = "sanctions.ban.register", "sanctions.ban.confirm"
EVERYWHERE = "*"
"""The field of a ban that holds in every matter."""


class Scope(StrEnum):
    """What somebody is kept out of."""

    MARKET = "market"
    INDUSTRY = "industry"
    POST = "post"


class State(StrEnum):
    """Where a ban stands."""

    REGISTERED = "registered"
    STANDING = "standing"
    LIFTED = "lifted"
    REFUSED = "refused"


SCOPE_LABELS = {Scope.MARKET: "市场禁入", Scope.INDUSTRY: "行业禁入、从业限制", Scope.POST: "任职限制"}
MOVES: dict[tuple[str, str], str] = {
    (State.REGISTERED, "confirm"): State.STANDING,
    (State.REGISTERED, "refuse"): State.REFUSED,
    (State.STANDING, "lift"): State.LIFTED,
}
BAN = Procedure(
    slug="ban",
    label="市场和行业禁入",
    audit="sanctions.ban",
    own="sanctions.Ban",
    number="禁入〔{year}〕{n:06d}号",
    article="哈政办规〔2020〕12号第26项",
    begins=State.REGISTERED,
    labels={State.REGISTERED: "待确认", State.STANDING: "已生效", State.LIFTED: "已解除", State.REFUSED: "不予登记"},
    tones={State.REGISTERED: "info", State.STANDING: "serious", State.LIFTED: "neutral", State.REFUSED: "neutral"},
    moves=MOVES,
    closed=frozenset({State.STANDING, State.LIFTED, State.REFUSED}),
    view="sanctions.view",
    steps=(
        Step(
            "confirm",
            "确认生效",
            CONFIRM,
            "与决定书核对无误后确认，各部门核查时即可查到。",
            "已确认生效。",
            second_person=True,
        ),
        Step("refuse", "不予登记", CONFIRM, "与决定书不符的，写明理由。", "已结案：不予登记。", second_person=True),
        Step(
            "lift",
            "解除禁入",
            CONFIRM,
            "决定被撤销、变更或者依法提前解除的，凭文书解除；期满自动失效，不需要办理。",
            "已解除。",
            second_person=True,
            serious=True,
        ),
    ),
    works=(Work("禁入登记，待确认", State.REGISTERED, "confirm", 46),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BanFacts:
    """What a ban says; `until` None: for life."""

    fields: Collection[str]
    known_fields: Collection[str]
    words: str
    document_number: str
    decided_on: date
    basis: str
    starts_on: date
    until: date | None
    for_life: bool
    today: date


def may_register(ban: BanFacts) -> Iterable[Finding]:
    """What stands against a ban: no fields, no content, no document, no law, days out of order, neither a last day nor for life."""
    yield from required(ban.words, "words", "请写明禁入的内容。", rule="ban.words", most=500)
    yield from required(ban.document_number, "document_number", "请填写决定文书号。", rule="ban.document", most=128)
    yield from required(ban.basis, "basis", "请写明依据的法律条款。", rule="ban.basis", most=300)
    if not ban.fields:
        yield at_field("ban.fields", "fields", "请选择禁入的领域。")
    if strange := sorted(set(ban.fields) - set(ban.known_fields) - {EVERYWHERE}):
        yield at_field("ban.fields", "fields", f"领域{'、'.join(strange)}不在核查事项领域中。")
    if ban.decided_on > ban.today:
        yield at_field("ban.decided", "decided_on", "决定日期不得晚于今天。")
    if ban.starts_on < ban.decided_on:
        yield at_field("ban.start", "starts_on", "禁入起始日期不得早于决定日期。")
    if ban.until is not None and ban.until < ban.starts_on:
        yield at_field("ban.until", "until", "禁入截止日期早于起始日期。")
    if ban.for_life == (ban.until is not None):
        yield at_field("ban.until", "until", "请填写截止日期，或者勾选终身，二者择一。")
