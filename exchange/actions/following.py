"""Messages follow what the public sees: made in the transaction of the change, set-wise, in one statement for all open channels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.moves import next_state
from credit_platform.pg import query
from disclosure.followers import Follower
from disclosure.models import Disclosure, DisclosureQuerySet
from disclosure.rules.states import State as Public
from exchange.models import Channel, Message
from exchange.rules.messages import MOVES, RANK, REPLACEABLE, STATE_LABELS, State, Verb, Why

# A withdrawal goes only where something was announced that is not withdrawn already; an upsert only of what is public.
# `body` and `digest` are made by the database: the digest is that of `rules.messages.digest`.
INSERT = """
WITH faces AS (
    SELECT d.id, d.public_id, d.kind, to_char(d.decided_on, 'YYYY-MM') AS month, d.shown || jsonb_strip_nulls(jsonb_build_object(
        '@subject_name', d.subject_name, '@subject_code', d.subject_code, '@title', d.title, '@document_number', d.document_number,
        '@decided_on', d.decided_on, '@published_on', d.published_on, '@ends_on', d.ends_on)) AS face
    FROM disclosure_disclosure d
    WHERE d.id = ANY(%(ids)s) AND (%(verb)s = 'withdraw' OR d.state = %(published)s)
), rows AS (
    SELECT c.id AS channel, f.id AS disclosure, m.id AS mapping, f.public_id AS key, coalesce(last.version, 0) + 1 AS version, f.month,
        CASE WHEN %(verb)s = 'withdraw' THEN '{}' ELSE (
            SELECT coalesce(jsonb_object_agg(p.value, f.face -> p.key), '{}')::text
            FROM jsonb_each_text(m.fields) p WHERE f.face ? p.key) END AS body
    FROM faces f
    JOIN exchange_channel c ON c.kind = f.kind AND c.direction = 'out' AND c.id = ANY(%(channels)s)
    JOIN LATERAL (SELECT id, fields FROM exchange_mapping WHERE channel_id = c.id AND valid_from <= %(on)s
                  ORDER BY valid_from DESC LIMIT 1) m ON true
    LEFT JOIN LATERAL (SELECT version, verb FROM exchange_message WHERE channel_id = c.id AND key = f.public_id
                       ORDER BY version DESC LIMIT 1) last ON true
    WHERE CASE WHEN %(verb)s = 'withdraw' THEN %(anew)s AND last.version IS NOT NULL OR last.verb = 'upsert' ELSE true END
)
INSERT INTO exchange_message
    (channel_id, disclosure_id, mapping_id, key, version, verb, rank, why, month, body, digest, state, tries, made_at, next_at)
SELECT channel, disclosure, mapping, key, version, %(verb)s, %(rank)s, %(why)s, month, body,
    encode(sha256(convert_to(key || E'\\n' || version || E'\\n' || %(verb)s || E'\\n' || body, 'UTF8')), 'hex'), %(state)s, 0, %(now)s, %(now)s
FROM rows ORDER BY channel, disclosure
RETURNING id, channel_id, key, version
"""
PIECE = 5_000
FOLLOWING = 0x45584348460001
"""Who makes messages shares this lock; the end of a channel's filling has it alone, so that no publication falls between."""


def make(
    ids: Sequence[int], verb: Verb, why: Why, *, by: Actor, channels: Sequence[int] | None = None, anew: bool = False
) -> int:
    """A message for each open channel of each of these disclosures; how many. In the caller's transaction, the disclosures locked by it.

    `channels`: only these; `anew`: a withdrawal also where one was sent already. What still waits of a key is replaced by a withdrawal; what was
    rejected or parked, by whatever comes after it.
    """
    if channels is None:
        query("SELECT pg_advisory_xact_lock_shared(%s)", [FOLLOWING])
        channels = list(Channel.objects.open().outward().values_list("pk", flat=True))
    if not ids or not channels:
        return 0
    now = timezone.now()
    given = {
        "verb": verb.value,
        "rank": RANK[verb],
        "why": why.value,
        "published": Public.PUBLISHED.value,
        "state": State.QUEUED.value,
        "on": timezone.localdate(),
        "now": now,
        "channels": list(channels),
        "anew": anew,
    }
    with acting(by):
        made = query(INSERT, given | {"ids": list(ids)})
        if made:
            replaced = _replace([int(str(row[0])) for row in made], verb)
            audit.record(
                "exchange.make",
                by=by,
                members=[row[0] for row in made],
                detail={"verb": verb.value, "replaced": replaced},
            )
    return len(made)


REPLACE = """
UPDATE exchange_message o SET state = %(replaced)s
FROM exchange_message n
WHERE n.id = ANY(%(ids)s) AND o.channel_id = n.channel_id AND o.key = n.key AND o.version < n.version AND o.state = ANY(%(states)s)
RETURNING o.id
"""


def _replace(ids: list[int], verb: Verb) -> int:
    """Earlier versions that nobody has to see any more; how many. A queued upsert before an upsert keeps its turn."""
    states = [each for each in REPLACEABLE if verb is Verb.WITHDRAW or each is not State.QUEUED]
    for each in states:
        next_state(MOVES, STATE_LABELS, each, "replace", code="exchange.state")
    given = {
        "ids": ids,
        "states": [each.value for each in states],
        "replaced": State.REPLACED.value,
    }
    return len(query(REPLACE, given))


def fill(channel: Channel, *, by: Actor) -> int:
    """What of the channel's kind the public sees and the channel never carried: a message of each, piece by piece; how many.

    The items are locked, so that whoever ends one meanwhile sees the message or is seen. It is over (`filled_at`) when nothing is left while nobody
    publishes: who began before the channel was open knew nothing of it. Killed or closed, the next turn goes on.
    """
    count = sum(len(piece) for piece in _pieces(channel, by))
    with acting(by):
        alone = query("SELECT pg_try_advisory_xact_lock(%s)", [FOLLOWING])[0][0]
        if alone and not _uncarried(channel).exists():
            Channel.objects.filter(pk=channel.pk).update(filled_at=timezone.now())
    return count


def _pieces(channel: Channel, by: Actor) -> Iterator[list[int]]:
    after = 0
    while Channel.objects.open().filter(pk=channel.pk).exists():
        with acting(by):
            rows = _uncarried(channel).filter(pk__gt=after).select_for_update(of=("self",)).order_by("pk")
            ids = list(rows.values_list("pk", flat=True)[:PIECE])
            make(ids, Verb.UPSERT, Why.FILLED, by=by, channels=[channel.pk])
        if not ids:
            return
        after = ids[-1]
        yield ids


def _uncarried(channel: Channel) -> DisclosureQuerySet:
    carried = Message.objects.filter(channel=channel, key=OuterRef("public_id"))
    shown = Disclosure.objects.visible_on(timezone.localdate()).filter(kind=channel.kind)
    return shown.exclude(Exists(carried))


class _Public(Follower):
    """Every verb by which the public sees something else."""

    def appeared(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, Verb.UPSERT, Why.APPEARED, by=by)

    def changed(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, Verb.UPSERT, Why.CHANGED, by=by)

    def restored(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, Verb.UPSERT, Why.RESTORED, by=by)

    def suspended(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, Verb.WITHDRAW, Why.SUSPENDED, by=by)

    def repaired(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, Verb.WITHDRAW, Why.REPAIRED, by=by)

    def withdrawn(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, Verb.WITHDRAW, Why.WITHDRAWN, by=by)

    def ended(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, Verb.WITHDRAW, Why.ENDED, by=by)


public = _Public()
