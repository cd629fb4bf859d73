"""Statuses and moves of subjects' records, merges and catalogue versions. Pure."""

from __future__ import annotations

from enum import StrEnum

from credit_platform.errors import Conflict


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


class CatalogueState(StrEnum):
    """Where a version of the catalogue stands."""

    DRAFT = "draft"
    ISSUED = "issued"
    REPEALED = "repealed"


CATALOGUE_MOVES: dict[tuple[CatalogueState, str], CatalogueState] = {
    (CatalogueState.DRAFT, "edit"): CatalogueState.DRAFT,
    (CatalogueState.DRAFT, "issue"): CatalogueState.ISSUED,
    (CatalogueState.ISSUED, "repeal"): CatalogueState.REPEALED,
}


def next_record_status(status: str, verb: str) -> RecordStatus:
    """The status after `verb`; Conflict with a Chinese reason when the record's status does not allow it."""
    try:
        return RECORD_MOVES[RecordStatus(status), verb]
    except KeyError:
        label = RECORD_STATUS_LABELS.get(RecordStatus(status), status)
        raise Conflict(
            "record.status", f"该记录当前为“{label}”，不能进行此操作。", mend="请刷新页面查看最新状态。"
        ) from None


MERGE_STATE_LABELS = {
    MergeState.PROPOSED: "待复核",
    MergeState.MERGED: "已合并",
    MergeState.DECLINED: "未通过",
    MergeState.REVERSED: "已还原",
}
CATALOGUE_STATE_LABELS = {
    CatalogueState.DRAFT: "编制中",
    CatalogueState.ISSUED: "已发布",
    CatalogueState.REPEALED: "已废止",
}


def next_merge_state(state: str, verb: str) -> MergeState:
    """The state of a merge after `verb`; Conflict when MERGE_MOVES has no such pair."""
    try:
        return MERGE_MOVES[MergeState(state), verb]
    except KeyError:
        label = MERGE_STATE_LABELS[MergeState(state)]
        raise Conflict(
            "merge.state", f"该合并当前为“{label}”，不能进行此操作。", mend="请刷新页面查看最新状态。"
        ) from None


def next_catalogue_state(state: str, verb: str) -> CatalogueState:
    """The state of an edition after `verb`; Conflict when CATALOGUE_MOVES has no such pair."""
    try:
        return CATALOGUE_MOVES[CatalogueState(state), verb]
    except KeyError:
        label = CATALOGUE_STATE_LABELS[CatalogueState(state)]
        raise Conflict(
            "catalogue.state", f"该目录版本当前为“{label}”，不能进行此操作。", mend="请编制新版本后再修改。"
        ) from None


class RecordExists(Conflict):
    """The natural key is taken; `record_id` leads to the record that has it."""

    def __init__(self, record_id: int) -> None:
        super().__init__(
            "record.exists",
            "该决定已有信用记录，没有重复录入。",
            mend="请打开已有记录核对；内容有变化的，请修改已有记录。",
        )
        self.record_id = record_id
