"""The four limits of the door: an account from an address, an address, an account from everywhere, and inside an open session."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client

from credit_platform.accounts import actions, lockout, tries
from credit_platform.accounts.models import Door, Tries
from credit_platform.accounts.tests import factories
from credit_platform.accounts.tests.factories import PASSWORD
from credit_platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
HOME, ELSEWHERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def _behind_https(settings):
    """As in deployment: every connection comes from the proxy, which says the last address in the line."""
    settings.BEHIND_HTTPS = True
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False) as moved:
        yield moved


def log_in(username, password=PASSWORD, *, ip, client=None):
    return (client or Client()).post(
        LOGIN, {"username": username, "password": password}, headers={"X-Forwarded-For": ip}
    )


def fail(username, times, *, ip):
    return [log_in(username, "wrong", ip=ip).status_code for _ in range(times)]


# --- one: an account from an address


def test_a_stranger_locks_the_account_for_himself_only(alice_clerk, clock):
    assert fail("alice", 6, ip=ELSEWHERE) == [200] * 4 + [429] * 2
    assert log_in("alice", ip=HOME).status_code == 302
    assert log_in("alice", ip=ELSEWHERE).status_code == 429


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9", "5.6.7.8,203.0.113.9"),  # what he claims stands in front
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::2"),  # one subscriber has the whole /64
        ("2001:DB8:1:2::1", "2001:db8:1:2::3"),
        ("unknown", "nonsense"),
        ("fe80::1%eth0", "fe80::2%" + "x" * 200),
        ("203.0.113.9:443", "203.0.113.9:444"),
    ],
)
def test_another_spelling_of_the_address_is_no_other_address(alice_clerk, clock, first, second):
    assert fail("alice", 5, ip=first)[-1] == 429
    assert log_in("alice", ip=second).status_code == 429


def test_other_headers_change_nothing(alice_clerk, clock):
    fail("alice", 5, ip=ELSEWHERE)
    for name in ("X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP", "True-Client-IP", "X-Forwarded-Host"):
        headers = {"X-Forwarded-For": ELSEWHERE, name: HOME}
        assert Client().post(LOGIN, {"username": "alice", "password": PASSWORD}, headers=headers).status_code == 429


def test_tries_meanwhile_do_not_make_the_lock_longer(alice_clerk, clock):
    assert fail("alice", 5, ip=ELSEWHERE)[-1] == 429
    for _ in range(14):
        clock.shift(timedelta(minutes=1))
        answer = log_in("alice", "wrong", ip=ELSEWHERE)
        assert "2026年11月23日 10:15" in answer.text
    clock.shift(timedelta(minutes=1, seconds=1))
    assert log_in("alice", ip=ELSEWHERE).status_code == 302


@pytest.mark.parametrize("name", ["ALICE", " alice ", "ａｌｉｃｅ", "Ａlice"])
def test_another_writing_of_the_name_is_the_same_account(alice_clerk, clock, name):
    assert fail(name, 5, ip=ELSEWHERE)[-1] == 429
    assert log_in("alice", ip=ELSEWHERE).status_code == 429


@pytest.mark.parametrize("name", ["alıce", "аlice", "alicе", "al\u200bice", "alïce", "alıcE"])
def test_a_letter_that_only_looks_alike_is_nobodys(alice_clerk, clock, name):
    assert log_in(name, ip=HOME).status_code == 200
    assert log_in("alice", ip=HOME).status_code == 302


def test_the_long_s_and_the_kelvin_sign_are_counted_with_the_letter_they_become(clock):
    factories.ClerkFactory(username="ski")
    assert fail("\u017f\u212ai", 5, ip=ELSEWHERE)[-1] == 429
    assert log_in("ski", ip=ELSEWHERE).status_code == 429


# --- two: an address, whatever the accounts


def test_one_password_for_many_accounts_is_stopped(clock):
    known = factories.ClerkFactory(username="regular")
    log_in("regular", ip=ELSEWHERE)
    people = [factories.ClerkFactory() for _ in range(lockout.ADDRESS_LIMIT + 3)]
    told = [log_in(person.username, "Guess-Me-2026", ip=ELSEWHERE).status_code for person in people]
    assert told == [200] * lockout.ADDRESS_LIMIT + [429] * 3
    assert log_in("nobody-at-all", ip=ELSEWHERE).status_code == 429
    assert log_in(people[0].username, ip=HOME).status_code == 302, "elsewhere nothing has changed"
    assert log_in(known.username, ip=ELSEWHERE).status_code == 302, "who has come in from there goes on"
    clock.shift(timedelta(minutes=15))
    assert log_in(people[1].username, ip=ELSEWHERE).status_code == 302


# --- three: an account, wherever from


def spread(username, addresses, each=1):
    for number in range(addresses):
        fail(username, each, ip=f"192.0.2.{number}")


def test_many_addresses_together_are_slowed_and_the_owner_is_not(alice_clerk, clock):
    log_in("alice", ip=HOME)
    spread("alice", lockout.ACCOUNT_LIMIT)
    assert fail("alice", 4, ip=ELSEWHERE) == [200] * lockout.SLOW_LIMIT + [429] * 2
    for _ in range(3):
        assert log_in("alice", ip=HOME).status_code == 302


@pytest.mark.parametrize(
    ("rented", "beyond"),
    [
        ([f"2001:db8:1:{number:x}::1" for number in range(6)], "2001:db8:2::1"),
        ([f"203.0.113.{number}" for number in range(6)], "203.0.114.1"),
    ],
)
def test_neighbours_have_their_tries_together(alice_clerk, clock, rented, beyond):
    spread("alice", lockout.ACCOUNT_LIMIT)
    told = [fail("alice", 1, ip=address)[0] for address in rented]
    assert told == [200] * lockout.SLOW_LIMIT + [429] * 4
    assert fail("alice", 1, ip=beyond) == [200]


def test_an_owner_in_a_new_place_still_has_a_try_an_hour(alice_clerk, clock):
    spread("alice", lockout.ACCOUNT_LIMIT + 20)
    assert log_in("alice", ip=ELSEWHERE).status_code == 302, "the right password is taken at once"
    fail("alice", 3, ip="203.0.114.77")
    assert log_in("alice", ip="203.0.114.77").status_code == 429
    clock.shift(timedelta(hours=1))
    assert log_in("alice", ip="203.0.114.77").status_code == 302


def test_the_limit_of_a_day_ends_with_the_day_and_with_the_administrator(alice_clerk, sarah_security_admin, clock):
    spread("alice", lockout.ACCOUNT_LIMIT)
    fail("alice", 3, ip=ELSEWHERE)
    assert log_in("alice", ip=ELSEWHERE).status_code == 429
    actions.unlock_user(alice_clerk, by=sarah_security_admin)
    assert log_in("alice", ip=ELSEWHERE).status_code == 302
    assert not AccessAttempt.objects.filter(username="alice").exists()


def test_a_network_is_known_for_ninety_days(alice_clerk, clock):
    log_in("alice", ip=HOME)
    clock.shift(timedelta(days=tries.KNOWN_DAYS))
    assert tries.is_known("alice", HOME)
    clock.shift(timedelta(days=1))
    assert not tries.is_known("alice", HOME)


def test_nothing_that_was_typed_is_kept_with_the_failures(client, alice_clerk, clock):
    """Least of all the new password that stood beside the wrong old one."""
    log_in("alice", "Typed-Wrong-2026", ip=HOME)
    log_in("alice", ip=HOME, client=client)
    change(client, "Typed-Wrong-2026", new="Typed-New-2026")
    kept = str(list(AccessAttempt.objects.values()))
    assert AccessAttempt.objects.count() == 1
    assert "Typed" not in kept
    assert "csrf" not in kept


def test_what_was_typed_as_a_name_is_not_kept(clock):
    log_in("my-password-typed-here", "x", ip=HOME)
    assert Tries.objects.exists()
    assert "my-password" not in str(list(Tries.objects.values_list("account", "network")))


def test_old_counts_are_removed_and_known_networks_stay(alice_clerk, clock):
    log_in("alice", ip=HOME)
    fail("alice", 2, ip=ELSEWHERE)
    clock.shift(timedelta(days=4))
    tries.clean()
    assert list(Tries.objects.values_list("door", flat=True)) == [Door.KNOWN]
    clock.shift(timedelta(days=tries.KNOWN_DAYS))
    tries.clean()
    assert not Tries.objects.exists()


# --- inside an open session


def change(client, old, new="Another-Good-2026", ip=HOME):
    return client.post(
        "/accounts/password/", {"old": old, "new": new, "again": new}, headers={"X-Forwarded-For": ip}
    ).status_code


def test_guessing_the_old_password_ends_the_session(client, alice_clerk, clock):
    log_in("alice", ip=HOME, client=client)
    assert [change(client, "wrong") for _ in range(5)] == [422] * 4 + [429]
    assert "_auth_user_id" not in client.session
    assert change(client, PASSWORD) == 302
    alice_clerk.refresh_from_db()
    assert alice_clerk.check_password(PASSWORD), "nothing was changed after the session had ended"
    assert log_in("alice", ip=HOME).status_code == 429
    assert AuditEntry.objects.filter(verb="accounts.expelled", actor_id=alice_clerk.pk).count() == 1


def test_a_few_mistakes_are_forgiven_by_the_next_log_in(client, alice_clerk, clock):
    log_in("alice", ip=HOME, client=client)
    assert [change(client, "wrong") for _ in range(3)] == [422] * 3
    assert change(client, PASSWORD) == 302
    assert log_in("alice", "Another-Good-2026", ip=HOME).status_code == 302


# --- at once


@pytest.mark.django_db(transaction=True)
def test_tries_at_once_are_each_counted():
    def one(_):
        try:
            return tries.count(Door.ADDRESS, network="192.0.2.1", seconds=tries.DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(one, range(24)))
    assert sorted(numbers) == list(range(1, 25))
