"""Joint action hangs on the entries of lists: it begins with them and it is lifted with them, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from credit_platform.accounts.actors import Actor
from sanctions.followers import Follower
from sanctions.joint.actions import initiating, lifting
from sanctions.lists.models import ListEntry


class JointActionFollower(Follower):
    """Set-wise: a list of thousands begins one action and asks each department once."""

    def entered(self, entries: Sequence[ListEntry], *, on: date, by: Actor) -> None:
        initiating.begin_for(entries, on=on)

    def ended(self, entries: Sequence[ListEntry], *, on: date, by: Actor) -> None:
        lifting.after_end(entries, on=on)


follower = JointActionFollower()
