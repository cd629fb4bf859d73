"""Records that enter the ledger get their disclosure: due day, verdict on timeliness, draft or exempt. Set-wise.

One pass reads what the rules need, Python decides (`judging`: equal facts once), COPY and one INSERT … SELECT write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.pg import copy_lines_into_new
from disclosure.actions import lowering, tallies
from disclosure.actions.anchoring import record_faces
from disclosure.actions.base import announce_many
from disclosure.actions.judging import COLUMNS, Judge, Judged, Lines
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.queries import entering
from disclosure.queries.entering import Group
from disclosure.queries.withdrawn import UNDONE
from disclosure.rules.states import State, next_state
from disclosure.rules.values import Claim

CHUNK = 5000
STAGE = "stage_disclosure"

# One statement writes every row; what the verdict does not need is joined from the record itself.
INSERT = """
INSERT INTO disclosure_disclosure (
    record_id, public_id, kind, subject_id, subject_name, subject_code, source_department_id, authority_id, district, title,
    document_number, document_key, decided_on, state, version, on_entry, due_on, due_provisional, arrived_on, arrival_late,
    late_reason, severity, severity_stated_by, rule_set, published_at, published_on, ends_on, earliest_repair_on,
    waits_for_performance, ends_explained, ended_why, public_note, shown, shown_record_version, needs_correction, drafted_by_id, submitted_by_id,
    submitted_at, awaits_confirmation, masking_confirmed, review_note, created_at, updated_at)
SELECT r.id, s.public_id, r.kind, r.subject_id, s.subject_name,
    CASE WHEN b.kind = 'person' THEN '' ELSE coalesce(b.code, '') END, r.source_department_id, r.authority_id, a.district,
    s.title, r.document_number, r.document_key, r.decided_on, s.state, 1, s.on_entry, s.due_on, s.due_provisional,
    s.arrived_on, s.arrival_late, s.late_reason, s.severity, s.severity_stated_by, s.rule_set,
    CASE WHEN s.published_on IS NULL THEN NULL ELSE now() END, s.published_on, s.ends_on, s.earliest_repair_on, false, '{}',
    s.ended_why, '',
    s.shown, CASE WHEN s.published_on IS NULL THEN 0 ELSE r.version END, false, r.entered_by_id,
    CASE WHEN s.state = 'submitted' THEN r.entered_by_id END, CASE WHEN s.state = 'submitted' THEN now() END,
    s.awaits_confirmation, false, '', now(), now()
FROM stage_disclosure s
JOIN records_creditrecord r ON r.id = s.record_id
JOIN records_subject b ON b.id = r.subject_id
JOIN accounts_department a ON a.id = r.authority_id
ON CONFLICT (record_id) DO NOTHING
RETURNING id, record_id
"""


@dataclass(slots=True)
class Prepared:
    """How many disclosures were made, and in which state."""

    drafts: int = 0
    waiting: int = 0
    exempt: int = 0
    published: int = 0
    faces: list[int] = field(default_factory=list)
    """The disclosures that were published at once."""

    @property
    def total(self) -> int:
        return self.drafts + self.waiting + self.exempt + self.published


def prepare(record_ids: Sequence[int], *, by: Actor, on: date | None = None) -> Prepared:
    """Make the disclosures of active records that have none and whose catalogue item publishes.

    Who: whoever entered them ("disclosure.prepare" for every source department). A record that may not be public becomes EXEMPT with
    its reason; what is only said on its row to be exempt awaits a second person (SUBMITTED); an item published on entry is published
    at once; everything else is a draft. What is not exempt is due on the 7th working day after the decision. Days already known are
    computed once. One audit row with the members.
    """
    on = on or timezone.localdate()
    done = Prepared()
    members: list[int] = []
    allowed: set[int] = set()
    with acting(by):
        judge = Judge(on)
        counts = tallies.Increments()
        for chunk in _chunks(record_ids):
            groups = entering.groups(chunk)
            for department in {each for group in groups for each in group.departments} - allowed:
                policy.require(by, "disclosure.prepare", department)
                allowed.add(department)
            members += _write(judge, groups, done, counts, by)
            _revive(chunk, by=by, on=on)
        tallies.add(counts)
        if members:
            detail = {
                "drafts": done.drafts,
                "waiting": done.waiting,
                "exempt": done.exempt,
                "published": done.published,
            }
            record_faces("disclosure.prepare", faces_of=done.faces, by=by, members=members, detail=detail)
    return done


def _chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _kept_beside(lines: Lines, judged: dict[int, Judged]) -> Iterator[str]:
    """The lines alone, for COPY; the verdicts stay in `judged`."""
    for record_id, line, each in lines:
        judged[record_id] = each
        yield line


def _write(judge: Judge, groups: Sequence[Group], done: Prepared, counts: tallies.Increments, by: Actor) -> list[int]:
    judged: dict[int, Judged] = {}
    copy_lines_into_new(STAGE, COLUMNS, _kept_beside(judge.lines(groups), judged))
    if not judged:
        return []
    with connection.cursor() as cursor:
        cursor.execute(INSERT)
        made = cursor.fetchall()
    states: dict[State, list[int]] = {
        each: [] for each in (State.DRAFT, State.SUBMITTED, State.EXEMPT, State.PUBLISHED)
    }
    claims: dict[int, Claim] = {}
    for pk, record_id in made:
        verdict = judged[record_id].verdict
        states[verdict.state].append(pk)
        if verdict.claim is not None:
            claims[pk] = verdict.claim
    lowering.entered(claims, by=by)
    for each, count in Counter(judged[record_id] for _, record_id in made).items():
        if each.timed is not None:
            counts.arrived(each.timed, late=each.verdict.arrival_late, refused=each.refused_on, sign=count)
    done.drafts += len(states[State.DRAFT])
    done.waiting += len(states[State.SUBMITTED])
    done.exempt += len(states[State.EXEMPT])
    done.published += len(states[State.PUBLISHED])
    done.faces += states[State.PUBLISHED]
    announce_many(Verb.APPEARED, states[State.PUBLISHED], by=by)
    return [pk for pk, _ in made]


def _revive(record_ids: Sequence[int], *, by: Actor, on: date) -> None:
    """On-entry items whose batch undo was reversed are shown again."""
    rows = Disclosure.objects.select_for_update(of=("self",)).filter(
        record_id__in=record_ids, record__status="active", state=State.WITHDRAWN, on_entry=True, ended_why=UNDONE
    )
    ids = sorted(row.pk for row in rows)
    if not ids:
        return
    state = next_state(State.WITHDRAWN, "revive")
    now = timezone.now()
    Disclosure.objects.filter(pk__in=ids).update(
        state=state, ended_why="", ended_at=None, published_on=on, published_at=now, updated_at=now
    )
    announce_many(Verb.APPEARED, ids, by=by)
    audit.record("disclosure.revive", by=by, members=ids)
