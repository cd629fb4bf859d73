"""The worker's turn of a channel: collect what was said, ask where nothing was, send what is next. Nothing is assumed; every step may be killed.

The entry with the digest is committed before the first byte leaves: where it cannot be written, nothing is sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db.models import F
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.moves import next_state
from credit_platform.pg import alone, next_id
from exchange.actions.answering import answer, fail, lose, lose_silent, take
from exchange.actions.following import fill
from exchange.models import Channel, Message, Parcel
from exchange.queries.outbox import number_committed, ready
from exchange.rules.channels import ChannelState, WayCode
from exchange.rules.manifests import lines, parcel_name
from exchange.rules.messages import MOVES, NODE, STATE_LABELS, State, idempotency_key
from exchange.rules.signatures import Algorithm
from exchange.rules.timing import rows_at_once
from exchange.sealed_places import opened_secret
from exchange.ways import way_of
from exchange.ways.base import Answer, BadAnswer, Link, NoAnswer, Row

ONE_AT_A_TIME = 0x45584348
MOST_SECONDS = 50.0
"""A turn ends after so long, and the next one goes on."""
MOST_ASKED = 500
LATE = timedelta(days=7)
"""So long a receipt may come after its parcel was given up."""


@dataclass(slots=True)
class Turn:
    """What one turn did, in messages."""

    filled: int = 0
    sent: int = 0
    answered: int = 0
    asked: int = 0


def turn(channel: Channel, *, by: Actor = SYSTEM, seconds: float = MOST_SECONDS) -> Turn:
    """Carry over what one open channel has, until nothing is ready, the partner is silent, or the time is up. One worker a channel."""
    with acting(by):
        policy.require(by, "exchange.send")
    done, until = Turn(), monotonic() + seconds
    with alone(ONE_AT_A_TIME, channel.pk) as mine:
        if not mine or not _may_try(channel):
            return done
        link = link_of(channel)
        if channel.filled_at is None:
            done.filled = fill(channel, by=by)
        try:
            done.answered += _collect(channel, link, by)
            lose_silent(channel, by=by)
            done.asked += _ask(channel, link, by)
            while monotonic() < until and (count := _send(channel, link, by)):
                done.sent += count
        except NoAnswer as error:
            fail(channel, str(error), by=by)
    return done


def link_of(channel: Channel) -> Link:
    """Where a channel leads, with the common key in clear for as long as the turn lasts."""
    partner = channel.partner
    secret = opened_secret(partner.secret, partner.code) if partner.secret else b""
    return Link(partner.code, channel.kind, partner.address, Algorithm(partner.algorithm), secret)


def _may_try(channel: Channel) -> bool:
    channel.refresh_from_db()
    return channel.state == ChannelState.OPEN and (channel.next_at is None or channel.next_at <= timezone.now())


def _send(channel: Channel, link: Link, by: Actor) -> int:
    """One parcel: written down, sent, answered; how many messages it held."""
    parcel, messages = _pack(channel, by)
    if parcel is None:
        return 0
    try:
        said = way_of(channel.way).send(link, parcel.name, [row_of(each) for each in messages])
    except NoAnswer as error:
        lose(parcel, str(error), by=by)
        raise
    if said.is_whole:
        answer(parcel, said, by=by)
    else:
        take(parcel, said, by=by)
    return len(messages)


def _pack(channel: Channel, by: Actor) -> tuple[Parcel | None, Sequence[Message]]:
    """The next parcel and its messages, committed as sent, with the digest in the trail, before anything leaves."""
    now = timezone.now()
    with acting(by):
        locked = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
        number_committed(locked)
        first = ready(locked, now).first()
        if first is None:
            return None, []
        alike = ready(locked, now).filter(tries=first.tries).select_for_update(of=("self",))
        messages = list(alike[: rows_at_once(locked.rows_at_once, first.tries)])
        parcel = _parcel(locked, messages, now)
        state = next_state(MOVES, STATE_LABELS, State.QUEUED, "send", code="exchange.state")
        ids = [each.pk for each in messages]
        Message.objects.filter(pk__in=ids).update(state=state, parcel=parcel, tries=F("tries") + 1)
        audit.record("exchange.send", parcel, by=by, members=ids, detail={"digest": parcel.digest, "name": parcel.name})
    return parcel, messages


def _parcel(channel: Channel, messages: Sequence[Message], now: datetime) -> Parcel:
    number = next_id(Parcel)
    body = lines(row_of(each) for each in messages)
    return Parcel.objects.create(
        pk=number,
        channel=channel,
        name=parcel_name(NODE, channel.kind, timezone.localdate(), number),
        rows=len(messages),
        digest=hashlib.sha256(body).hexdigest(),
        sent_at=now,
        answer_by=now + timedelta(minutes=channel.answer_minutes),
    )


def row_of(message: Message) -> Row:
    """A message as it travels."""
    return {
        "key": idempotency_key(message.key, message.version),
        "item": message.key,
        "version": message.version,
        "number": message.number,
        "verb": message.verb,
        "why": message.why,
        "month": message.month,
        "digest": message.digest,
        "body": message.body,
    }


def _collect(channel: Channel, link: Link, by: Actor) -> int:
    """Receipts that came since; where they lie in a folder or a table, also late ones of parcels that were given up."""
    count, parcels = 0, channel.parcels.waiting()
    if channel.way != WayCode.SERVICE:
        parcels |= channel.parcels.late_since(timezone.now() - LATE)
    for parcel in parcels.order_by("pk"):
        try:
            said = way_of(channel.way).collect(link, parcel.name)
        except BadAnswer as error:
            lose(parcel, str(error), by=by)
            continue
        if said is not None:
            count += answer(parcel, said, by=by)
    return count


def _ask(channel: Channel, link: Link, by: Actor) -> int:
    """What became of messages that were never answered; what the other side does not have waits for its next try."""
    due = Message.objects.of_channel(channel).unknown().filter(next_at__lte=timezone.now())
    messages = list(due.order_by("pk")[:MOST_ASKED])
    if not messages:
        return 0
    said = way_of(channel.way).ask(link, [each.idempotency_key for each in messages])
    answer(None, Answer(said, is_whole=False), by=by, channel=channel)
    return len(messages)
