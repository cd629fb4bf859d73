"""Sessions of training: invited by a frozen query, free to stay away, confirmed by another, counted by subjects."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from education.models import Invitation, Seat, Training
from education.trainings import actions, rules
from education.trainings.rules import MOVES, State
from education.trainings.tests.factories import on_the_day, penalised, planned, present, training_in
from records.models import Subject
from tests.diagrams import moves_of

pytestmark = pytest.mark.django_db

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_readme_draws_the_moves():
    assert moves_of(README) == {(str(state), verb, str(end)) for (state, verb), end in MOVES.items()}


def test_sixty_seats_of_thirty_one_firms_two_of_them_struck_off_cover_twenty_nine():
    invited = {n: "注销" if n < 2 else "存续" for n in range(31)}
    seats = [(n, 180) for n in range(31) for _ in range(2)][:60] + [(30, 180)]
    found = rules.coverage(invited, seats, least=150)
    assert (found.invited, found.operating, found.covered, found.seats) == (31, 29, 29, 61)


def test_who_left_a_minute_too_early_is_not_covered():
    assert rules.minutes_present(time(9), time(11, 30)) == 150
    assert rules.coverage({1: "", 2: ""}, [(1, 150), (2, 149)], least=150).covered == 1


@pytest.mark.parametrize("status", ["注销", "吊销，未注销", "已迁出", "撤销登记"])
def test_who_is_struck_off_does_not_operate(status):
    assert not rules.operates(status)
    assert rules.operates("存续（在营、开业、在册）")
    assert rules.operates("")


def taken(row: Training, verb: str) -> Training:
    clerk, seen = ClerkFactory(department=row.department), str(row.version)
    other = ReviewerFactory(department=row.department)
    with on_the_day(row):
        if verb == "announce":
            penalised(row, 1)
            return actions.announce(row, own=True, by=clerk, seen=seen)
        if verb == "hold":
            if row.state == State.ANNOUNCED:
                present(row, Subject.objects.order_by("-pk").first())
            return actions.hold(row, by=clerk, seen=str(Training.objects.get(pk=row.pk).version))
        if verb == "close":
            return actions.close(row, by=other, seen=seen)
        given = {"reason": "请核对时间。", "seen": seen}
        return actions.return_(row, by=other, **given) if verb == "return" else actions.cancel(row, by=clerk, **given)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", ["announce", "hold", "close", "return", "cancel"])
def test_every_pair_of_state_and_verb(state, verb):
    row = training_in(state)
    if (state, verb) in MOVES:
        assert taken(row, verb).state == MOVES[state, verb]
        return
    with pytest.raises(Conflict):
        taken(row, verb)
    assert Training.objects.get(pk=row.pk).state == state


def test_invited_is_who_has_a_public_penalty_of_the_department_and_no_natural_person():
    row = planned()
    inside = penalised(row, 2)
    penalised(planned(), 1)
    row = actions.announce(row, own=True, by=row.planned_by, seen=str(row.version))
    assert set(row.invitations.values_list("subject", flat=True)) == {each.pk for each in inside}
    with pytest.raises(DatabaseError), transaction.atomic():
        Invitation.objects.filter(training=row).update(subject=inside[0])
    lonely = planned()
    with pytest.raises(Refused, match="没有符合条件"):
        actions.announce(lonely, own=True, by=lonely.planned_by, seen=str(lonely.version))


def test_seats_are_taken_once_and_never_more_than_there_are():
    row = planned(capacity=3)
    first, second = penalised(row, 2)
    row = actions.announce(row, own=True, by=row.planned_by, seen=str(row.version))
    one, two = ActiveFactory(subject=first), ActiveFactory(subject=second)
    invitations = {each.subject_id: each for each in row.invitations.all()}
    actions.accept(invitations[first.pk], seats=2, by=one)
    with pytest.raises(Conflict, match="已经预约"):
        actions.accept(invitations[first.pk], seats=1, by=one)
    with pytest.raises(Forbidden):
        actions.accept(invitations[second.pk], seats=1, by=one)
    with pytest.raises(Conflict, match="剩余席位1个"):
        actions.accept(invitations[second.pk], seats=2, by=two)
    assert actions.accept(invitations[second.pk], seats=1, by=two).seats == 1


def test_who_entered_the_attendance_does_not_confirm_it():
    row = planned()
    (subject,) = penalised(row, 1)
    row = actions.announce(row, own=True, by=row.planned_by, seen=str(row.version))
    entering = ReviewerFactory(department=row.department)
    with on_the_day(row):
        present(row, subject, by=entering)
        row.refresh_from_db()
        row = actions.hold(row, by=row.planned_by, seen=str(row.version))
        for by in (entering, row.planned_by):
            with pytest.raises(Forbidden):
                actions.close(row, by=by, seen=str(row.version))
    with pytest.raises(IntegrityError), transaction.atomic():
        Training.objects.filter(pk=row.pk).update(confirmed_by=row.entered_by)


def test_attendance_is_entered_on_the_day_and_struck_seats_do_not_count():
    row = planned()
    first, second = penalised(row, 2)
    row = actions.announce(row, own=True, by=row.planned_by, seen=str(row.version))
    with pytest.raises(Conflict, match="还没有到"):
        present(row, first)
    with on_the_day(row):
        wrong = present(row, second)
        present(row, first)
        actions.strike(wrong, by=row.planned_by)
        row.refresh_from_db()
        row = actions.hold(row, by=row.planned_by, seen=str(row.version))
        row = actions.close(row, by=ReviewerFactory(department=row.department), seen=str(row.version))
    assert row.coverage == {"invited": 2, "operating": 2, "covered": 1, "seats": 1}
    assert row.reference_on == row.on
    assert Seat.objects.get(pk=wrong.pk).name_masked == "张**"


def test_the_pages_of_a_session(client):
    row = planned()
    (subject,) = penalised(row, 1)
    client.force_login(row.planned_by)
    announce = reverse("trainings:act", args=[row.pk, "announce"])
    assert client.post(announce, {"version_seen": str(row.version)}).status_code == 422
    assert client.post(announce, {"version_seen": str(row.version), "own": "own"}).status_code == 302
    seat = reverse("trainings:seat-new", args=[row.pk])
    given = {"code": subject.code, "name": "张示例", "came": "09:00", "left": "11:50"}
    assert client.post(seat, given).status_code == 409, "its day has not come"
    assert client.post(seat, given | {"code": "91230100MA00000000"}).status_code == 422
    sign_in(client, ActiveFactory(subject=subject))
    assert row.title in client.get("/my/").content.decode()
    mine = reverse("trainings:my-invitation", args=[row.invitations.get().pk])
    assert client.post(mine, {"seats": "9"}).status_code == 422
    assert client.post(mine, {"seats": "2"}).status_code == 302
    assert "已预约2个席位" in client.get(mine).content.decode()
    page = client.get(reverse("trainings:public-list")).content.decode()
    assert row.title in page
    assert subject.name not in page
    sign_in(client, ActiveFactory())
    assert client.get(mine).status_code == 404
