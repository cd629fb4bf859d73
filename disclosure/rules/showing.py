"""What the public saw on a day that is over: read from the versions of a disclosure, not from what it is today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from disclosure.rules.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of a disclosure. `written`: the moment that the row itself names; `replaced`: when the next one took its place
    (None for the present one); `key`: where the whole version is found; `number`: the version that the row counts itself."""

    key: int
    number: int
    state: str
    published_on: date | None
    ends_on: date | None
    waits: bool
    written: datetime
    replaced: datetime | None = None

    def visible(self, day: date) -> bool:
        """Whether the public may see it on a day: the rule of `visible_on`, asked of what the row said then."""
        running = self.ends_on is None or self.ends_on >= day or self.waits
        return self.state == State.PUBLISHED and self.published_on is not None and self.published_on <= day and running


@dataclass(frozen=True, slots=True)
class Seen:
    """The version that the public saw last on a day, and whether it was still shown when the day ended."""

    version: Version
    until_end: bool


def seen_on(versions: Sequence[Version], day: date, *, begins: datetime, ends: datetime) -> Seen | None:
    """What the public saw of a disclosure on a day; None when it saw nothing.

    `versions`: the oldest first. `begins` and `ends`: the moments between which the day lies (`ends` is no longer the day). The
    oldest version reaches back without limit: what came before the history is judged by its dates alone.
    """
    last: Seen | None = None
    for version, (since, until) in zip(versions, _spans(versions), strict=True):
        if (since is not None and since >= ends) or (until is not None and (until <= begins or until == since)):
            continue  # on another day, or replaced in the very moment in which it was written
        if version.visible(day):
            last = Seen(version, until is None or until >= ends)
        elif last is not None:
            last = Seen(last.version, False)
    return last


def _spans(versions: Sequence[Version]) -> list[tuple[datetime | None, datetime | None]]:
    """From when until when each version held.

    A version begins at the moment that it names itself; one that was written past the application names nothing new, and begins when
    the history took its forerunner in.
    """
    starts: list[datetime | None] = [None]
    for before, after in zip(versions, versions[1:], strict=False):
        by_an_action = (after.number, after.written) != (before.number, before.written)
        moment = after.written if by_an_action else before.replaced
        starts.append(max(filter(None, (starts[-1], moment)), default=None))
    return list(zip(starts, [*starts[1:], None], strict=True))
