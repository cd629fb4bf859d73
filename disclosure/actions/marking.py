"""Marks beside an item: put and taken away by the procedure that looks at it, told to the feed and the followers like any change."""

from __future__ import annotations

from collections.abc import Iterable

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit.context import acting
from disclosure.actions.base import announce, locked, note, write
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.rules.marks import Mark, changed
from disclosure.rules.states import State


def mark(
    disclosure: Disclosure, *, put: Iterable[Mark] = (), taken: Iterable[Mark] = (), by: Actor, reason: str
) -> Disclosure:
    """Put and take marks in one write; the same marks again write nothing.

    Who: the platform, carrying out a step of the procedure that looks at the item (`OnBehalf` of who took it), and the credit office.
    From every state: an item that is not shown now keeps its marks for the day on which it is shown again.
    """
    with acting(by):
        row = locked(disclosure)
        policy.require(by, "disclosure.mark")
        after = changed(row.marks, put=put, taken=taken)
        if after == row.marks:
            return row
        before = {"marks": row.marks}
        write(row, marks=after)
        announce(Verb.CHANGED, row, by=by, seen=row.state == State.PUBLISHED)
        note("mark", row, before, by=by, reason=reason)
    return row
