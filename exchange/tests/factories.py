"""Partners, channels and messages for tests, each brought about by what really brings it about; everything made up."""

from __future__ import annotations

from datetime import date

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ApiClientFactory, CreditOfficeFactory, SystemAdminFactory
from credit_platform.audit.context import acting
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from exchange.actions.following import fill, make
from exchange.actions.opening import enter_mapping, open_channel, set_secret
from exchange.models import Channel, Message, Partner
from exchange.queries.fields import first_mapping
from exchange.rules.messages import Verb, Why

KEY = "a-key-of-the-tests-with-forty-characters"
BEGUN = date(2026, 1, 1)


def partner(code: str = "province", address: str = "http://127.0.0.1:9/exchange", **values: object) -> Partner:
    """A partner with a common key; nobody listens at its address unless a test says where."""
    with acting(SYSTEM):
        row = Partner.objects.create(
            code=code, name=f"示例省级平台（{code}）", client=ApiClientFactory(), address=address, **values
        )
    return set_secret(row, KEY, by=SystemAdminFactory())


def prepared_channel(
    way: str = "service", *, kind: str = "penalty", of: Partner | None = None, **values: object
) -> Channel:
    """A channel with a mapping, not open."""
    with acting(SYSTEM):
        row = Channel.objects.create(partner=of or partner(), kind=kind, way=way, **values)
    enter_mapping(row, first_mapping(kind), valid_from=BEGUN, basis="省级平台接口说明", by=SystemAdminFactory())
    return row


def channel(way: str = "service", **values: object) -> Channel:
    """A channel that carries messages."""
    row = prepared_channel(way, **values)
    fill(open_channel(row, by=CreditOfficeFactory()), by=SYSTEM)
    return Channel.objects.select_related("partner").get(pk=row.pk)


def announced(item: Disclosure | None = None, *, verb: Verb = Verb.UPSERT, why: Why = Why.APPEARED) -> Disclosure:
    """An item of which every open channel has a message."""
    item = item or PublishedFactory()
    make([item.pk], verb, why, by=SYSTEM)
    return item


def newest(on: Channel, item: Disclosure) -> Message:
    """The newest message of an item."""
    return Message.objects.filter(channel=on, key=item.public_id).latest("version")
