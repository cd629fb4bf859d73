"""States of an edition, the moves between them, and what it is called on a day. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from credit_platform import moves
from credit_platform.web.formats import cn_date


class EditionState(StrEnum):
    """Where an edition stands; that it is in force, or superseded, its days say."""

    DRAFT = "draft"
    ISSUED = "issued"
    REPEALED = "repealed"


LABELS = {EditionState.DRAFT: "编制中", EditionState.ISSUED: "已发布", EditionState.REPEALED: "已废止"}
MOVES: dict[tuple[EditionState, str], EditionState] = {
    (EditionState.DRAFT, "edit"): EditionState.DRAFT,
    (EditionState.DRAFT, "issue"): EditionState.ISSUED,
    (EditionState.ISSUED, "repeal"): EditionState.REPEALED,
}


def next_state(state: str, verb: str, *, code: str, what: str) -> EditionState:
    """The state after `verb`; Conflict (409) when MOVES has no such pair. `code` and `what` name the list ("catalogue", "目录")."""
    mend = "请编制新版本后再修改。"
    return moves.next_state(
        MOVES, LABELS, EditionState(state), verb, code=f"{code}.state", what=f"{what}版本", mend=mend
    )


def status(state: str, valid_from: date, valid_until: date | None, on: date) -> str:
    """编制中, 自2027年1月1日起施行, 现行, 已被替代, 已废止: what an edition is on a day; its first and its last day are its own."""
    if state != EditionState.ISSUED:
        return LABELS[EditionState(state)]
    if on < valid_from:
        return f"自{cn_date(valid_from)}起施行"
    return "现行" if valid_until is None or on <= valid_until else "已被替代"


def common_days(starts: Sequence[date | None], ends: Sequence[date | None]) -> tuple[date, date | None]:
    """The first and the last day on which an entry holds: those of its edition, narrowed by its own. None: no last day."""
    return max(day for day in starts if day), min((day for day in ends if day), default=None)


def why_not(edition: str, state: str, days: tuple[date, date | None], on: date, *, what: str, so: str) -> str:
    """ "" when an entry is in force on a day, else since when or until when it is not. `so` says what that means: “现在不能就其作出承诺。”"""
    starts, ends = days
    if state == EditionState.REPEALED:
        return f"“{edition}”已经废止，{so}"
    if on < starts:
        return f"本{what}自{cn_date(starts)}起施行。"
    return f"本{what}自{cn_date(ends)}后不再列入清单，{so}" if ends and ends < on else ""
