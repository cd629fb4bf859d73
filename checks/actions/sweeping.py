"""What the clock does: a new version of the register when it is due, states that time turns, and kept states against a computation anew."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from checks.actions.register import keep_register
from checks.actions.states import AT_ONCE, keep, keep_all, recomputed
from checks.models import SubjectState
from checks.queries.known import known_subjects
from checks.queries.register import register
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting

logger = logging.getLogger(__name__)
NAMED = 100
"""So many subjects are named in the entry of a sweep that found states wrong."""


@dataclass(slots=True)
class Swept:
    """How many states were compared, and whose were other than a computation anew."""

    compared: int = 0
    wrong: tuple[int, ...] = ()


def turn(*, on: date | None = None) -> int:
    """The register of the day, and the states that the day or another version has made wrong; how many changed. Safe to run twice."""
    day = on or timezone.localdate()
    keep_register(on=day, by=SYSTEM)
    return keep_all(on=day)


def sweep(*, on: date | None = None) -> Swept:
    """Hold every kept state against a computation anew; what differs is named in the audit and put right.

    A follower keeps states in the transactions that change them, so there is nothing to find: what is found is a change past the application, or
    a mistake of ours. Read page by page, so that no page of a killed sweep is lost.
    """
    day = on or timezone.localdate()
    turn(on=day)
    done = Swept()
    for page in _pages(day):
        done.compared += len(page)
        done.wrong += tuple(_put_right(page, day))
    if done.wrong:
        with acting(SYSTEM):
            after = {"compared": done.compared, "wrong": len(done.wrong), "subjects": list(done.wrong[:NAMED])}
            audit.record("checks.sweep", by=SYSTEM, after=after)
        logger.error("checks: %s kept states were other than a computation anew", len(done.wrong))
    return done


def _pages(day: date) -> Iterator[list[int]]:
    waiting: list[int] = []
    for subject in known_subjects(day):
        waiting.append(subject)
        if len(waiting) == AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


@transaction.atomic
def _put_right(page: list[int], day: date) -> list[int]:
    """Those of a page whose kept state differs; each is locked and looked at once more as it is kept, so that a change meanwhile is none."""
    kept = {row.pk: row for row in SubjectState.objects.filter(pk__in=page)}
    version = keep_register(on=day, by=SYSTEM).pk
    anew = recomputed(page, day, register(version))
    suspected = [pk for pk in page if _said(kept.get(pk)) != anew.get(pk)]
    return [pk for pk in suspected if keep([pk], on=day)]


def _said(row: SubjectState | None) -> dict[str, object] | None:
    return {"facts": row.facts, "verdicts": row.verdicts, "changes_on": row.changes_on} if row is not None else None
