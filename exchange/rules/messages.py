"""The states of a message and what may follow what; which of several waiting messages may go, and in which order. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

NODE = "HRB"
"""The sending node in an idempotency key (资源提供方, GB/T 39442-2020 5.2)."""


class State(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    UNKNOWN = "unknown"
    APPLIED = "applied"
    REJECTED = "rejected"
    PARKED = "parked"
    REPLACED = "replaced"


STATE_LABELS: dict[State, str] = {
    State.QUEUED: "待发送",
    State.SENT: "已发送",
    State.ACKNOWLEDGED: "对方已收",
    State.UNKNOWN: "结果不明",
    State.APPLIED: "对方已入库",
    State.REJECTED: "对方退回",
    State.PARKED: "暂存待处理",
    State.REPLACED: "已被新版本代替",
}
TONES: dict[State, str] = {
    State.QUEUED: "info",
    State.SENT: "info",
    State.ACKNOWLEDGED: "info",
    State.UNKNOWN: "warn",
    State.APPLIED: "good",
    State.REJECTED: "serious",
    State.PARKED: "serious",
    State.REPLACED: "neutral",
}
ON_ITS_WAY = (State.SENT, State.ACKNOWLEDGED)
ANSWERABLE = (*ON_ITS_WAY, State.UNKNOWN)
HOLDS_BACK = (State.QUEUED, *ANSWERABLE, State.PARKED)
"""While an earlier version of a key is in one of these, no later one is sent."""
REPLACEABLE = (State.QUEUED, State.PARKED, State.REJECTED)

MOVES: dict[tuple[State, str], State] = {
    (State.QUEUED, "send"): State.SENT,
    (State.SENT, "acknowledge"): State.ACKNOWLEDGED,
    **{(each, "accept"): State.APPLIED for each in ANSWERABLE},
    **{(each, "reject"): State.REJECTED for each in ANSWERABLE},
    **{(each, "lose"): State.UNKNOWN for each in ON_ITS_WAY},
    (State.UNKNOWN, "requeue"): State.QUEUED,
    (State.QUEUED, "park"): State.PARKED,
    (State.UNKNOWN, "park"): State.PARKED,
    (State.PARKED, "resend"): State.QUEUED,
    (State.APPLIED, "resend"): State.QUEUED,
    **{(each, "replace"): State.REPLACED for each in REPLACEABLE},
}


class Verb(StrEnum):
    """What the other side shall do with the item."""

    UPSERT = "upsert"
    WITHDRAW = "withdraw"


VERB_LABELS: dict[Verb, str] = {Verb.UPSERT: "新增或更新", Verb.WITHDRAW: "撤下"}
RANK: dict[Verb, int] = {Verb.WITHDRAW: 0, Verb.UPSERT: 1}
"""Withdrawals first: what must disappear never waits behind what is new."""


class Why(StrEnum):
    """What brought a message about."""

    APPEARED = "appeared"
    CHANGED = "changed"
    RESTORED = "restored"
    SUSPENDED = "suspended"
    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    FILLED = "filled"
    RENEWED = "renewed"


WHY_LABELS: dict[Why, str] = {
    Why.APPEARED: "新增公示",
    Why.CHANGED: "更正",
    Why.RESTORED: "恢复公示",
    Why.SUSPENDED: "中止公示",
    Why.REPAIRED: "信用修复",
    Why.WITHDRAWN: "撤销",
    Why.ENDED: "公示期满",
    Why.FILLED: "通道开通时补送",
    Why.RENEWED: "按现状重新生成",
}


class Result(StrEnum):
    """What the other side says of one row."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    STALE = "stale"
    REJECTED = "rejected"
    ABSENT = "absent"


RESULT_LABELS: dict[Result, str] = {
    Result.ACCEPTED: "入库",
    Result.DUPLICATE: "重复",
    Result.STALE: "已有更新版本",
    Result.REJECTED: "退回",
    Result.ABSENT: "未收到",
}
VERB_OF: dict[Result, str] = {
    Result.ACCEPTED: "accept",
    Result.DUPLICATE: "accept",
    Result.STALE: "accept",
    Result.REJECTED: "reject",
    Result.ABSENT: "requeue",
}
"""Which step an answer takes. What arrived twice, or after a newer version, is there as it should be."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message as the choice of the next ones sees it."""

    key: str
    version: int
    verb: Verb
    number: int
    state: State


def next_to_send(rows: Iterable[Waiting], limit: int) -> list[Waiting]:
    """Which of a channel's messages go next: withdrawals first, then by number; of a key only the first that is not done.

    The pages of the database answer the same in SQL (`queries.outbox`); a test holds the two together.
    """
    rows = list(rows)
    first: dict[str, int] = {}
    for each in rows:
        if each.state in HOLDS_BACK:
            first[each.key] = min(each.version, first.get(each.key, each.version))
    ready = [each for each in rows if each.state is State.QUEUED and each.version == first[each.key]]
    return sorted(ready, key=lambda each: (RANK[each.verb], each.number))[:limit]


def idempotency_key(key: str, version: int) -> str:
    """The name of one version of one item for the other side: node, business key, version."""
    return f"{NODE}:{key}:{version}"


def parsed_key(text: str) -> tuple[str, int] | None:
    """The business key and the version out of an idempotency key of ours; None for anything else."""
    node, _, rest = text.partition(":")
    key, _, version = rest.rpartition(":")
    return (key, int(version)) if node == NODE and key and version.isascii() and version.isdigit() else None


def digest(key: str, version: int, verb: str, body: str) -> str:
    """SHA-256 over the four parts, one a line: what both sides compare. No part but the body may hold a line break, and the body is last."""
    return hashlib.sha256(f"{key}\n{version}\n{verb}\n{body}".encode()).hexdigest()
