"""One patrol: read part by part, keep what was found, let go what is found no more, and raise the alarm."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import Error
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict
from credit_platform.moves import next_state
from patrols import readers
from patrols.actions.alarms import raise_alarm
from patrols.models import Patrol, PatrolFinding
from patrols.outsider import Outsider, Served, outsider
from patrols.readers import Exposure, Reader
from patrols.rules import RUN_LABELS, RUN_MOVES, RunState

logger = logging.getLogger(__name__)
ABANDONED = timedelta(hours=2)
"""A patrol that has not ended after so long has died."""
WAYS = {True: "对外服务地址", False: "平台内部"}
Parts = Sequence[Reader] | None


@dataclass(slots=True)
class _Read:
    """What was found, by part; parts that could not be read are problems and settle nothing."""

    found: dict[str, list[Exposure]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def patrol(
    on: date | None = None, *, by: Actor = SYSTEM, through: Outsider | None = None, parts: Parts = None
) -> Patrol:
    """Read the public face as an outsider; the run with what it found. Safe to run twice: what is known is not found anew.

    Who: the platform, the credit office. Conflict while another patrol runs; one that died is abandoned after two hours.
    """
    on, reader = on or timezone.localdate(), through or outsider()
    run = begin(on, by=by, way=WAYS[isinstance(reader.door, Served)])
    read = _Read()
    for part in readers.known() if parts is None else parts:
        try:
            read.found[part.slug] = list(part.read(reader, on))
        except (Error, OSError, ValueError, LookupError) as error:
            logger.exception("a patrol could not read %s", part.slug)
            read.problems.append(f"{part.label}（{type(error).__name__}）")
    return finish(run, read, reader.count, by=by)


def begin(on: date, *, by: Actor, way: str) -> Patrol:
    """The row of a run, so that there is one at a time and one that dies leaves its trace."""
    with acting(by):
        policy.require(by, "patrols.order")
        now = timezone.now()
        for dead in Patrol.objects.running().select_for_update().filter(started_at__lt=now - ABANDONED):
            dead.state = next_state(RUN_MOVES, RUN_LABELS, RunState(dead.state), "abandon", code="patrol.state")
            dead.finished_at = now
            dead.save(update_fields=["state", "finished_at"])
            audit.record("patrols.abandon", dead, by=by)
        made, is_new = Patrol.objects.get_or_create(
            state=RunState.RUNNING.value,
            defaults={"on": on, "started_at": now, "ordered_by": by.actor_name[:200], "through": way},
        )
        if not is_new:
            raise Conflict("patrol.running", "公示巡查正在进行，请等它完成。")
        audit.record("patrols.begin", made, by=by)
    return made


def finish(run: Patrol, read: _Read, count: int, *, by: Actor) -> Patrol:
    """Keep what was found and end the run; the alarm is part of it."""
    with acting(by):
        row = Patrol.objects.select_for_update().get(pk=run.pk)
        row.state = next_state(RUN_MOVES, RUN_LABELS, RunState(row.state), "finish", code="patrol.state")
        row.finished_at, row.addresses, row.problems = timezone.now(), count, read.problems
        row.found = sum(map(len, read.found.values()))
        row.fresh = _keep(row, read)
        row.save(update_fields=["state", "finished_at", "addresses", "problems", "found", "fresh"])
        after = {"found": row.found, "fresh": row.fresh, "problems": row.problems}
        audit.record("patrols.finish", row, by=by, after=after)
        if row.fresh or row.problems:
            raise_alarm(row, by=by)
    return row


def _keep(row: Patrol, read: _Read) -> int:
    """Write what is new, and let go what the parts that were read no longer find; how many are new."""
    there = {
        (each.address[:500], each.public_id[:12], each.what[:200]): slug
        for slug, found in read.found.items()
        for each in found
    }
    was = PatrolFinding.objects.open().filter(reader__in=read.found)
    known = {(each.address, each.public_id, each.what): each.pk for each in was.select_for_update()}
    gone = [pk for key, pk in known.items() if key not in there]
    PatrolFinding.objects.filter(pk__in=gone).update(settled_on=row.on)
    PatrolFinding.objects.filter(pk__in=[known[key] for key in there if key in known]).update(seen_on=row.on)
    new = [(key, slug) for key, slug in there.items() if key not in known]
    PatrolFinding.objects.bulk_create(
        PatrolFinding(
            patrol=row,
            found_on=row.on,
            seen_on=row.on,
            reader=slug,
            address=address,
            public_id=public_id,
            what=what,
        )
        for (address, public_id, what), slug in new
    )
    return len(new)
