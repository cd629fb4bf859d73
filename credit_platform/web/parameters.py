"""Parameters of an address that nobody declared. What machines read (API, feeds, exports) refuses them: a filter that was misspelt would
otherwise answer with more than was asked for. Pages for people take no notice of them, since other sites append their own to a link."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from credit_platform.web.errors import BadRequest

LONGEST = 60


def require_known(given: Iterable[str], known: Collection[str]) -> None:
    """BadRequest for the first name of `given` that is not `known`, with the nearest one that is."""
    for name in given:
        if name not in known:
            raise _unknown(name[:LONGEST], known)


def _unknown(name: str, known: Collection[str]) -> BadRequest:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"您要用的可能是 {near[0]}。" if near else ""
    listed = "、".join(known) if known else "（没有查询参数）"
    return BadRequest("param.unknown", f"没有名为“{name}”的参数。{hint}", mend=f"可用参数：{listed}。")
