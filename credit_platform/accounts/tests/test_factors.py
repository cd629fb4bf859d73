"""The second factor: enrolled, passed once a code, guarded everywhere, lost and given back only by two."""

from __future__ import annotations

import base64
import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP

from credit_platform import resealing, sealing
from credit_platform.accounts import actions
from credit_platform.accounts.actions import factors, proposals
from credit_platform.accounts.models import RecoveryCode, SecondFactor
from credit_platform.accounts.rules import factors as rules
from credit_platform.accounts.rules.proposals import GUARDED_ROLES, Matter
from credit_platform.accounts.sealed_places import opened_secret
from credit_platform.accounts.tests import factories
from credit_platform.accounts.tests.factories import PASSWORD
from credit_platform.audit.models import AuditEntry, AuditHistory
from credit_platform.errors import Conflict, Forbidden, Refused

pytestmark = pytest.mark.django_db

PAGE = "/accounts/second-factor/"
NEW = "Own-Secret-2026"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False) as moved:
        yield moved


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def code(secret, steps=0):
    totp = TOTP(secret)
    totp.time = timezone.now().timestamp() + 30 * steps
    return f"{totp.token():06d}"


def enrolled(user):
    """The secret and the recovery codes of a person who has enrolled some steps ago."""
    secret = factors.begin(by=user)
    codes = factors.confirm_enrolment(code(secret, -1), by=user)
    return secret, codes


def log_in(client, user, password=PASSWORD):
    assert client.post("/accounts/login/", {"username": user.username, "password": password}).status_code == 302


# --- whom it guards


def somebody(role, department):
    return factories.UserFactory(
        roles=[role], department=department if role not in ("system_admin", "security_admin", "auditor") else None
    )


@pytest.mark.parametrize(
    "role", ["clerk", "reviewer", "window", "credit_office", "system_admin", "security_admin", "auditor"]
)
def test_required_of_the_administrators_the_auditor_and_the_credit_office(role, market_bureau, client, required):
    log_in(client, somebody(role, market_bureau))
    answer = client.get("/desk/")
    guarded = role in GUARDED_ROLES
    assert answer.status_code == (302 if guarded else 200)
    assert client.get(PAGE).status_code == (200 if guarded else 403)


EVERYWHERE = (
    "/desk/", "/admin/", "/admin/accounts/user/", "/desk/audit/", "/accounts/password/", "/", "/search/", "/window/",
    "/desk/companies/", "/api/v1/disclosures/", "/admin/accounts/user/export/csv/", "/my/", "/admin/password_change/",
    "/desk/style/", "/admin/jsi18n/",
    "/accounts/stay/", "/accounts/activate/", "/my/login/", "/my/register/",
    "/nowhere/", "/accounts/second-factor", "//accounts/second-factor/", "/accounts/second-factor/x/",
)  # fmt: skip


@pytest.mark.parametrize("where", EVERYWHERE)
@pytest.mark.parametrize(
    "person", ["sarah_security_admin", "arthur_auditor", "carol_credit_office", "simon_system_admin"]
)
def test_the_first_step_alone_opens_no_kind_of_address(where, person, request, client, clock, required):
    user = request.getfixturevalue(person)
    enrolled(user)
    log_in(client, user)
    for answer in (client.get(where), client.post(where, {"a": 1}), client.head(where)):
        assert answer.status_code == 302, where
        assert answer["Location"].startswith(f"{PAGE}?next=")
    assert client.get(where, headers={"HX-Request": "true"})["HX-Redirect"].startswith(PAGE)


def test_leaving_stays_possible(client, arthur_auditor, required):
    log_in(client, arthur_auditor)
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_key_of_a_system_is_not_asked(client, market_bureau, required):
    key = "k" * 43
    factories.ApiClientFactory(department=market_bureau, key=key, scopes=["records.read"])
    assert client.get("/api/v1/records/", headers={"X-Api-Key": key}).status_code == 200


def test_switched_off_it_is_asked_only_of_who_has_enrolled(client, arthur_auditor, simon_system_admin, clock, settings):
    assert settings.REQUIRE_SECOND_FACTOR is False
    log_in(client, simon_system_admin)
    assert client.get("/admin/").status_code == 200
    enrolled(arthur_auditor)
    client.logout()
    log_in(client, arthur_auditor)
    assert client.get("/desk/audit/")["Location"].startswith(PAGE)


# --- enrolling


def test_enrolled_on_the_page_the_codes_are_shown_once(client, arthur_auditor, clock, required):
    log_in(client, arthur_auditor)
    assert "开始启用" in client.get(f"{PAGE}?next=/desk/audit/").text
    assert not SecondFactor.objects.exists(), "looking makes nothing"
    begun = client.post(PAGE, {"begin": "1", "next": "/desk/audit/"})
    assert begun["Location"] == f"{PAGE}?next=%2Fdesk%2Faudit%2F"
    page = client.get(begun["Location"])
    assert "data:image/svg+xml" in page.text
    typed = re.search(r'class="secret">([A-Z2-7 ]+)<', page.text)[1].replace(" ", "")
    secret = base64.b32decode(typed)
    assert client.get(PAGE).text.count(" ".join(typed[start : start + 4] for start in range(0, len(typed), 4))) == 1
    assert client.post(PAGE, {"code": "000000"}).status_code == 422
    shown = client.post(PAGE, {"code": code(secret), "next": "/desk/audit/"})
    codes = re.findall(r'class="secret">([A-Z0-9-]+)<', shown.text)
    assert len(set(codes)) == rules.CODES
    assert "no-store" in shown["Cache-Control"]
    assert 'href="/desk/audit/"' in shown.text
    assert client.get("/desk/audit/").status_code == 200
    assert codes[0] not in client.get(PAGE).text
    kept = (
        str(list(RecoveryCode.objects.values())) + str(list(AuditEntry.objects.values())) + str(client.session.items())
    )
    kept += str(list(AuditHistory.objects.values_list("old", flat=True)))
    assert codes[0] not in kept
    assert typed not in kept


def test_the_secret_is_sealed_bound_to_its_owner_and_found_by_the_rotation(arthur_auditor, simon_system_admin, clock):
    secret, _ = enrolled(arthur_auditor)
    row = SecondFactor.objects.get(user=arthur_auditor)
    assert secret not in bytes(row.secret)
    assert opened_secret(row.secret, arthur_auditor.pk) == secret
    with pytest.raises(sealing.Unreadable):
        opened_secret(row.secret, simon_system_admin.pk)
    assert "accounts_secondfactor" in {getattr(place, "table", "") for place in resealing.places()}


def test_an_enrolment_that_nobody_finished_begins_anew(arthur_auditor, clock):
    first = factors.begin(by=arthur_auditor)
    clock.shift(timedelta(minutes=30))
    assert factors.begin(by=arthur_auditor) == first
    clock.shift(timedelta(seconds=1))
    assert factors.begin(by=arthur_auditor) != first
    with pytest.raises(Refused):
        factors.confirm_enrolment(code(first), by=arthur_auditor)


def test_nobody_enrols_twice_or_without_need(arthur_auditor, alice_clerk, clock):
    secret, _ = enrolled(arthur_auditor)
    with pytest.raises(Conflict):
        factors.begin(by=arthur_auditor)
    with pytest.raises(Conflict):
        factors.confirm_enrolment(code(secret, 1), by=arthur_auditor)
    with pytest.raises(Forbidden):
        factors.begin(by=alice_clerk)


# --- passing


def test_passed_one_is_led_back_and_the_session_has_a_new_key(client, arthur_auditor, clock, required):
    secret, _ = enrolled(arthur_auditor)
    log_in(client, arthur_auditor)
    before = client.session.session_key
    thief = Client()
    thief.cookies["credit_session"] = before
    answer = client.post(PAGE, {"code": code(secret), "next": "/desk/audit/"})
    assert answer["Location"] == "/desk/audit/"
    assert client.session.session_key != before
    assert client.get("/desk/audit/").status_code == 200
    assert thief.get("/desk/audit/")["Location"].startswith("/accounts/login/"), "the key of the first step is dead"
    other = Client()
    log_in(other, arthur_auditor)
    assert other.get("/desk/audit/")["Location"].startswith(PAGE), "each session passes for itself"


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_it_never_leads_elsewhere(client, arthur_auditor, clock, evil):
    secret, _ = enrolled(arthur_auditor)
    log_in(client, arthur_auditor)
    assert client.post(PAGE, {"code": code(secret), "next": evil})["Location"] == "/desk/"


def test_the_mark_of_another_person_in_the_session_is_worth_nothing(client, arthur_auditor, simon_system_admin, clock):
    enrolled(arthur_auditor)
    log_in(client, arthur_auditor)
    session = client.session
    session["factor_passed"] = simon_system_admin.pk
    session.save()
    assert client.get("/desk/audit/")["Location"].startswith(PAGE)


def test_a_mark_does_not_outlive_the_log_in(client, arthur_auditor, clock):
    secret, _ = enrolled(arthur_auditor)
    log_in(client, arthur_auditor)
    client.post(PAGE, {"code": code(secret)})
    client.post("/accounts/logout/")
    log_in(client, arthur_auditor)
    assert client.get("/desk/audit/")["Location"].startswith(PAGE)


def test_a_code_passes_once_and_none_from_before_it(arthur_auditor, clock):
    secret, _ = enrolled(arthur_auditor)
    used, former, coming = code(secret), code(secret, -1), code(secret, 1)
    assert factors.check(used, by=arthur_auditor) is False
    for again in (used, former, f"{used[:3]} {used[3:]}"):
        with pytest.raises(Refused):
            factors.check(again, by=arthur_auditor)
    assert factors.check(coming, by=arthur_auditor) is False


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_differ_by_half_a_minute(arthur_auditor, clock, steps, good):
    secret, _ = enrolled(arthur_auditor)
    clock.shift(timedelta(minutes=5))
    if good:
        assert factors.check(code(secret, steps), by=arthur_auditor) is False
    else:
        with pytest.raises(Refused):
            factors.check(code(secret, steps), by=arthur_auditor)


@pytest.mark.parametrize(
    "odd", ["", " ", "12345", "1234567", "１２３４５６", "-12345", "١٢٣٤٥٦", "\x00", "abcdef", "x" * 500, "0" * 6]
)
def test_odd_codes_are_refused_in_the_same_words(client, arthur_auditor, clock, odd):
    enrolled(arthur_auditor)
    log_in(client, arthur_auditor)
    assert client.post(PAGE, {"code": odd}).status_code == 422


def test_wrong_codes_are_counted_over_all_sessions_and_end_them(client, arthur_auditor, clock):
    secret, codes = enrolled(arthur_auditor)
    told = []
    for _ in range(rules.WRONG_LIMIT):
        fresh = Client()
        log_in(fresh, arthur_auditor)
        told.append(fresh.post(PAGE, {"code": "000000"}).status_code)
    assert told == [422] * (rules.WRONG_LIMIT - 1) + [429]
    assert "_auth_user_id" not in fresh.session
    log_in(client, arthur_auditor)
    assert client.post(PAGE, {"code": code(secret)}).status_code == 429, "nor a right one, nor a recovery code"
    log_in(client, arthur_auditor)
    assert client.post(PAGE, {"code": codes[0]}).status_code == 429
    assert AuditEntry.objects.filter(verb="accounts.factor.failed").count() == rules.WRONG_LIMIT
    clock.shift(timedelta(minutes=15))
    log_in(client, arthur_auditor)
    assert client.post(PAGE, {"code": code(secret)}).status_code == 302


def test_a_recovery_code_passes_once_is_audited_and_told(client, arthur_auditor, clock):
    _, codes = enrolled(arthur_auditor)
    log_in(client, arthur_auditor)
    assert client.post(PAGE, {"code": codes[3].lower().replace("-", " ")}).status_code == 302
    assert "还剩 9 个恢复码" in client.get("/desk/").text
    entry = AuditEntry.objects.get(verb="accounts.factor.recovery")
    assert (entry.actor_id, entry.after) == (arthur_auditor.pk, {"left": 9})
    again = Client()
    log_in(again, arthur_auditor)
    assert again.post(PAGE, {"code": codes[3]}).status_code == 422


def test_the_owner_hears_of_it_at_the_next_log_in_too(client, arthur_auditor, clock):
    secret, codes = enrolled(arthur_auditor)
    factors.check(codes[0], by=arthur_auditor)
    clock.shift(timedelta(days=6))
    log_in(client, arthur_auditor)
    client.post(PAGE, {"code": code(secret)})
    assert "有人用恢复码登录了本账号" in client.get("/desk/").text
    clock.shift(timedelta(days=2))
    assert factors.last_recovery(arthur_auditor) is None


def test_new_recovery_codes_take_a_code_and_end_the_old(client, arthur_auditor, clock):
    secret, codes = enrolled(arthur_auditor)
    log_in(client, arthur_auditor)
    client.post(PAGE, {"code": code(secret)})
    assert client.post(PAGE, {"code": codes[0]}).status_code == 422, "a recovery code makes no new ones"
    clock.shift(timedelta(minutes=1))
    shown = client.post(PAGE, {"code": code(secret)})
    fresh = re.findall(r'class="secret">([A-Z0-9-]+)<', shown.text)
    assert len(fresh) == rules.CODES
    with pytest.raises(Refused):
        factors.check(codes[1], by=arthur_auditor)
    assert factors.check(fresh[0], by=arthur_auditor) is True


@pytest.mark.django_db(transaction=True)
def test_of_two_with_the_same_code_at_once_one_passes():
    user, outcomes = factories.AuditorFactory(), []
    secret, codes = enrolled(user)
    given = code(secret)

    def go(what):
        try:
            outcomes.append((what, factors.check(what, by=user)))
        except Refused:
            outcomes.append((what, "refused"))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(what,)) for what in (given, given, codes[0], codes[0])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == sorted(
        map(str, [(given, False), (given, "refused"), (codes[0], True), (codes[0], "refused")])
    )


# --- lost


def test_a_lost_device_is_taken_away_by_two_and_the_old_password_with_it(
    client, sarah_security_admin, simon_system_admin, arthur_auditor, clock, required
):
    secret, codes = enrolled(arthur_auditor)
    row, first = proposals.propose(Matter.FACTOR, arthur_auditor, by=sarah_security_admin, reason="手机遗失")
    assert SecondFactor.objects.filter(user=arthur_auditor).exists()
    log_in(client, arthur_auditor)
    client.post(PAGE, {"code": code(secret)})
    assert client.get("/desk/audit/").status_code == 200
    half = proposals.confirm(row, by=simon_system_admin)
    assert not SecondFactor.objects.filter(user=arthur_auditor).exists()
    assert client.get("/desk/audit/")["Location"].startswith("/accounts/login/"), "a session that had passed ends too"
    assert client.post("/accounts/login/", {"username": "arthur", "password": PASSWORD}).status_code == 200
    arthur_auditor.refresh_from_db()
    proposals.activate("arthur", first=first, second=half, password=NEW)
    log_in(client, arthur_auditor, NEW)
    assert "启用动态口令" in client.get("/desk/", follow=True).text
    assert client.post(PAGE, {"code": code(secret)}).status_code == 409, "there is nothing to compare it with"
    client.post(PAGE, {"begin": "1"})
    assert client.post(PAGE, {"code": code(secret)}).status_code == 422
    assert client.post(PAGE, {"code": codes[0]}).status_code == 422


def test_a_reset_password_leaves_the_factor_where_it_is(
    sarah_security_admin, simon_system_admin, arthur_auditor, clock
):
    enrolled(arthur_auditor)
    row, _ = proposals.propose(Matter.PASSWORD, arthur_auditor, by=sarah_security_admin, reason="忘记密码")
    proposals.confirm(row, by=simon_system_admin)
    assert SecondFactor.objects.confirmed().filter(user=arthur_auditor).exists()


def test_one_administrator_has_no_button_for_it(client, sarah_security_admin, arthur_auditor, clock):
    client.force_login(sarah_security_admin)
    page = f"/admin/accounts/user/{arthur_auditor.pk}/"
    assert "propose-factor" not in client.get(f"{page}change/").text
    enrolled(arthur_auditor)
    assert "propose-factor" in client.get(f"{page}change/").text
    client.post(f"{page}do/propose-factor/", {"reason": "手机遗失"})
    assert SecondFactor.objects.confirmed().filter(user=arthur_auditor).exists()


def test_a_factor_begun_before_the_role_does_not_come_along(
    sarah_security_admin, simon_system_admin, arthur_auditor, clock
):
    """Begun by whoever sat at the session while the account had another office."""
    enrolled(arthur_auditor)
    actions.set_roles(arthur_auditor, [], by=sarah_security_admin)
    row, _ = proposals.propose_roles(arthur_auditor, ["auditor"], None, by=sarah_security_admin)
    proposals.confirm(row, by=simon_system_admin)
    assert not SecondFactor.objects.filter(user=arthur_auditor).exists()


def test_password_and_factor_due_do_not_send_in_circles(client, arthur_auditor, clock, required):
    secret, _ = enrolled(arthur_auditor)
    arthur_auditor.must_change_password = True
    arthur_auditor.save(update_fields=["must_change_password"])
    log_in(client, arthur_auditor)
    assert client.get("/accounts/password/")["Location"].startswith(PAGE)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, {"code": code(secret)}).status_code == 302
    assert client.get("/desk/")["Location"].startswith("/accounts/password/")
    assert client.get("/accounts/password/").status_code == 200
