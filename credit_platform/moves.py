"""From state to state: one look at a table of moves, one refusal. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from credit_platform.errors import Conflict

S = TypeVar("S", bound=str)


def next_state(
    moves: Mapping[tuple[S, str], S],
    labels: Mapping[S, str],
    state: S,
    verb: str,
    *,
    code: str,
    what: str = "事项",
    mend: str = "请刷新页面查看最新状态。",
) -> S:
    """The state after `verb`; Conflict (409) with the present state in Chinese when `moves` has no such pair.

    `code` is the stable name of the refusal for machines, `what` the noun for the thing that has the state ("该…当前为").
    """
    try:
        return moves[state, verb]
    except KeyError:
        raise Conflict(code, f"该{what}当前为“{labels[state]}”，不能进行此操作。", mend=mend) from None
