"""How long to wait before the next try, and when a message is parked. Pure."""

from __future__ import annotations

from datetime import timedelta

MOST_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=2)


def wait_after(tries: int) -> timedelta:
    """The pause after so many tries in vain: one minute, doubled each time, at most two hours. ValueError below one."""
    if tries < 1:
        raise ValueError(f"a wait comes after a try: {tries}")
    return timedelta(seconds=min(FIRST_WAIT.total_seconds() * 2 ** min(tries - 1, 20), LONGEST_WAIT.total_seconds()))


def is_to_park(tries: int) -> bool:
    """Whether a message that was tried so often is put aside for somebody to look at."""
    return tries >= MOST_TRIES


def rows_at_once(most: int, tries: int) -> int:
    """How many messages of so many tries go in one parcel: an eighth with every try, so that the one that spoils it is soon alone."""
    return int(max(1, most // 8 ** min(tries, 20)))
