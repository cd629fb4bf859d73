from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.utils import timezone

from credit_platform.accounts import actions
from credit_platform.accounts.tests import factories
from credit_platform.accounts.tests.factories import PASSWORD
from credit_platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


def log_in(client, username, password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_the_log_in_page_is_chinese_and_accessible_to_all(client):
    response = client.get(LOGIN)
    assert response.status_code == 200
    assert "工作人员登录" in response.text


def test_a_log_in_leads_to_the_desk_and_leaves_an_entry(client, alice_clerk):
    response = log_in(client, "alice")
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    entry = AuditEntry.objects.get(verb="accounts.login")
    assert (entry.actor_id, entry.ip) == (alice_clerk.pk, "127.0.0.1")
    assert len(entry.request_id) >= 8


def test_the_account_name_may_be_typed_in_any_case(client, alice_clerk):
    assert log_in(client, "ALICE").status_code == 302


def test_a_failed_log_in_says_nothing_apart_and_never_keeps_what_was_typed(client, alice_clerk):
    wrong = log_in(client, "alice", "wrong")
    unknown = log_in(client, "my-secret-typed-here", "x")
    for response in (wrong, unknown):
        assert "账号或密码不正确。" in response.text
    entries = AuditEntry.objects.filter(verb="accounts.login_failed").order_by("id")
    assert [entry.object_id for entry in entries] == [str(alice_clerk.pk), ""]
    assert "my-secret" not in str([entry.__dict__ for entry in entries])


@pytest.mark.parametrize("odd", ["", " ", "\x00", "a\x00b", "a" * 5000, "'; --", "张三", "<script>"])
def test_odd_input_is_answered_and_never_a_500(client, odd):
    for data in ({"username": odd, "password": "x"}, {"username": "alice", "password": odd}, {"next": odd}):
        assert client.post(LOGIN, data).status_code in (200, 422)


def test_bytes_that_are_no_text_are_answered_too(client):
    body = b"username=%ED%A0%80%FF&password=%00"
    response = client.generic("POST", LOGIN, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_a_log_in_never_leads_elsewhere(client, alice_clerk, evil):
    assert log_in(client, "alice", next=evil)["Location"] == "/desk/"


def test_a_closed_account_cannot_log_in_and_a_session_of_it_ends(client, alice_clerk, sarah_security_admin):
    log_in(client, "alice")
    actions.lock_user(alice_clerk, by=sarah_security_admin, reason="离职")
    assert client.get("/accounts/password/").status_code == 302
    assert "账号或密码不正确。" in log_in(client, "alice").text


# --- lock-out


def test_after_five_failures_the_page_says_until_when(client, alice_clerk):
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        for _ in range(4):
            assert log_in(client, "alice", "wrong").status_code == 200
        # Another case is the same account.
        locked = log_in(client, "Alice", "wrong")
        right = log_in(client, "alice")
    for response in (locked, right):
        assert response.status_code == 429
        assert "2026年11月23日 10:15" in response.text
        assert response["Retry-After"] == "900"
    with time_machine.travel("2026-11-23 10:16+08:00", tick=False):
        assert log_in(client, "alice").status_code == 302


def test_the_security_administrator_opens_a_locked_out_account(client, alice_clerk, sarah_security_admin):
    for _ in range(5):
        log_in(client, "alice", "wrong")
    assert log_in(client, "alice").status_code == 429
    actions.unlock_user(alice_clerk, by=sarah_security_admin)
    assert not AccessAttempt.objects.exists()
    assert log_in(client, "alice").status_code == 302


# --- silence


def test_after_thirty_minutes_of_silence_one_is_led_to_the_log_in_and_back(client, alice_clerk):
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False) as clock:
        log_in(client, "alice")
        assert client.get("/accounts/password/").status_code == 200
        clock.shift(timedelta(minutes=29))
        assert client.get("/accounts/password/").status_code == 200
        clock.shift(timedelta(minutes=31))
        response = client.get("/accounts/password/?a=1")
        assert response["Location"] == "/accounts/login/?idle=1&next=%2Faccounts%2Fpassword%2F%3Fa%3D1"
        page = client.get(response["Location"])
        assert "超过 30 分钟没有操作" in page.text
        assert log_in(client, "alice", next="/accounts/password/?a=1")["Location"] == "/accounts/password/?a=1"
    assert AuditEntry.objects.filter(verb="accounts.idle_logout").count() == 1


def test_a_form_sent_after_silence_leads_back_to_its_page(client, alice_clerk):
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False) as clock:
        log_in(client, "alice")
        client.get("/accounts/password/")
        clock.shift(timedelta(hours=1))
        response = client.post("/accounts/password/", {}, headers={"Referer": "http://testserver/desk/x/?p=2"})
    assert response["Location"] == "/accounts/login/?idle=1&next=%2Fdesk%2Fx%2F%3Fp%3D2"


def test_htmx_is_led_away_with_the_whole_page(client, alice_clerk):
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False) as clock:
        log_in(client, "alice")
        client.get("/accounts/password/")
        clock.shift(timedelta(hours=1))
        response = client.get(
            "/accounts/password/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/"}
        )
    assert (response.status_code, response["HX-Redirect"]) == (204, "/accounts/login/?idle=1&next=%2Fdesk%2F")


def test_a_visitor_without_a_session_costs_no_query_and_no_vary_by_cookie(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert "Cookie" not in response.get("Vary", "")


# --- one's own password


def test_a_first_password_must_be_changed_before_anything_else(client):
    user = factories.NewcomerFactory(username="newcomer")
    assert log_in(client, "newcomer", next="/desk/audit/")["Location"] == "/desk/audit/"
    response = client.get("/desk/audit/")
    assert response["Location"] == "/accounts/password/?next=%2Fdesk%2Faudit%2F"
    assert "初始密码" in client.get(response["Location"]).text
    new = "Another-Word-1"
    done = client.post(response["Location"], {"old": PASSWORD, "new": new, "again": new, "next": "/desk/audit/"})
    assert done["Location"] == "/desk/audit/"
    user.refresh_from_db()
    assert user.check_password(new)
    assert client.get("/accounts/password/").status_code == 200  # still signed in


def test_an_old_password_must_be_changed(client, alice_clerk):
    alice_clerk.password_changed_at = timezone.now() - timedelta(days=91)
    alice_clerk.save()
    log_in(client, "alice")
    assert client.get("/desk/audit/")["Location"].startswith("/accounts/password/")


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", "Another-Word-1", "Another-Word-1", "原密码不正确"),
        (PASSWORD, "Another-Word-1", "Another-Word-2", "不一致"),
        (PASSWORD, "short", "short", "至少 10 位"),
        (PASSWORD, PASSWORD, PASSWORD, "最近 5 次"),
        (PASSWORD, "", "", "请填写"),
        (PASSWORD, "a\x00b", "a\x00b", "密码"),
    ],
)
def test_a_refused_password_is_said_at_its_field(client, alice_clerk, old, new, again, said):
    client.force_login(alice_clerk)
    response = client.post("/accounts/password/", {"old": old, "new": new, "again": again})
    assert response.status_code == 422
    assert said in response.text


def test_a_change_ends_other_sessions(client, alice_clerk):
    other = type(client)()
    for each in (client, other):
        log_in(each, "alice")
    new = "Another-Word-1"
    client.post("/accounts/password/", {"old": PASSWORD, "new": new, "again": new})
    assert client.get("/accounts/password/").status_code == 200
    assert other.get("/accounts/password/").status_code == 302


def test_logging_out_is_a_post_and_leaves_an_entry(client, alice_clerk):
    client.force_login(alice_clerk)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/")["Location"] == LOGIN
    assert AuditEntry.objects.filter(verb="accounts.logout", actor_id=alice_clerk.pk).exists()
