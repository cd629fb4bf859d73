"""Python's search for rings of objects, kept out of the way while rows pass by."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OFTEN_ENOUGH = 100_000


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for rings after every hundred thousand new objects instead of every seven hundred.

    A row makes some hundred objects and none of them holds itself, so the search finds nothing; it looked through the same living
    objects again and again, a fifth of the time of reading.
    """
    before = gc.get_threshold()
    gc.set_threshold(_OFTEN_ENOUGH, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
