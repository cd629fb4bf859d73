"""States of a version of a letter's text, and the moves between them. Pure."""

from __future__ import annotations

from enum import StrEnum

from credit_platform import moves


class TemplateState(StrEnum):
    """Where a version of a letter's text stands."""

    DRAFT = "draft"
    ISSUED = "issued"
    RETIRED = "retired"


TEMPLATE_LABELS = {TemplateState.DRAFT: "编制中", TemplateState.ISSUED: "使用中", TemplateState.RETIRED: "已停用"}
TEMPLATE_MOVES: dict[tuple[TemplateState, str], TemplateState] = {
    (TemplateState.DRAFT, "edit"): TemplateState.DRAFT,
    (TemplateState.DRAFT, "issue"): TemplateState.ISSUED,
    (TemplateState.ISSUED, "retire"): TemplateState.RETIRED,
}


def next_state(state: str, verb: str) -> TemplateState:
    """The state of a text after `verb`; Conflict (409) when its present state does not allow it."""
    return moves.next_state(
        TEMPLATE_MOVES, TEMPLATE_LABELS, TemplateState(state), verb, code="template.state", what="文本"
    )
