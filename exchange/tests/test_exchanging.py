"""With a province on this machine, honest and bad: nothing is lost, nothing is there twice, and of a key the order stays."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from credit_platform.accounts.tests.factories import CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure import actions as public
from exchange.actions.mending import renew, resend_parked, resend_range
from exchange.actions.reconciling import reconcile, renew_differences
from exchange.actions.sending import turn
from exchange.models import Channel, Message, Parcel, Receipt
from exchange.rules.messages import State, Why
from exchange.simulator.behaviours import Behaviour
from exchange.simulator.folder import Folder
from exchange.simulator.province import Province
from exchange.tests.factories import announced, channel, newest, partner

pytestmark = pytest.mark.django_db


def states(on: Channel) -> dict[str, int]:
    counts: dict[str, int] = {}
    for state in Message.objects.filter(channel=on).values_list("state", flat=True):
        counts[state] = counts.get(state, 0) + 1
    return counts


def in_order(province: Province) -> bool:
    """Whether the province applied the versions of each key upwards, each once."""
    versions: dict[str, list[int]] = {}
    for key, version, _ in province.applied():
        versions.setdefault(key, []).append(version)
    return all(a < b for each in versions.values() for a, b in pairwise(each))


def service(server, **values) -> Channel:
    return channel(of=partner(address=server.address), **values)


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_what_is_announced_arrives_and_is_answered(province, algorithm):
    server = province(algorithm=algorithm)
    on = channel(of=partner(address=server.address, algorithm=algorithm))
    item = announced()
    turn(on)
    message = newest(on, item)
    assert (message.state, message.number, message.tries) == (State.APPLIED, 1, 1)
    [copy] = server.province.copies("penalty")
    assert (copy.key, copy.version, copy.digest) == (item.public_id, 1, message.digest)
    assert Receipt.objects.get().message == message


def test_the_trail_has_the_digest_before_the_parcel_leaves(province, monkeypatch):
    server = province()
    on = service(server)
    announced()
    seen = []
    monkeypatch.setattr(
        "exchange.ways.service.ServiceWay.send",
        lambda *_: (
            seen.append(AuditEntry.objects.get(verb="exchange.send").detail["digest"])
            or (_ for _ in ()).throw(RuntimeError)
        ),
    )
    with pytest.raises(RuntimeError):
        turn(on)
    assert seen == [Parcel.objects.get().digest]


def test_withdrawals_leave_before_everything_else(province):
    server = province()
    on = service(server, rows_at_once=1)
    shown = announced()
    turn(on)
    for _ in range(3):
        announced()
    public.repair(shown, by=CreditOfficeFactory(), reason="准予修复")
    turn(on)
    assert server.province.applied()[1] == (shown.public_id, 2, "withdraw")
    assert shown.public_id not in {each.key for each in server.province.copies("penalty")}


def until_done(on: Channel, later, other_side=lambda: None) -> None:
    """Turn after turn, hours between them; what is rejected is renewed and what is parked is tried again, as somebody at the desk would."""
    office = CreditOfficeFactory()
    for _ in range(60):
        turn(on)
        other_side()
        rows = Message.objects.filter(channel=on)
        renew(on, list(rows.filter(state=State.REJECTED).values_list("key", flat=True)), by=office)
        resend_parked(rows.parked().values_list("pk", flat=True), by=office)
        if not rows.exclude(state__in=(State.APPLIED, State.REPLACED)).exists():
            return
        later(on)
    raise AssertionError(f"not done: {states(on)}")


@pytest.mark.parametrize("behaviour", Behaviour)
@pytest.mark.parametrize("way", ["service", "file"])
def test_however_the_province_behaves_everything_is_there_once_and_in_order(
    province, tmp_path, settings, later, behaviour, way
):
    settings.EXCHANGE_FOLDER = tmp_path
    server = province(behaviour)
    folder = Folder(server.province, tmp_path / "province")
    on = service(server, way=way, rows_at_once=2)
    items = [announced() for _ in range(5)]
    until_done(on, later, folder.turn)
    for item in items[:2]:
        announced(item, why=Why.CHANGED)
    public.repair(items[-1], by=CreditOfficeFactory(), reason="准予修复")
    until_done(on, later, folder.turn)
    assert {each.key for each in server.province.copies("penalty")} == {item.public_id for item in items[:-1]}
    assert in_order(server.province)
    folder.turn()
    assert reconcile(on).differing == 0


def test_three_of_five_hundred_are_rejected_and_come_again_as_new_versions(province):
    server = province(Behaviour.REJECTING)
    on = service(server)
    for _ in range(6):
        announced()
    turn(on)
    assert states(on) == {State.APPLIED: 3, State.REJECTED: 3}
    rejected = Message.objects.filter(channel=on, state=State.REJECTED)
    assert rejected.first().receipts.get().text == "主体代码在本库中不存在。"
    keys = list(rejected.values_list("key", flat=True))
    renew(on, keys, by=CreditOfficeFactory())
    assert states(on) == {State.APPLIED: 3, State.REPLACED: 3, State.QUEUED: 3}
    turn(on)
    assert set(Message.objects.filter(key__in=keys, state=State.APPLIED).values_list("version", flat=True)) == {2}
    assert len(server.province.copies("penalty")) == 6


def test_the_same_again_is_a_duplicate_and_nothing_is_there_twice(province):
    server = province()
    on = service(server)
    announced()
    announced()
    turn(on)
    assert resend_range(on, 1, 1, reason="对方恢复备份", by=CreditOfficeFactory()) == 1
    turn(on)
    assert list(Receipt.objects.values_list("result", flat=True)) == ["accepted", "accepted", "duplicate"]
    assert len(server.province.applied()) == 2


def test_a_number_that_commits_late_is_not_passed_over(province):
    server = province()
    on = service(server)
    first, second = announced(), announced()
    early = newest(on, first)
    Message.objects.filter(pk=early.pk).update(next_at=timezone.now() + timedelta(hours=1))
    turn(on)
    assert newest(on, second).state == State.APPLIED
    Message.objects.filter(pk=early.pk).update(next_at=timezone.now())
    turn(on)
    assert newest(on, first).state == State.APPLIED


def test_silence_is_asked_about_and_never_assumed(later):
    on = channel()
    item = announced()
    turn(on)
    message = newest(on, item)
    on.refresh_from_db()
    assert (message.state, on.failures) == (State.UNKNOWN, 1)
    assert on.next_at > timezone.now()
    turn(on)
    assert newest(on, item).tries == 1, "a resting channel is left alone"
    for _ in range(10):
        later(on)
        turn(on)
    assert newest(on, item).state == State.UNKNOWN, "nobody knows: not parked, not sent again"


def test_what_spoils_its_parcel_is_parked_alone_and_can_be_tried_again(province, later, monkeypatch):
    server = province()
    on = service(server, rows_at_once=8)
    spoiled = announced()
    others = [announced() for _ in range(9)]
    receive = server.province.receive

    def chokes(name, kind, rows):
        if any(row["item"] == spoiled.public_id for row in rows):
            raise ConnectionError
        return receive(name, kind, rows)

    monkeypatch.setattr(server.province, "receive", chokes)
    monkeypatch.setattr(server, "handle_error", lambda *_: None)
    for _ in range(12):
        turn(on)
        later(on)
    assert newest(on, spoiled).state == State.PARKED
    assert {newest(on, each).state for each in others} == {State.APPLIED}
    monkeypatch.setattr(server.province, "receive", receive)
    assert resend_parked([newest(on, spoiled).pk], by=CreditOfficeFactory()) == 1
    turn(on)
    assert newest(on, spoiled).state == State.APPLIED


def test_a_forged_answer_is_no_answer(province):
    server = province()
    server.key = b"somebody else's key, of forty characters"
    on = service(server)
    item = announced()
    turn(on)
    assert newest(on, item).state == State.UNKNOWN


def test_both_sides_are_compared_by_key_and_mended_from_the_day(province):
    server = province()
    on = service(server)
    lost, other, gone, fine = (announced() for _ in range(4))
    turn(on)
    public.repair(gone, by=CreditOfficeFactory(), reason="准予修复")
    turn(on)
    data = server.province._data
    data.execute("DELETE FROM item WHERE key = ?", (lost.public_id,))
    data.execute("UPDATE item SET digest = 'x' WHERE key = ?", (other.public_id,))
    data.execute("UPDATE item SET verb = 'upsert' WHERE key = ?", (gone.public_id,))
    row = reconcile(on)
    told = dict(row.differences.values_list("key", "differs"))
    assert told == {lost.public_id: "missing", other.public_id: "other", gone.public_id: "extra"}
    assert fine.public_id not in told
    office = CreditOfficeFactory()
    assert renew_differences(row, by=office) == 3
    with pytest.raises(Conflict):
        renew_differences(row, by=office)
    turn(on)
    assert reconcile(on).differing == 0


def test_a_partner_that_does_not_answer_is_not_compared():
    on = channel()
    with pytest.raises(Refused, match="对账没有完成"):
        reconcile(on)


def test_who_is_not_of_the_credit_office_mends_nothing():
    on = channel()
    announced()
    for act in (
        lambda by: resend_range(on, 1, 1, reason="试", by=by),
        lambda by: resend_parked([1], by=by),
        lambda by: renew(on, ["x"], by=by),
    ):
        with pytest.raises(Forbidden):
            act(ReviewerFactory())
    for first, last, reason in ((0, 1, "x"), (2, 1, "x"), (1, 200_000, "x"), (1, 1, " ")):
        with pytest.raises(Refused):
            resend_range(on, first, last, reason=reason, by=CreditOfficeFactory())
