"""Statuses and moves of subjects' records and of merges. Pure."""

from __future__ import annotations

from enum import StrEnum

from credit_platform.errors import Conflict
from credit_platform.moves import next_state


class RecordStatus(StrEnum):
    """Where a record of the ledger stands."""

    ACTIVE = "active"
    REVOKED = "revoked"
    UNDONE = "undone"


RECORD_STATUS_LABELS = {
    RecordStatus.ACTIVE: "在册",
    RecordStatus.REVOKED: "已撤销",
    RecordStatus.UNDONE: "已撤回导入",
}

RECORD_MOVES: dict[tuple[RecordStatus, str], RecordStatus] = {
    (RecordStatus.ACTIVE, "edit"): RecordStatus.ACTIVE,
    (RecordStatus.ACTIVE, "revoke"): RecordStatus.REVOKED,
    (RecordStatus.ACTIVE, "undo"): RecordStatus.UNDONE,
    (RecordStatus.UNDONE, "revive"): RecordStatus.ACTIVE,
}


class MergeState(StrEnum):
    """Where the merge of two duplicate subjects stands."""

    PROPOSED = "proposed"
    MERGED = "merged"
    DECLINED = "declined"
    REVERSED = "reversed"


MERGE_MOVES: dict[tuple[MergeState, str], MergeState] = {
    (MergeState.PROPOSED, "decide"): MergeState.MERGED,
    (MergeState.PROPOSED, "decline"): MergeState.DECLINED,
    (MergeState.MERGED, "reverse"): MergeState.REVERSED,
}


def next_record_status(status: str, verb: str) -> RecordStatus:
    """The status after `verb`; Conflict (409) when the record's status does not allow it."""
    return next_state(RECORD_MOVES, RECORD_STATUS_LABELS, RecordStatus(status), verb, code="record.status", what="记录")


MERGE_STATE_LABELS = {
    MergeState.PROPOSED: "待复核",
    MergeState.MERGED: "已合并",
    MergeState.DECLINED: "未通过",
    MergeState.REVERSED: "已还原",
}


def next_merge_state(state: str, verb: str) -> MergeState:
    """The state of a merge after `verb`; Conflict (409) when MERGE_MOVES has no such pair."""
    return next_state(MERGE_MOVES, MERGE_STATE_LABELS, MergeState(state), verb, code="merge.state", what="合并")


class RecordExists(Conflict):
    """The natural key is taken; `record_id` leads to the record that has it."""

    def __init__(self, record_id: int) -> None:
        super().__init__(
            "record.exists",
            "该决定已有信用记录，没有重复录入。",
            mend="请打开已有记录核对；内容有变化的，请修改已有记录。",
        )
        self.record_id = record_id
