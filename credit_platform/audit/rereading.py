"""Re-reading what is kept beside a hash: every record, every public face, every signed text, in pages, as often as the clock asks.

Apps register what they keep in AppConfig.ready(): a `Reader` whose `page` holds the rows behind a key against their hashes, set-wise in
SQL. The pass is one row (`Rereading`): each page and what it found are committed with the place where it ended, so that a killed
process loses a page at most, and two of them never read the same page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.audit.actions import record
from credit_platform.audit.context import acting
from credit_platform.audit.models import Alteration, Rereading

PAGE = 10_000
MOST_KEPT = 1_000
"""Alterations of one pass that are kept row by row; all are counted."""


@dataclass(frozen=True, slots=True)
class Altered:
    """A row that is not what its hash says; `which` is stable for machines, `text` Chinese for people."""

    table: str
    pk: int
    which: str
    text: str


@dataclass(slots=True)
class Page:
    """What a reader found: the last key of the page (None: there is no further row), how many rows, what is wrong, what has no hash yet."""

    last: int | None
    count: int = 0
    altered: list[Altered] = field(default_factory=list)
    unanchored: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """What can be re-read: `page(after, limit)` holds the next rows behind a key against their hashes."""

    name: str
    label: str
    page: Callable[[int, int], Page]


_readers: dict[str, Reader] = {}


def register(reader: Reader) -> None:
    """Add a reader; the same name again replaces it."""
    _readers[reader.name] = reader


def readers() -> Sequence[Reader]:
    """In the order of registration: the ledger first, then what stands on it."""
    return list(_readers.values())


def label_of(name: str) -> str:
    """How the rows of a reader are called."""
    return _readers[name].label if name in _readers else name


def begin() -> Rereading:
    """The pass that is under way, or a new one."""
    found = Rereading.objects.under_way().first()
    if found is None:
        try:
            with transaction.atomic():
                found = Rereading.objects.create()
        except IntegrityError:  # somebody else began this very moment
            found = Rereading.objects.under_way().get()
    return found


def go_on(
    *, by: Actor, seconds: float = 0.0, page: int = PAGE, tell: Callable[[Rereading], Any] | None = None
) -> Rereading:
    """Take the pass up where it stands, or begin one, and read on: to the end, or for so many `seconds` (0 = to the end).

    `tell` hears after every page. At the end the outcome becomes the entry "audit.reread". Another process that is reading the same
    page is waited for; each page is read once.
    """
    run = begin()
    until = time.monotonic() + seconds if seconds else None
    while run.finished_at is None:
        run = _step(run.pk, page, by)
        if tell is not None:
            tell(run)
        if until is not None and time.monotonic() >= until:
            break
    return run


def _step(pk: int, size: int, by: Actor) -> Rereading:
    """One page, its findings and the new place in one transaction."""
    with acting(by):
        run = Rereading.objects.select_for_update().get(pk=pk)
        if run.finished_at is not None:
            return run
        names = list(_readers)
        reader = _readers.get(run.reader) or _readers[names[0]]
        found = reader.page(run.after, size)
        _keep(run, found.altered)
        run.done = run.done | {reader.name: run.done.get(reader.name, 0) + found.count}
        run.unanchored += found.unanchored
        run.moved_at = timezone.now()
        if found.last is not None:
            run.reader, run.after = reader.name, found.last
        elif reader.name != names[-1]:
            run.reader, run.after = names[names.index(reader.name) + 1], 0
        else:
            _finish(run, by)
        run.save()
    return run


def _keep(run: Rereading, altered: Sequence[Altered]) -> None:
    room = max(0, MOST_KEPT - run.altered)
    rows = [
        Alteration(rereading=run, table_name=each.table, row_pk=each.pk, which=each.which, text=each.text[:500])
        for each in altered[:room]
    ]
    Alteration.objects.bulk_create(rows, ignore_conflicts=True)
    run.altered += len(altered)


def _finish(run: Rereading, by: Actor) -> None:
    run.finished_at = timezone.now()
    named = run.alterations.order_by("pk").values_list("table_name", "row_pk", "which")[:20]
    outcome = {
        "ok": not run.altered,
        "rows": run.done,
        "altered": run.altered,
        "unanchored": run.unanchored,
        "first": [f"{table}#{row} {which}" for table, row, which in named],
    }
    record("audit.reread", run, by=by, after=outcome)
