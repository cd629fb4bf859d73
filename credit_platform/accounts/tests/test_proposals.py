"""What takes two administrators: every move, no hand alone, and nobody but the person holds what logs in."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from credit_platform.accounts import actions, worklist
from credit_platform.accounts.actions import proposals
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import AccountProposal, User
from credit_platform.accounts.rules.proposals import (
    GUARDED_ROLES,
    LABELS,
    MATTERS,
    MOVES,
    Matter,
    ProposalState,
    gives_guarded,
    is_concerned,
)
from credit_platform.accounts.tests import factories
from credit_platform.accounts.tests.factories import PASSWORD
from credit_platform.audit.models import AuditEntry, AuditHistory
from credit_platform.errors import Conflict, Forbidden, Refused

pytestmark = pytest.mark.django_db

NEW = "Own-Secret-2026"
VERBS = ("confirm", "refuse", "withdraw", "lapse", "activate")


@pytest.fixture
def second(db):
    return factories.SecurityAdminFactory(username="stella", full_name="另一安全")


def opening(by, roles=("auditor",), username="new.hand", department=None):
    return proposals.propose_opening(
        username, by=by, full_name="某新人", roles=list(roles), department=department, reason="新到岗"
    )


@pytest.fixture
def waiting(sarah_security_admin):
    return opening(sarah_security_admin)


def in_state(state, sarah, simon):
    """A proposal in a state with what it takes to do the next verb: (row, first half, second half)."""
    row, first = opening(sarah, username=f"in.{state}")
    half = ""
    if state in (ProposalState.CONFIRMED, ProposalState.ACTIVATED):
        half = proposals.confirm(row, by=simon)
    if state == ProposalState.ACTIVATED:
        proposals.activate(row.username, first=first, second=half, password=NEW)
    if state == ProposalState.REFUSED:
        proposals.refuse_proposal(row, by=simon, reason="没有到岗")
    if state == ProposalState.WITHDRAWN:
        proposals.withdraw(row, by=sarah)
    if state == ProposalState.LAPSED:
        AccountProposal.objects.filter(pk=row.pk).update(proposed_at=timezone.now() - timedelta(days=8))
        proposals.lapse(timezone.now())
    row.refresh_from_db()
    assert row.state == state
    return row, first, half


@pytest.mark.parametrize(("state", "verb"), list(product(ProposalState, VERBS)))
def test_every_pair_of_state_and_verb_moves_or_changes_nothing(state, verb, sarah_security_admin, simon_system_admin):
    row, first, half = in_state(state, sarah_security_admin, simon_system_admin)
    do = {
        "confirm": lambda: proposals.confirm(row, by=simon_system_admin),
        "refuse": lambda: proposals.refuse_proposal(row, by=simon_system_admin, reason="有误"),
        "withdraw": lambda: proposals.withdraw(row, by=sarah_security_admin),
        "lapse": lambda: (
            proposals.lapse(timezone.now() + timedelta(days=8)) or (_ for _ in ()).throw(Conflict("x", "x"))
        ),
        "activate": lambda: proposals.activate(row.username, first=first, second=half, password=f"{NEW}-b"),
    }[verb]
    if (state, verb) in MOVES:
        do()
        row.refresh_from_db()
        assert row.state == MOVES[state, verb]
        return
    with pytest.raises((Conflict, Refused)):
        do()
    row.refresh_from_db()
    assert row.state == state


def test_every_state_is_reached_and_has_a_name():
    assert {state for _, state in MOVES.items()} | {ProposalState.WAITING} == set(ProposalState) == set(LABELS)
    assert set(MATTERS) == set(Matter)


# --- no hand alone


@pytest.mark.parametrize("role", GUARDED_ROLES)
def test_one_administrator_alone_opens_gives_resets_and_reopens_nothing(role, sarah_security_admin, market_bureau):
    department = market_bureau if role == "credit_office" else None
    held = factories.UserFactory(roles=[role], department=department)
    plain = factories.UserFactory(department=department)
    closed = factories.UserFactory(roles=[role], department=department, is_active=False)
    for alone in (
        lambda: actions.create_user(
            "x.y", by=sarah_security_admin, full_name="某", roles=[role], department=department
        ),
        lambda: actions.set_roles(plain, [role], by=sarah_security_admin),
        lambda: actions.reset_password(held, by=sarah_security_admin, reason="忘记"),
        lambda: actions.unlock_user(closed, by=sarah_security_admin, reason="返岗"),
    ):
        with pytest.raises(Conflict, match="另一名管理员核准"):
            alone()
    for row in (held, plain, closed):
        before = row.password, row.roles, row.is_active
        row.refresh_from_db()
        assert (row.password, row.roles, row.is_active) == before


def test_locking_and_taking_a_role_away_stay_quick(sarah_security_admin, arthur_auditor):
    assert actions.set_roles(arthur_auditor, [], by=sarah_security_admin).roles == []
    other = factories.AuditorFactory()
    assert not actions.lock_user(other, by=sarah_security_admin, reason="离职").is_active


@pytest.mark.parametrize(
    ("before", "after", "gives"),
    [
        ([], ["auditor"], True),
        (["auditor"], ["auditor"], False),
        (["auditor"], ["system_admin"], True),
        (["credit_office"], ["credit_office", "clerk"], False),
        (["clerk"], ["clerk", "reviewer"], False),
        (["auditor"], [], False),
    ],
)
def test_what_gives_a_guarded_role(before, after, gives):
    assert gives_guarded(before, after) is gives


def test_who_proposed_and_whom_it_is_about_do_not_decide(waiting, sarah_security_admin, simon_system_admin, second):
    row, _ = waiting
    about_simon, _ = proposals.propose(Matter.PASSWORD, simon_system_admin, by=sarah_security_admin, reason="忘记密码")
    for proposal, by in ((row, sarah_security_admin), (about_simon, simon_system_admin)):
        for verb in (
            lambda proposal=proposal, by=by: proposals.confirm(proposal, by=by),
            lambda proposal=proposal, by=by: proposals.refuse_proposal(proposal, by=by, reason="不"),
        ):
            with pytest.raises(Forbidden):
                verb()
    with pytest.raises(Forbidden):
        proposals.withdraw(row, by=second)
    assert proposals.confirm(about_simon, by=second)


@pytest.mark.parametrize(
    "person", ["alice_clerk", "bob_reviewer", "carol_credit_office", "arthur_auditor", "wendy_window"]
)
def test_others_neither_propose_nor_decide(person, waiting, request, alice_clerk):
    by = request.getfixturevalue(person)
    for act in (
        lambda: opening(by, username="other.one"),
        lambda: proposals.propose(Matter.PASSWORD, factories.AuditorFactory(), by=by, reason="忘记"),
        lambda: proposals.confirm(waiting[0], by=by),
        lambda: proposals.refuse_proposal(waiting[0], by=by, reason="不"),
    ):
        with pytest.raises(Forbidden):
            act()


def test_the_system_administrator_confirms_and_proposes_nothing(waiting, simon_system_admin):
    with pytest.raises(Forbidden):
        opening(simon_system_admin, username="other.one")
    assert proposals.confirm(waiting[0], by=simon_system_admin)


def test_nobody_proposes_for_oneself(sarah_security_admin):
    with pytest.raises(Forbidden):
        proposals.propose(Matter.PASSWORD, sarah_security_admin, by=sarah_security_admin, reason="忘记")
    with pytest.raises(Forbidden):
        proposals.propose_roles(sarah_security_admin, ["auditor"], None, by=sarah_security_admin)


@pytest.mark.parametrize(
    "change",
    [
        lambda row, sarah, simon: {"decider": sarah},
        lambda row, sarah, simon: {"state": "confirmed"},
        lambda row, sarah, simon: {"target": sarah},
        lambda row, sarah, simon: {"target": simon, "decider": simon},
    ],
)
def test_the_database_holds_it_too(change, waiting, sarah_security_admin, simon_system_admin):
    rows = AccountProposal.objects.filter(pk=waiting[0].pk)
    values = change(waiting[0], sarah_security_admin, simon_system_admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**values)


# --- what logs in belongs to the person alone


def test_only_both_halves_together_open_the_account(client, waiting, simon_system_admin, sarah_security_admin):
    row, first = waiting
    assert not User.objects.filter(username="new.hand").exists(), "nothing is there before the second hand"
    half = proposals.confirm(row, by=simon_system_admin)
    user = User.objects.get(username="new.hand")
    assert not user.has_usable_password()
    for given in ((first, first), (half, half), (half, first), (first, ""), ("", half), (first[:-1], half)):
        with pytest.raises(Refused, match="激活信息不正确"):
            proposals.activate("new.hand", first=given[0], second=given[1], password=NEW)
    made = proposals.activate(" NEW.hand", first=first.lower().replace("-", " "), second=f" {half} ", password=NEW)
    assert (made.pk, made.must_change_password) == (user.pk, False)
    with pytest.raises(Refused):
        proposals.activate("new.hand", first=first, second=half, password=f"{NEW}-b")
    kept = str(list(AuditEntry.objects.values_list("after", "detail", "reason", "object_label")))
    kept += str(list(AuditHistory.objects.values_list("old", flat=True))) + str(list(AccountProposal.objects.values()))
    assert first not in kept
    assert half not in kept
    assert NEW not in kept


def test_a_weak_password_uses_no_code_up(waiting, simon_system_admin):
    row, first = waiting
    half = proposals.confirm(row, by=simon_system_admin)
    with pytest.raises(Refused, match="密码"):
        proposals.activate("new.hand", first=first, second=half, password="short")
    assert proposals.activate("new.hand", first=first, second=half, password=NEW)


def test_the_first_password_of_a_clerk_is_worth_nothing_once_he_is_an_auditor(
    client, sarah_security_admin, simon_system_admin, market_bureau
):
    """Two steps instead of one: opened as a clerk, whose password the first hand has seen, and then given the role."""
    user, seen = actions.create_user(
        "two.steps", by=sarah_security_admin, full_name="某", roles=["clerk"], department=market_bureau
    )
    client.post("/accounts/login/", {"username": "two.steps", "password": seen})
    row, first = proposals.propose_roles(user, ["auditor"], None, by=sarah_security_admin, reason="转岗")
    assert client.get("/accounts/password/").status_code == 200
    half = proposals.confirm(row, by=simon_system_admin)
    user.refresh_from_db()
    assert (user.roles, user.department) == (["auditor"], None)
    assert not user.check_password(seen)
    assert client.get("/accounts/password/").status_code == 302, "the session of before has ended"
    assert proposals.activate("two.steps", first=first, second=half, password=NEW).check_password(NEW)


def test_taking_the_role_away_to_reset_and_giving_it_back_wins_nothing(
    sarah_security_admin, simon_system_admin, arthur_auditor
):
    actions.set_roles(arthur_auditor, [], by=sarah_security_admin)
    seen = actions.reset_password(arthur_auditor, by=sarah_security_admin, reason="忘记")
    row, _ = proposals.propose_roles(arthur_auditor, ["auditor"], None, by=sarah_security_admin)
    proposals.confirm(row, by=simon_system_admin)
    arthur_auditor.refresh_from_db()
    assert arthur_auditor.roles == ["auditor"]
    assert not arthur_auditor.check_password(seen)


def test_a_locked_auditor_comes_back_only_through_two(client, sarah_security_admin, simon_system_admin, arthur_auditor):
    actions.lock_user(arthur_auditor, by=sarah_security_admin, reason="离职")
    row, first = proposals.propose(Matter.REACTIVATE, arthur_auditor, by=sarah_security_admin, reason="返岗")
    half = proposals.confirm(row, by=simon_system_admin)
    arthur_auditor.refresh_from_db()
    assert arthur_auditor.is_active
    assert not arthur_auditor.check_password(PASSWORD), "whoever knew the old password does not come back with it"
    proposals.activate("arthur", first=first, second=half, password=NEW)
    assert client.post("/accounts/login/", {"username": "arthur", "password": NEW}).status_code == 302


def test_a_code_of_an_account_that_was_locked_meanwhile_opens_nothing(
    waiting, sarah_security_admin, simon_system_admin
):
    row, first = waiting
    half = proposals.confirm(row, by=simon_system_admin)
    actions.lock_user(User.objects.get(username="new.hand"), by=sarah_security_admin, reason="停岗")
    with pytest.raises(Refused):
        proposals.activate("new.hand", first=first, second=half, password=NEW)


def test_a_new_code_ends_the_one_of_before(sarah_security_admin, simon_system_admin, arthur_auditor):
    """Handed to the wrong person, or lost: the next one is the only one."""
    codes = []
    for _ in range(2):
        row, first = proposals.propose(Matter.PASSWORD, arthur_auditor, by=sarah_security_admin, reason="忘记")
        codes.append((first, proposals.confirm(row, by=simon_system_admin)))
    with pytest.raises(Refused):
        proposals.activate("arthur", first=codes[0][0], second=codes[0][1], password=NEW)
    assert proposals.activate("arthur", first=codes[1][0], second=codes[1][1], password=NEW)
    assert list(AccountProposal.objects.order_by("pk").values_list("state", flat=True)) == ["lapsed", "activated"]


def test_halves_of_two_proposals_do_not_fit_together(sarah_security_admin, simon_system_admin, arthur_auditor):
    old, first = proposals.propose(Matter.PASSWORD, arthur_auditor, by=sarah_security_admin, reason="忘记")
    proposals.withdraw(old, by=sarah_security_admin)
    row, _ = proposals.propose(Matter.PASSWORD, arthur_auditor, by=sarah_security_admin, reason="忘记")
    half = proposals.confirm(row, by=simon_system_admin)
    with pytest.raises(Refused):
        proposals.activate("arthur", first=first, second=half, password=NEW)


def test_what_changed_meanwhile_is_told_and_nothing_is_half_done(
    sarah_security_admin, simon_system_admin, arthur_auditor
):
    row, _ = proposals.propose(Matter.PASSWORD, arthur_auditor, by=sarah_security_admin, reason="忘记")
    actions.set_roles(arthur_auditor, [], by=sarah_security_admin)
    with pytest.raises(Conflict, match="角色已有变化"):
        proposals.confirm(row, by=simon_system_admin)
    row.refresh_from_db()
    arthur_auditor.refresh_from_db()
    assert row.state == "waiting"
    assert arthur_auditor.check_password(PASSWORD)


def test_a_name_taken_meanwhile_is_told(waiting, simon_system_admin):
    actions.create_user("New.Hand", by=SYSTEM, full_name="另一人")
    with pytest.raises(Refused):
        proposals.confirm(waiting[0], by=simon_system_admin)


def test_one_matter_of_an_account_waits_at_a_time(waiting, sarah_security_admin):
    with pytest.raises(Conflict, match="已有一项待核准"):
        opening(sarah_security_admin, username="NEW.hand")


@pytest.mark.parametrize("days", [6, 7, 8])
def test_a_proposal_and_a_code_stand_for_seven_days(days, sarah_security_admin, simon_system_admin):
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False) as clock:
        waits, _ = opening(sarah_security_admin, username="waits")
        ready, first = opening(sarah_security_admin, username="ready")
        half = proposals.confirm(ready, by=simon_system_admin)
        clock.shift(timedelta(days=days, seconds=-1))
        if days <= 7:
            assert proposals.lapse(timezone.now()) == 0
            proposals.confirm(waits, by=simon_system_admin)
            proposals.activate("ready", first=first, second=half, password=NEW)
        else:
            with pytest.raises(Conflict, match="已过核准期限"):
                proposals.confirm(waits, by=simon_system_admin)
            with pytest.raises(Refused):
                proposals.activate("ready", first=first, second=half, password=NEW)
            assert proposals.lapse(timezone.now()) == 2
            assert proposals.lapse(timezone.now()) == 0


@pytest.mark.parametrize(
    ("verb", "person", "may"),
    [
        ("withdraw", 1, True),
        ("withdraw", 2, False),
        ("confirm", 1, False),
        ("confirm", 2, True),
        ("refuse", 3, False),
        ("refuse", 2, True),
    ],
)
def test_who_is_concerned(verb, person, may):
    assert is_concerned(verb, proposer=1, target=3, person=person) is may


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_and_one_is_told():
    sarah, row_first = factories.SecurityAdminFactory(), None
    row_first = opening(sarah)
    outcomes = []

    def go(by):
        try:
            proposals.confirm(row_first[0], by=by)
            outcomes.append("confirmed")
        except Conflict:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(by,)) for by in factories.SystemAdminFactory.create_batch(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["confirmed", "told"]
    assert User.objects.filter(username="new.hand").count() == 1


# --- the pages


def secret_of(response):
    return re.search(r'id="secret">([^<]+)<', response.text)[1]


def test_the_whole_way_through_the_pages(client, sarah_security_admin, simon_system_admin):
    client.force_login(sarah_security_admin)
    proposed = client.post(
        "/admin/accounts/user/add/",
        {"username": "zhang.san", "full_name": "张三", "department": "", "roles": ["auditor"]},
    )
    first = secret_of(proposed)
    assert "激活码前半段" in proposed.text
    assert "no-store" in proposed["Cache-Control"]
    assert not User.objects.filter(username="zhang.san").exists()
    row = AccountProposal.objects.get()
    page = f"/admin/accounts/accountproposal/{row.pk}/"
    own = client.get(f"{page}change/").text
    assert "撤回" in own
    assert "do/confirm/" not in own
    assert client.post(f"{page}do/confirm/", {"reason": "自己核准"}).status_code == 403

    client.force_login(simon_system_admin)
    (section,) = worklist.proposals_to_decide(simon_system_admin, timezone.localdate())
    assert section.size == 1
    assert "张三" in client.get("/desk/").text
    assert "do/confirm/" in client.get(section.rows[0].url).text
    half = secret_of(client.post(f"{page}do/confirm/", {"reason": "已核对任命文件"}))
    assert client.post(f"{page}do/confirm/", {"reason": "再一次"}).status_code == 403
    assert client.get("/admin/accounts/user/").status_code == 403, "confirming opens no list of accounts"

    client.logout()
    given = {"username": "zhang.san", "first": first, "second": half, "password": NEW, "again": NEW}
    assert client.post("/accounts/activate/", given | {"second": first}).status_code == 422
    assert client.post("/accounts/activate/", given | {"again": "x"}).status_code == 422
    assert client.post("/accounts/activate/", given)["Location"] == "/accounts/login/"
    assert client.post("/accounts/login/", {"username": "zhang.san", "password": NEW}).status_code == 302
    assert client.get("/desk/audit/").status_code == 200


def test_guessing_at_the_activation_is_counted(client, monkeypatch):
    monkeypatch.setattr("credit_platform.accounts.views.activation.TRIES_AN_HOUR", 3)
    given = {"username": "x.y", "first": "A", "second": "B", "password": NEW, "again": NEW}
    assert [client.post("/accounts/activate/", given).status_code for _ in range(5)] == [422] * 3 + [429] * 2


@pytest.mark.parametrize("odd", ["", " ", "\x00", "张三", "ı" * 50, "<script>"])
def test_odd_activations_are_answered(client, odd):
    given = {"username": odd, "first": odd, "second": odd, "password": NEW, "again": NEW}
    assert client.post("/accounts/activate/", given).status_code == 422


def test_fields_that_the_form_does_not_have_are_not_taken(client, sarah_security_admin, alice_clerk, arthur_auditor):
    client.force_login(sarah_security_admin)
    for user in (alice_clerk, arthur_auditor):
        before = user.password, user.is_active, list(user.roles)
        data = {"full_name": user.full_name, "department": user.department_id or "", "roles": list(user.roles)}
        data |= {
            "password": "pbkdf2$x",
            "is_active": "",
            "must_change_password": "",
            "username": "aqgl2",
            "is_superuser": "on",
        }
        assert client.post(f"/admin/accounts/user/{user.pk}/change/", data).status_code == 302
        user.refresh_from_db()
        assert (user.password, user.is_active, list(user.roles)) == before
        assert user.username != "aqgl2"


def test_a_guarded_account_has_buttons_for_two_only(client, sarah_security_admin, arthur_auditor):
    client.force_login(sarah_security_admin)
    page = f"/admin/accounts/user/{arthur_auditor.pk}/"
    shown = client.get(f"{page}change/").text
    assert "do/propose-password/" in shown
    assert "do/reset-password/" not in shown
    assert client.post(f"{page}do/reset-password/", {"reason": "忘记"}).status_code == 403
    first = secret_of(client.post(f"{page}do/propose-password/", {"reason": "忘记密码"}))
    assert len(first) == 14
    arthur_auditor.refresh_from_db()
    assert arthur_auditor.check_password(PASSWORD), "the old one holds until somebody confirms"


def test_roles_given_on_the_form_wait_and_a_new_name_does_not(client, sarah_security_admin, alice_clerk):
    client.force_login(sarah_security_admin)
    data = {"full_name": "甲改名", "department": "", "roles": ["security_admin"]}
    answer = client.post(f"/admin/accounts/user/{alice_clerk.pk}/change/", data)
    assert "激活码前半段" in answer.text
    alice_clerk.refresh_from_db()
    assert (alice_clerk.full_name, alice_clerk.roles) == ("甲改名", ["clerk"])
    row = AccountProposal.objects.get()
    assert (row.matter, row.roles, row.department) == ("roles", ["security_admin"], None)
