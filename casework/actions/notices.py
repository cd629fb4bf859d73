"""Notices to subjects, and the messages that carry them out of the house by the channels of the settings.

The page is always there; a channel (the console, a gateway of short messages) is an adapter named in CASEWORK_CHANNELS. A message
that a channel could not take is tried again with growing pauses and then left as failed, which the notice's page tells.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from casework.models import Case, Message, Notice
from casework.sealed_places import ADDRESS
from companies.models import CompanyAccount
from companies.sealed_places import opened_phone
from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from records.models import Subject

log = logging.getLogger(__name__)
TRIES = 5
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
CHUNK = 200


class Channel(Protocol):
    """A way out of the house. `address_of` answers "" where it does not know one; `send` raises OSError when it could not."""

    name: str

    def address_of(self, subject: Subject) -> str: ...
    def send(self, address: str, text: str) -> None: ...


class Phone:
    """A channel to the mobile number that the handler of the company's account gave; a gateway of short messages overrides `send`."""

    name = "phone"

    def address_of(self, subject: Subject) -> str:
        account = CompanyAccount.objects.active().filter(subject=subject, phone__isnull=False).order_by("-pk").first()
        return opened_phone(bytes(account.phone), account.receipt) if account and account.phone else ""

    def send(self, address: str, text: str) -> None:
        raise OSError("no gateway of short messages is set up")


class Console(Phone):
    """Tells the log that a message would have gone out; never to whom, nor what it said."""

    name = "console"

    def send(self, address: str, text: str) -> None:
        log.info("a message of %s characters went to the console", len(text))


def _place(notice: int, channel: str) -> str:
    return sealing.place(ADDRESS, notice, channel)


def channels() -> list[Channel]:
    """The channels of the settings, in their order."""
    return [import_string(path)() for path in settings.CASEWORK_CHANNELS]


def tell_subject(case: Case, *, kind: str, text: str, on: date | None = None, contact: str = "") -> Notice:
    """Tell the subject of a case something, inside the caller's transaction: on its page at once, by the channels with the next sweep.
    `contact` is the number of who acts without an account."""
    assert case.subject is not None  # noqa: S101 - the caller's case is about somebody
    notice = Notice.objects.create(
        case=case, kind=kind, on=on or timezone.localdate(), subject=case.subject, text=text[:500]
    )
    ways = [(each.name, contact or each.address_of(case.subject)) for each in channels()]
    Message.objects.bulk_create(
        Message(
            notice=notice,
            channel=name,
            next_at=timezone.now(),
            address=sealing.encrypt(address.encode(), _place(notice.pk, name)),
        )
        for name, address in ways
        if address
    )
    return notice


def send_waiting(now: datetime | None = None, *, by: Actor = SYSTEM) -> dict[str, int]:
    """The sweep: send what is due; how many went out and how many are left for later or given up. Safe to run in parallel."""
    now = now or timezone.now()
    known = {each.name: each for each in channels()}
    done = {"sent": 0, "again": 0, "failed": 0}
    with acting(by):
        policy.require(by, "casework.remind")
        rows = Message.objects.filter(state=Message.State.WAITING, next_at__lte=now, channel__in=known)
        for message in rows.select_related("notice").select_for_update(of=("self",), skip_locked=True)[:CHUNK]:
            done[_send(message, known[message.channel], now)] += 1
    return done


def _send(message: Message, channel: Channel, now: datetime) -> str:
    message.tries += 1
    try:
        channel.send(
            sealing.decrypt(bytes(message.address), _place(message.notice_id, message.channel)).decode(),
            message.notice.text,
        )
    except OSError as error:
        message.problem = type(error).__name__
        gone = message.tries >= TRIES
        message.state = Message.State.FAILED if gone else Message.State.WAITING
        message.next_at = now + PAUSES[min(message.tries, len(PAUSES)) - 1]
        message.save(update_fields=["tries", "problem", "state", "next_at"])
        return "failed" if gone else "again"
    message.state, message.sent_at = Message.State.SENT, now
    message.save(update_fields=["tries", "state", "sent_at"])
    return "sent"


def read(notices: list[int], *, by: User) -> int:
    """Mark notices of one's own department, and those to the credit office for its people, as read; how many were not."""
    with acting(by):
        rows = Notice.objects.to_staff(by).unread().filter(pk__in=notices).order_by("pk")
        own = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
        if own:
            Notice.objects.filter(pk__in=own).update(read_at=timezone.now())
            audit.record("casework.read", by=by, members=own, unit_id=by.department_id)
    return len(own)
