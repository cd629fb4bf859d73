"""The desk pages, the board, and what administrators prepare."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts.tests.factories import (
    AuditorFactory,
    ClerkFactory,
    CreditOfficeFactory,
    SystemAdminFactory,
)
from disclosure import actions as public
from exchange.actions.reconciling import reconcile
from exchange.actions.sending import turn
from exchange.models import Channel, Mapping, Message, Partner
from exchange.queries.fields import first_mapping
from exchange.rules.mappings import as_lines
from exchange.rules.messages import State
from exchange.simulator.behaviours import Behaviour
from exchange.tests.factories import announced, channel, newest, partner, prepared_channel
from exchange.work import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    user = CreditOfficeFactory()
    client.force_login(user)
    return user


def page(client, name: str, *args: object, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(f"exchange:{name}", args=args) + query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def test_every_page_says_how_the_channel_stands(client, office, province):
    server = province(Behaviour.REJECTING)
    on = channel(of=partner(address=server.address))
    items = [announced() for _ in range(4)]
    turn(on)
    row = reconcile(on)
    assert "示例省级平台" in page(client, "overview")
    assert "CF_WSH" in page(client, "channel", on.pk)
    listed = page(client, "messages", query="?scope=mend")
    assert "对方退回" in listed
    assert "共 3 条" in listed
    rejected = Message.objects.filter(state=State.REJECTED).first()
    assert "主体代码在本库中不存在" in page(client, "message", rejected.pk)
    assert on.parcels.get().name in page(client, "parcels")
    assert "双方一致" in page(client, "comparison", row.pk)
    assert items[0].public_id in page(client, "messages", query=f"?scope=all&q={items[0].public_id}&export=csv")
    assert "没有符合条件" in page(client, "messages", query="?scope=all&number_from=999")


def test_what_was_rejected_and_parked_is_mended_from_the_list(client, office, province):
    server = province(Behaviour.REJECTING)
    on = channel(of=partner(address=server.address))
    for _ in range(4):
        announced()
    turn(on)
    [section] = work(office, timezone.localdate())
    assert str(section.count) == "3"
    rejected = list(Message.objects.filter(state=State.REJECTED))
    Message.objects.filter(pk=rejected[0].pk).update(state=State.PARKED)
    answer = client.post(reverse("exchange:mend"), {"id": [each.pk for each in rejected]}, follow=True)
    assert "重新发送 1 条" in answer.content.decode()
    assert "重新生成 2 条" in answer.content.decode()
    assert Message.objects.filter(state=State.QUEUED).count() == 3


def test_the_board_lists_what_no_receipt_has_confirmed(client, office, province):
    server = province()
    on = channel(of=partner(address=server.address))
    item = announced()
    turn(on)
    public.repair(item, by=CreditOfficeFactory(), reason="准予修复")
    assert item.public_id in page(client, "board")
    turn(on)
    assert "撤下的都已确认" in page(client, "board")
    server.province._data.execute("UPDATE item SET verb = 'upsert'")
    reconcile(on)
    assert "仍展示应已撤下的" in page(client, "board")


def test_steps_of_a_channel_open_compare_mend_and_close_it(client, office, province):
    server = province()
    on = prepared_channel(of=partner(address=server.address))

    def take(verb: str, **data: object):
        return client.post(reverse("exchange:step", args=[on.pk, verb]), _token() | data)

    assert take("open").status_code == 302
    announced()
    turn(Channel.objects.get(pk=on.pk))
    assert take("reconcile").status_code == 302
    assert on.reconciliations.get().differing == 0
    refused = take("resend", first=5, last=1, reason="对方恢复备份")
    assert refused.status_code == 422
    assert "序号应从小到大" in refused.content.decode()
    assert take("resend", first=1, last=5, reason="对方恢复备份").status_code == 302
    assert Message.objects.get().state == State.QUEUED
    assert take("close", reason="").status_code == 422
    assert take("close", reason="对方升级").status_code == 302
    on.refresh_from_db()
    assert on.state == "closed"


def _token() -> dict[str, object]:
    return {"form_token": str(uuid4())}


def test_differences_are_renewed_once(client, office, province):
    server = province()
    on = channel(of=partner(address=server.address))
    item = announced()
    turn(on)
    server.province._data.execute("DELETE FROM item")
    row = reconcile(on)
    address = reverse("exchange:renew", args=[row.pk])
    assert client.post(address, _token()).status_code == 302
    assert newest(on, item).version == 2
    assert client.post(address, _token()).status_code == 409


def test_a_partner_that_is_silent_is_told_on_the_form(client, office):
    on = channel()
    answer = client.post(reverse("exchange:step", args=[on.pk, "reconcile"]), _token())
    assert answer.status_code == 422
    assert "对账没有完成" in answer.content.decode()


def test_the_auditor_reads_and_takes_no_step_and_a_clerk_sees_nothing(client):
    on = channel()
    client.force_login(AuditorFactory())
    page(client, "channel", on.pk)
    page(client, "step", on.pk, "close", status=403)
    client.force_login(ClerkFactory())
    page(client, "overview", status=403)


def test_an_administrator_prepares_a_channel_and_its_key_is_shown_once(client):
    client.force_login(SystemAdminFactory())
    of = partner(address="")
    answer = client.post(reverse("admin:exchange_partner_do", args=[of.pk, "secret"]), {"reason": "首次对接"})
    assert "只显示这一次" in answer.content.decode()
    shown = answer.context["secret"]
    assert shown not in client.get(reverse("admin:exchange_partner_change", args=[of.pk])).content.decode()
    on = Channel.objects.create(partner=of, kind="penalty", way="file")
    lines = as_lines(first_mapping("penalty"))
    add = reverse("admin:exchange_mapping_add")
    given = {"channel": on.pk, "valid_from": "2026-01-01", "basis": "接口说明第1版"}
    bad = client.post(add, given | {"lines": lines + "\nCF_XDR_ZJHM=zjhm"})
    assert "不是该类信息可公开的字段" in bad.content.decode()
    assert client.post(add, given | {"lines": lines}).status_code == 302
    assert Mapping.objects.get().fields == first_mapping("penalty")
    assert client.get(reverse("admin:exchange_mapping_change", args=[Mapping.objects.get().pk])).status_code == 200


def test_an_address_that_is_not_encrypted_is_refused_where_it_is_typed(client):
    client.force_login(SystemAdminFactory())
    of = partner(address="")
    given = {"name": of.name, "client": of.client_id, "algorithm": "sha256", "address": "http://exchange.example.cn/"}
    answer = client.post(reverse("admin:exchange_partner_change", args=[of.pk]), given)
    assert "应使用 https" in answer.content.decode()
    assert Partner.objects.get().address == ""
