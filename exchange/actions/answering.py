"""What the other side said, row by row; and what follows when it said nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.moves import next_state
from exchange.models import Channel, Message, MessageQuerySet, Parcel, Receipt
from exchange.rules.messages import MOVES, STATE_LABELS, VERB_OF, Result, State, parsed_key
from exchange.rules.parcels import PARCEL_LABELS, PARCEL_MOVES, ParcelState
from exchange.rules.timing import MOST_TRIES, is_to_park, wait_after
from exchange.ways.base import Answer, Said

Answered = tuple[Message, Said]


def take(parcel: Parcel, said: Answer, *, by: Actor) -> None:
    """The other side has the parcel and will say more: its messages are acknowledged, and what it said already is entered."""
    with acting(by):
        row = _locked(parcel)
        _move_parcel(row, "acknowledge")
        _move(Message.objects.filter(parcel=row), "acknowledge", (State.SENT,))
        _succeed(row.channel)
        audit.record("exchange.acknowledge", row, by=by)
        if said.said:
            _enter(row.channel, row, said.said, by)


def answer(parcel: Parcel | None, said: Answer, *, by: Actor, channel: Channel | None = None) -> int:
    """Enter receipts row by row; how many messages they moved. What is repeated, or said of a message that is done, changes nothing.

    `parcel`: whose receipts they are; None for answers to a question, of `channel`. A parcel that is answered for all it said keeps no message
    waiting: of which nothing was said, nobody knows what became.
    """
    with acting(by):
        row = _locked(parcel) if parcel else None
        on = row.channel if row else channel
        if on is None:
            raise ValueError("an answer belongs to a parcel or a channel")
        count = _enter(on, row, said.said, by)
        if row and said.is_whole and row.state != ParcelState.ANSWERED:
            _move_parcel(row, "answer", answered_at=timezone.now())
            unsaid = _move(row.messages.on_their_way(), "lose", (State.SENT, State.ACKNOWLEDGED))
            if unsaid:
                row.error = f"回执缺少 {unsaid} 条，已改为查询对方。"
                row.save(update_fields=["error"])
        _succeed(on)
    return count


def lose(parcel: Parcel, why: str, *, by: Actor) -> None:
    """No answer came that could be believed: nobody knows what became of the parcel's messages. Nothing that has moved on meanwhile."""
    with acting(by):
        row = _locked(parcel)
        if row.state not in (ParcelState.SENT, ParcelState.ACKNOWLEDGED):
            return
        _move_parcel(row, "lose", error=why[:300])
        _move(row.messages.on_their_way(), "lose", (State.SENT, State.ACKNOWLEDGED), next_at=timezone.now())
        audit.record("exchange.lose", row, by=by, reason=why)


def lose_silent(channel: Channel, *, by: Actor) -> int:
    """Parcels that waited longer than the channel allows, those of a killed worker among them; how many."""
    silent = list(channel.parcels.silent(timezone.now()).order_by("pk"))
    for parcel in silent:
        lose(parcel, f"{channel.answer_minutes} 分钟内没有答复。", by=by)
    return len(silent)


def fail(channel: Channel, why: str, *, by: Actor) -> None:
    """The turn ended early: the channel rests, twice as long each time, and says why."""
    with acting(by):
        row = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
        row.failures += 1
        row.next_at = timezone.now() + wait_after(row.failures)
        row.last_error = why[:300]
        row.save(update_fields=["failures", "next_at", "last_error"])


def _succeed(channel: Channel) -> None:
    resting = Channel.objects.filter(pk=channel.pk, failures__gt=0)
    resting.update(failures=0, next_at=None, last_error="")


def _locked(parcel: Parcel) -> Parcel:
    return Parcel.objects.select_for_update(of=("self",)).select_related("channel").get(pk=parcel.pk)


def _move_parcel(row: Parcel, verb: str, **values: object) -> None:
    row.state = next_state(
        PARCEL_MOVES, PARCEL_LABELS, ParcelState(row.state), verb, code="exchange.parcel", what="批次"
    )
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *values])


def _move(rows: MessageQuerySet | QuerySet[Message], verb: str, states: Iterable[State], **values: object) -> int:
    """Messages in any of these states take a step; how many."""
    count = 0
    for state in states:
        after = next_state(MOVES, STATE_LABELS, state, verb, code="exchange.state", what="消息")
        count += rows.filter(state=state).update(state=after, **values)
    return count


def _enter(channel: Channel, parcel: Parcel | None, said: Iterable[Said], by: Actor) -> int:
    """The receipts of messages that may still be answered: kept word for word, and each message takes its step."""
    moved: dict[str, list[Answered]] = defaultdict(list)
    for message, one in _answerable(channel, said):
        moved[VERB_OF[one.result]].append((message, one))
    now = timezone.now()
    answered = [pair for pairs in moved.values() for pair in pairs]
    Receipt.objects.bulk_create(
        Receipt(
            message=message, parcel=parcel, result=one.result, rule=one.rule, field=one.field, text=one.text, at=now
        )
        for message, one in answered
    )
    for verb, values in (("accept", {"applied_at": now}), ("reject", {})):
        ids = [message.pk for message, _ in moved[verb]]
        if ids:
            rows = Message.objects.filter(pk__in=ids)
            _move(rows, verb, {State(message.state) for message, _ in moved[verb]}, **values)
            audit.record(f"exchange.{verb}", by=by, members=ids, detail={"parcel": parcel.name if parcel else ""})
    _again([message for message, _ in moved["requeue"]], by)
    return len(answered)


def _answerable(channel: Channel, said: Iterable[Said]) -> list[Answered]:
    """Each receipt with its message, locked; the first one of each; of messages that are done, or never were ours, none."""
    wanted: dict[tuple[str, int], Said] = {}
    for one in said:
        key = parsed_key(one.key)
        if key is not None:
            wanted.setdefault(key, one)
    rows = Message.objects.of_channel(channel).answerable().filter(key__in={key for key, _ in wanted})
    found = [
        (row, wanted[row.key, row.version])
        for row in rows.select_for_update(of=("self",)).order_by("pk")
        if (row.key, row.version) in wanted
    ]
    return [(row, one) for row, one in found if one.result is not Result.ABSENT or row.state == State.UNKNOWN]


def _again(messages: list[Message], by: Actor) -> int:
    """What the other side does not have goes again under the same key, later each time; after the last try it is parked."""
    park = [each.pk for each in messages if is_to_park(each.tries)]
    for tries in range(1, MOST_TRIES):
        ids = [each.pk for each in messages if each.tries == tries]
        if ids:
            rows = Message.objects.filter(pk__in=ids)
            _move(rows, "requeue", (State.UNKNOWN,), next_at=timezone.now() + wait_after(tries))
    if park:
        _move(Message.objects.filter(pk__in=park), "park", (State.UNKNOWN,))
        audit.record("exchange.park", by=by, members=park)
    return len(messages)
