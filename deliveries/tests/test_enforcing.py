"""What follows for who does not update: reminder, order, pause by another person, and its end by two."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connections, transaction

from casework.models import Case, Notice
from casework.tests import kit
from credit_platform.accounts import policy
from credit_platform.accounts.models import ApiClient
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from deliveries.actions import enforcing
from deliveries.actions.acknowledging import acknowledge_at_desk
from deliveries.actions.recalculation import delivery_days
from deliveries.actions.sweeping import sweep
from deliveries.models import Delivery, DeliveryCase
from deliveries.rules.deliveries import MOVES, STATE_LABELS, State
from deliveries.rules.enforcement import ENFORCEMENT
from deliveries.tests.factories import (
    DUE,
    ORDERED,
    PAUSED,
    REMINDED,
    TODAY,
    case_in,
    catch_up,
    delivered,
    late,
    reader,
    take,
)
from tests.diagrams import moves_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")

test_moves = kit.every_pair(ENFORCEMENT, case_in, take, but=("settle",))
test_second_person = kit.two_people(ENFORCEMENT, case_in, take, ready={"pause": "ordered"}, person=CreditOfficeFactory)
test_diagram = kit.diagram(ENFORCEMENT, README)


def client_of(case: Case) -> ApiClient:
    return ApiClient.objects.get(pk=case.own.recipient.client_id)


def test_the_diagram_of_a_delivery_tells_its_moves():
    told = {move for move in moves_of(README) if move[0] in STATE_LABELS}
    assert told == {(state, verb, end) for (state, verb), end in MOVES.items()}


def test_who_is_late_is_reminded_on_the_day_after_once():
    row = late()
    assert sweep(DUE) == {"reminded": 0, "settled": 0}
    assert sweep(REMINDED) == {"reminded": 1, "settled": 0}
    assert sweep(REMINDED) == {"reminded": 0, "settled": 0}
    case = DeliveryCase.objects.get(recipient=row.recipient).case
    notice = Notice.objects.get(case=case)
    assert (notice.kind, notice.department) == ("reminded", row.recipient.department)
    assert "1 条" in notice.text
    assert "2026年11月5日" in notice.text


@pytest.mark.parametrize(("verb", "state", "first"), [("order", "reminded", ORDERED), ("pause", "ordered", PAUSED)])
def test_nothing_harder_follows_on_the_last_day_and_it_may_on_the_day_after(verb, state, first):
    case = case_in(state)
    given = {"document_number": "一号", "reason": "逾期", "by": CreditOfficeFactory()}
    assert case.due_on == first - timedelta(days=1)
    with pytest.raises(Refused) as refused:
        getattr(enforcing, verb)(case, on=case.due_on, **given)
    assert [each.rule for each in refused.value.findings] == ["delivery.early"]
    assert getattr(enforcing, verb)(case, on=first, **given).state == ENFORCEMENT.moves[state, verb]


def test_a_pause_takes_what_goes_out_and_never_what_comes_in():
    case = case_in("paused")
    client = client_of(case)
    assert not policy.allows(client, "records.view")
    assert policy.allows(client, "records.enter")
    with pytest.raises(Forbidden) as told:
        policy.require(client, "records.view")
    assert told.value.code == "policy.paused"
    assert policy.allows(client_of(take(take(case, "apply"), "resume")), "records.view")


def test_two_people_resume_and_nothing_while_something_is_late():
    case = case_in("paused")
    with pytest.raises(Refused) as refused:
        enforcing.apply(case, reason="已核对", by=CreditOfficeFactory())
    assert [each.rule for each in refused.value.findings] == ["delivery.late"]
    catch_up(case)
    one = CreditOfficeFactory()
    case = enforcing.apply(case, reason="已核对", by=one)
    for verb in ("resume", "deny"):
        with pytest.raises(Forbidden) as told:
            take(case, verb, by=one)
        assert told.value.code == "delivery.two_people"
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryCase.objects.filter(pk=case.pk).update(resumed_by=one)
    assert take(case, "resume").state == "resumed"


@pytest.mark.parametrize("state", ["reminded", "ordered"])
def test_who_catches_up_is_let_go_in_the_same_moment(state):
    case = case_in(state)
    catch_up(case)
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.due_on) == ("settled", TODAY, None)
    assert not DeliveryCase.objects.get(pk=case.pk).is_open


def test_a_pause_stays_until_people_end_it_and_a_new_delay_is_a_new_case():
    case = case_in("paused")
    catch_up(case)
    case.refresh_from_db()
    assert case.state == "paused"
    sweep(TODAY)
    assert DeliveryCase.objects.count() == 1
    take(take(case, "apply"), "resume")
    late(client_of(case))
    assert sweep(TODAY)["reminded"] == 1


def test_the_department_of_a_recipient_answers_at_the_desk_and_no_other():
    row = delivered()
    stranger, clerk = ReviewerFactory(), ClerkFactory(department=row.recipient.department)
    assert acknowledge_at_desk([row.pk], by=stranger) == 0
    with pytest.raises(Forbidden):
        acknowledge_at_desk([row.pk], by=CreditOfficeFactory())
    assert acknowledge_at_desk([row.pk], by=clerk) == 1
    row.refresh_from_db()
    assert (row.state, row.how, row.closed_by) == (State.ACKNOWLEDGED, "desk", clerk.full_name)


def test_the_credit_office_answers_for_a_recipient_outside_the_city():
    row = delivered(reader(department__is_external=True))
    assert row.recipient.kind_label == "外部共享单位"
    assert acknowledge_at_desk([row.pk], by=CreditOfficeFactory()) == 1


def test_who_has_no_key_cannot_be_paused():
    case = case_in("ordered")
    type(case.own.recipient).objects.filter(pk=case.own.recipient_id).update(client=None)
    with pytest.raises(Refused) as refused:
        take(case, "pause")
    assert "delivery.no-key" in {each.rule for each in refused.value.findings}


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_remind_once():
    from threading import Barrier, Thread

    late()
    gate, done = Barrier(2), []

    def run():
        gate.wait()
        try:
            done.append(sweep(REMINDED)["reminded"])
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 1]
    assert Case.objects.count() == 1


def test_a_sweep_that_dies_leaves_nothing_half_done(monkeypatch):
    late()

    def die(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr(Notice.objects, "bulk_create", die)
        with pytest.raises(SystemExit):
            sweep(REMINDED)
    assert not Case.objects.exists()
    assert sweep(REMINDED)["reminded"] == 1


def test_a_holiday_notice_moves_the_last_days_of_what_is_open(monkeypatch):
    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.workdays.queries import calendar

    row, new = delivered(), calendar()
    Delivery.objects.filter(pk=row.pk).update(due_on=row.due_on + timedelta(days=1))
    assert [(each.old_due, each.new_due) for each in delivery_days.preview(new, new)] == [
        (row.due_on + timedelta(days=1), row.due_on)
    ]
    assert delivery_days.recompute(new, new, by=SYSTEM) == 1
    assert Delivery.objects.get().due_on == row.due_on


def test_a_second_order_is_a_conflict():
    with pytest.raises(Conflict):
        take(case_in("ordered"), "order")
