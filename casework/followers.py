"""What stands above a procedure and must act in the same transaction when one of its cases took a step.

Most of what hangs on an outcome follows its record (`records.followers`) or its publication (`disclosure.followers`). What only the procedure's own
row says, a bar or a ban, is written when the step ends: who needs that registers here in AppConfig.ready(). The call sites are `actions.step` and
`actions.opening` (verb "open", for the many that a sweep begins one by one), after the rows were saved and the trail has its entry. What a
follower raises undoes the step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from credit_platform.accounts.actors import Actor

if TYPE_CHECKING:
    from casework.models import Case

Follower = Callable[["Case", str, Actor], None]
"""`(case, verb, by)`: the case and its own row (`case.own`) as the step has left them."""

_followers: dict[str, list[Follower]] = {}


def register(procedure: str, follower: Follower) -> None:
    """Add a follower of a procedure, by its slug; twice the same is once."""
    known = _followers.setdefault(procedure, [])
    if follower not in known:
        known.append(follower)


def tell(case: Case, verb: str, *, by: Actor) -> None:
    """Tell the followers of a case's procedure, in the order of registration."""
    for follower in tuple(_followers.get(case.procedure, ())):
        follower(case, verb, by)
