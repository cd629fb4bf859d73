"""Where a model stands, and who may take it on. Pure."""

from __future__ import annotations

from enum import StrEnum

from credit_platform import moves


class ModelState(StrEnum):
    """Where a version of the model stands."""

    DRAFT = "draft"
    TRIED = "tried"
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    RETIRED = "retired"
    DISCARDED = "discarded"


LABELS = {
    ModelState.DRAFT: "编制中",
    ModelState.TRIED: "已试算",
    ModelState.PROPOSED: "待采用",
    ModelState.ADOPTED: "使用中",
    ModelState.RETIRED: "已停用",
    ModelState.DISCARDED: "已作废",
}
TONES = {
    ModelState.DRAFT: "neutral",
    ModelState.TRIED: "info",
    ModelState.PROPOSED: "warn",
    ModelState.ADOPTED: "good",
    ModelState.RETIRED: "neutral",
    ModelState.DISCARDED: "neutral",
}
MOVES: dict[tuple[ModelState, str], ModelState] = {
    (ModelState.DRAFT, "edit"): ModelState.DRAFT,
    (ModelState.DRAFT, "try"): ModelState.TRIED,
    (ModelState.TRIED, "try"): ModelState.TRIED,
    (ModelState.TRIED, "propose"): ModelState.PROPOSED,
    (ModelState.TRIED, "revise"): ModelState.DRAFT,
    (ModelState.PROPOSED, "revise"): ModelState.DRAFT,
    (ModelState.PROPOSED, "adopt"): ModelState.ADOPTED,
    (ModelState.ADOPTED, "retire"): ModelState.RETIRED,
    (ModelState.DRAFT, "discard"): ModelState.DISCARDED,
    (ModelState.TRIED, "discard"): ModelState.DISCARDED,
}


def next_state(state: str, verb: str) -> ModelState:
    """The state after `verb`; Conflict (409) when MOVES has no such pair."""
    return moves.next_state(MOVES, LABELS, ModelState(state), verb, code="grading.state", what="模型")


class TrialState(StrEnum):
    """Where a dry run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


TRIAL_LABELS = {
    TrialState.RUNNING: "正在试算",
    TrialState.DONE: "已完成",
    TrialState.FAILED: "未完成",
    TrialState.CANCELLED: "已取消",
}
