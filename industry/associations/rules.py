"""Associations: states of an authorisation and of a record, what an association may record. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from credit_platform import moves
from credit_platform.errors import Finding, at_field, required
from credit_platform.labels import choices

VIEW, HANDLE, DECIDE = "associations.view", "associations.handle", "associations.decide"
KEEP, ANSWER = "associations.keep", "associations.answer"
MARK = "行业协会提供"
"""How what an association says is marked wherever it is shown."""
OF_THE_STATE = re.compile("行政处罚|行政许可|行政强制|失信被执行人|严重违法失信|经营异常|黑名单|联合惩戒")
"""What is public credit information and no association's to record (民发〔2014〕225号)."""


class State(StrEnum):
    """Where an authorisation stands."""

    DRAFTED = "drafted"
    AUTHORISED = "authorised"
    ENDED = "ended"
    DISCARDED = "discarded"


class RecordState(StrEnum):
    """Where a record of a member stands."""

    KEPT = "kept"
    SHOWN = "shown"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What an association records of a member."""

    COMMITMENT = "commitment"
    TRAINING = "training"
    EVALUATION = "evaluation"
    PRAISE = "praise"
    WARNING = "warning"
    CRITICISM = "criticism"
    CENSURE = "censure"
    REJECTION = "rejection"
    PERSUASION = "persuasion"


LABELS = {
    State.DRAFTED: "待授权",
    State.AUTHORISED: "已授权",
    State.ENDED: "已终止",
    State.DISCARDED: "已作废",
}
TONES = {State.DRAFTED: "warn", State.AUTHORISED: "good", State.ENDED: "neutral", State.DISCARDED: "neutral"}
RECORD_LABELS = {
    RecordState.KEPT: "不公开",
    RecordState.SHOWN: "经同意公开",
    RecordState.APPEALED: "会员申诉中",
    RecordState.WITHDRAWN: "已撤回",
}
RECORD_TONES = {
    RecordState.KEPT: "neutral",
    RecordState.SHOWN: "good",
    RecordState.APPEALED: "warn",
    RecordState.WITHDRAWN: "neutral",
}
KIND_LABELS = {
    Kind.COMMITMENT: "行业自律承诺",
    Kind.TRAINING: "培训",
    Kind.EVALUATION: "自律评价",
    Kind.PRAISE: "表彰",
    Kind.WARNING: "行业内警告",
    Kind.CRITICISM: "通报批评",
    Kind.CENSURE: "公开谴责",
    Kind.REJECTION: "不予接纳",
    Kind.PERSUASION: "劝退",
}
STATE_CHOICES, RECORD_CHOICES, KIND_CHOICES = choices(LABELS), choices(RECORD_LABELS), choices(KIND_LABELS)

MOVES: dict[tuple[State, str], State] = {
    (State.DRAFTED, "authorise"): State.AUTHORISED,
    (State.DRAFTED, "discard"): State.DISCARDED,
    (State.AUTHORISED, "end"): State.ENDED,
}
RECORD_MOVES: dict[tuple[RecordState, str], RecordState] = {
    (RecordState.KEPT, "consent"): RecordState.SHOWN,
    (RecordState.SHOWN, "hide"): RecordState.KEPT,
    (RecordState.KEPT, "appeal"): RecordState.APPEALED,
    (RecordState.SHOWN, "appeal"): RecordState.APPEALED,
    (RecordState.APPEALED, "uphold"): RecordState.KEPT,
    (RecordState.APPEALED, "withdraw"): RecordState.WITHDRAWN,
    (RecordState.KEPT, "withdraw"): RecordState.WITHDRAWN,
    (RecordState.SHOWN, "withdraw"): RecordState.WITHDRAWN,
}


def next_state(state: State, verb: str) -> State:
    """The state of an authorisation after `verb`; Conflict (409) when it does not allow it."""
    return moves.next_state(MOVES, LABELS, state, verb, code="associations.state", what="授权")


def next_record_state(state: RecordState, verb: str) -> RecordState:
    """The state of a record after `verb`; Conflict (409) when it does not allow it."""
    return moves.next_state(RECORD_MOVES, RECORD_LABELS, state, verb, code="associations.record", what="记录")


def against_days(valid_from: date, valid_until: date) -> Iterable[Finding]:
    """An authorisation that ends before it begins."""
    if valid_until < valid_from:
        yield at_field("associations.days", "valid_until", "授权截止日不得早于起始日。")


def against_record(title: str, text: str, on: date, today: date) -> Iterable[Finding]:
    """What stands against a record: no words, a day to come, something that is the state's to record."""
    yield from required(title, "title", "请填写标题。", rule="associations.title", most=100)
    yield from required(text, "text", "请写明内容。", rule="associations.text", most=2000)
    if on > today:
        yield at_field("associations.future", "on", "日期不得晚于今天。")
    if match := OF_THE_STATE.search(f"{title}\n{text}"):
        words = f"“{match[0]}”属于公共信用信息，由有关机关归集，行业协会不能记录。"
        yield at_field("associations.of-the-state", "text", words, article="民发〔2014〕225号")


def against_kind(kind: str) -> Iterable[Finding]:
    """A kind of record that is not open to associations."""
    if kind not in {each.value for each in Kind}:
        yield at_field("associations.kind", "kind", "行业协会不能记录这一类信息。", article="民发〔2014〕225号")
