"""A message is made in the transaction of the change, of what the public sees; a withdrawal replaces what waits."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, connection, transaction

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import CreditOfficeFactory
from credit_platform.errors import Refused
from disclosure import actions as public
from disclosure.tests.factories import PublishedFactory, SuspendedFactory
from exchange.actions.following import fill, make
from exchange.actions.opening import close_channel, open_channel
from exchange.models import Channel, Message
from exchange.rules.messages import State, Verb, Why, digest
from exchange.tests.factories import announced, channel, newest, partner, prepared_channel

pytestmark = pytest.mark.django_db


def test_a_message_says_what_the_public_sees_in_the_words_of_the_mapping():
    on = channel()
    item = announced()
    message = newest(on, item)
    assert (message.version, message.verb, message.state, message.number) == (1, Verb.UPSERT, State.QUEUED, None)
    body = json.loads(message.body)
    assert body["subject_name"] == item.subject_name
    assert body["CF_WSH"] == item.document_number
    assert message.digest == digest(item.public_id, 1, "upsert", message.body)


def test_what_the_verbs_of_publication_do_becomes_a_message():
    on = channel()
    item = announced()
    public.suspend(item, by=CreditOfficeFactory(), reason="核查")
    assert (newest(on, item).verb, newest(on, item).why) == (Verb.WITHDRAW, Why.SUSPENDED)
    item.refresh_from_db()
    public.resume(item, by=CreditOfficeFactory(), reason="核查完毕")
    assert (newest(on, item).verb, newest(on, item).why) == (Verb.UPSERT, Why.RESTORED)
    item.refresh_from_db()
    public.repair(item, by=CreditOfficeFactory(), reason="准予修复")
    assert (newest(on, item).verb, newest(on, item).why) == (Verb.WITHDRAW, Why.REPAIRED)


def test_a_repair_replaces_the_upsert_that_still_waits():
    on = channel()
    item = announced()
    public.repair(item, by=CreditOfficeFactory(), reason="准予修复")
    states = dict(Message.objects.filter(channel=on).values_list("verb", "state"))
    assert states == {"upsert": State.REPLACED, "withdraw": State.QUEUED}


def test_a_second_version_waits_for_the_first_and_does_not_replace_it():
    on = channel()
    item = announced()
    announced(item, why=Why.CHANGED)
    assert (
        list(Message.objects.filter(channel=on).order_by("version").values_list("state", flat=True)) == ["queued"] * 2
    )


def test_an_item_that_was_never_announced_is_not_withdrawn_and_none_twice():
    on = channel()
    item = PublishedFactory()
    announced(item, verb=Verb.WITHDRAW, why=Why.ENDED)
    assert not Message.objects.filter(channel=on).exists()
    announced(item)
    announced(item, verb=Verb.WITHDRAW, why=Why.ENDED)
    announced(item, verb=Verb.WITHDRAW, why=Why.WITHDRAWN)
    assert Message.objects.filter(channel=on, verb=Verb.WITHDRAW).count() == 1


def test_what_is_not_public_is_not_sent():
    on = channel()
    announced(SuspendedFactory(), why=Why.CHANGED)
    assert not Message.objects.filter(channel=on).exists()


def test_a_change_that_is_rolled_back_leaves_no_message():
    channel()
    item = PublishedFactory()
    with transaction.atomic():
        announced(item)
        assert Message.objects.exists()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_only_open_channels_of_the_kind_have_messages():
    one = partner()
    other = channel(kind="permit", of=one)
    closed = channel(of=one)
    close_channel(closed, reason="升级", by=CreditOfficeFactory())
    announced()
    assert not Message.objects.filter(channel__in=(other, closed)).exists()


def test_opening_makes_up_for_what_is_public_once():
    item, hidden = PublishedFactory(), SuspendedFactory()
    on = prepared_channel()
    office = CreditOfficeFactory()
    assert fill(open_channel(on, by=office), by=SYSTEM) == 1
    assert newest(on, item).why == Why.FILLED
    assert not Message.objects.filter(key=hidden.public_id).exists()
    close_channel(on, reason="升级", by=office)
    later = PublishedFactory()
    assert fill(open_channel(on, by=office), by=SYSTEM) == 1
    on.refresh_from_db()
    assert on.filled_at is not None
    assert newest(on, later).version == 1


def test_a_channel_without_key_or_mapping_is_not_opened():
    row = prepared_channel()
    row.partner.secret = None
    row.partner.save(update_fields=["secret"])
    bare = Channel.objects.create(partner=row.partner, kind="permit", way="service")
    with pytest.raises(Refused) as refused:
        open_channel(bare, by=CreditOfficeFactory())
    assert {each.rule for each in refused.value.findings} == {"exchange.key", "exchange.mapping"}


TWICE = "INSERT INTO exchange_message SELECT (jsonb_populate_record(m, '{\"id\": 999999}')).* FROM exchange_message m"


@pytest.mark.parametrize(
    "broken", ["UPDATE exchange_message SET state = 'sent'", "UPDATE exchange_message SET rank = 0", TWICE]
)
def test_the_database_holds_what_the_rules_say(broken):
    channel()
    announced()
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute(broken)


def test_many_are_made_in_one_statement(django_assert_max_num_queries):
    channel()
    ids = [PublishedFactory().pk for _ in range(5)]
    with django_assert_max_num_queries(12):
        assert make(ids, Verb.UPSERT, Why.APPEARED, by=SYSTEM) == 5
