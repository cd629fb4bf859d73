"""The review of queries: what rules point at, what chance chooses, and what two people make of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from casework.rules import drawing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.audit.models import Checkpoint
from credit_platform.errors import Forbidden, refuse, required
from credit_platform.web.once import require_version
from lookups.models import DailySample, Finding, Query, ReviewLimits
from lookups.queries.reviewing import looked_on
from lookups.rules.questions import Outcome
from lookups.rules.reviewing import Ground, grounds, next_state

REVIEW, CONFIRM = "lookups.review", "lookups.review.confirm"
BACK_DAYS = 7
"""Calendar days that the clock goes back over, so that an outage loses nothing."""


def sift(day: date) -> int:
    """Point at queries of a day by the rules that were in force on it; how many findings are new. Safe to run again and again.

    A refused query showed nothing: it only counts for the volume.
    """
    limits = ReviewLimits.objects.in_force(day).first()
    if limits is None:
        return 0
    made = [
        Finding(query=query, ground=ground.value)
        for query, looked in looked_on(day, limits.limits)
        for ground in grounds(looked, limits.limits)
        if query.outcome != Outcome.REFUSED or ground is Ground.VOLUME
    ]
    return _enter(made)


def sift_lately(on: date | None = None) -> int:
    """Today and the days before it; the clock's."""
    today = on or timezone.localdate()
    return sum(sift(today - timedelta(days=back)) for back in range(BACK_DAYS))


def draw_lately(on: date | None = None) -> int:
    """The daily sample of each of the last days that has a checkpoint behind it and no sample yet; how many were drawn."""
    today = on or timezone.localdate()
    return sum(draw(today - timedelta(days=back)) is not None for back in range(BACK_DAYS, 0, -1))


def draw(day: date) -> DailySample | None:
    """Draw the sample of a day by HRB-SSJ-1. None while no checkpoint after the day is published, without a query, and for a day that has one.

    Who could choose the order of queries cannot choose the root that follows from all of them.
    """
    checkpoint = Checkpoint.objects.filter(day__gt=day).order_by("day").first()
    limits = ReviewLimits.objects.in_force(day).first()
    numbers = list(Query.objects.on_day(day).values_list("number", flat=True))
    if checkpoint is None or limits is None or not limits.drawn or not numbers:
        return None
    digest = drawing.list_digest(numbers)
    seed = drawing.seed_of("", checkpoint.root, digest)
    drawn = drawing.sample(numbers, seed, limits.drawn)
    values = {"asked": len(numbers), "size": len(drawn), "checkpoint_day": checkpoint.day, "root": checkpoint.root}
    values |= {"list_digest": digest, "seed": seed, "drawn": drawn}
    with acting(SYSTEM):
        sample, is_new = DailySample.objects.get_or_create(day=day, defaults=values)
        if not is_new:
            return None
        queries = Query.objects.filter(number__in=drawn)
        _enter([Finding(query=query, ground=Ground.DRAWN.value, sample=sample) for query in queries])
        audit.record("lookups.draw", sample, by=SYSTEM, after={"day": day, "seed": seed, "drawn": drawn})
    return sample


class Words(NamedTuple):
    """What is written of a query: for the file, and, where its subject asked why, for the subject."""

    text: str
    answer: str


def note(finding: Finding, *, text: str, answer: str = "", by: User, version: str | None = None) -> Finding:
    """The query was in order, or what was missing has been explained. Who: auditor, never of a query of one's own. From OPEN."""
    return _judge(finding, "note", Words(text, answer), by, version)


def warn(finding: Finding, *, text: str, answer: str = "", by: User, version: str | None = None) -> Finding:
    """Propose to warn who asked; another confirms it. Who: auditor, never of a query of one's own. From OPEN."""
    return _judge(finding, "warn", Words(text, answer), by, version)


def refer(finding: Finding, *, text: str, answer: str = "", by: User, version: str | None = None) -> Finding:
    """Propose to refer it to who pursues leaks (哈政办规〔2020〕12号 no. 34); another confirms it. Who: auditor. From OPEN."""
    return _judge(finding, "refer", Words(text, answer), by, version)


def confirm(finding: Finding, *, by: User, version: str | None = None) -> Finding:
    """Another person stands for it. Who: auditor or security administrator, never who proposed it. From WARNING, REFERRING."""
    with acting(by):
        row = _second(finding, "confirm", by, version)
        row.confirmed_by, row.confirmed_at = by, timezone.now()
        _save(row, "confirm", by)
    return row


def reject(finding: Finding, *, by: User, version: str | None = None) -> Finding:
    """Another person does not stand for it: it is judged anew. Who: as `confirm`."""
    with acting(by):
        row = _second(finding, "reject", by, version)
        row.decided_by, row.decided_at, row.text, row.answer = None, None, "", ""
        _save(row, "reject", by)
    return row


def _judge(finding: Finding, verb: str, words: Words, by: User, version: str | None) -> Finding:
    found = list(required(words.text, "text", "请写明审查意见。", rule="lookups.text", most=500))
    if finding.ground == Ground.ASKED:
        found += required(words.answer, "answer", "请写明对被查询主体的答复。", rule="lookups.answer", most=500)
    refuse(found)
    with acting(by):
        policy.require(by, REVIEW)
        row = _locked(finding, verb, by, version)
        row.text, row.answer = words.text.strip(), words.answer.strip()
        row.decided_by, row.decided_at = by, timezone.now()
        _save(row, verb, by)
    return row


def _second(finding: Finding, verb: str, by: User, version: str | None) -> Finding:
    policy.require(by, CONFIRM)
    row = _locked(finding, verb, by, version)
    if row.decided_by_id == by.pk:
        raise Forbidden("lookups.two_people", "提出处理意见的人不能确认。", mend="请由另一人办理。")
    return row


def _locked(finding: Finding, verb: str, by: User, version: str | None) -> Finding:
    row = Finding.objects.select_for_update(of=["self"]).select_related("query").get(pk=finding.pk)
    if version is not None:
        require_version(row, version)
    row.state = next_state(row.state, verb).value
    if (row.query.actor_kind, row.query.actor_id) == (by.actor_kind, by.pk):
        raise Forbidden("lookups.oneself", "不能审查自己的查询。", mend="请由另一人办理。")
    return row


def _save(row: Finding, verb: str, by: User) -> None:
    row.version += 1
    row.save()
    after = {"state": row.state, "query": row.query.number, "ground": row.ground}
    audit.record(f"lookups.review.{verb}", row, by=by, after=after, reason=row.text)


def _enter(made: Sequence[Finding]) -> int:
    """Those that are not there yet; the unique constraint holds when two clocks meet."""
    with acting(SYSTEM):
        before = _counted(made)
        Finding.objects.bulk_create(made, batch_size=1000, ignore_conflicts=True)
        return _counted(made) - before


def _counted(made: Sequence[Finding]) -> int:
    return Finding.objects.filter(query_id__in={each.query_id for each in made}).count()
