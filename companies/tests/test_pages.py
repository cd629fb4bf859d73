"""Pages of accounts: register, receipt, log-in and its lock-out, sessions that never mix, window and desk."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils import timezone

from companies import actions, home
from companies.models import CompanyAccount
from companies.rules import PAPERS
from companies.tests.factories import PASSWORD, ActiveFactory, AppliedFactory, ClosedFactory, sign_in
from credit_platform.accounts.tests.factories import PASSWORD as STAFF_PASSWORD
from credit_platform.audit.models import AuditEntry
from records.tests.factories import SubjectFactory

pytestmark = pytest.mark.django_db


def filled(subject, **changed):
    return {
        "code": subject.code.lower(),
        "name": subject.name,
        "handler": "王某某",
        "phone": "13800000000",
        "login": "harbin.firm",
        "password": PASSWORD,
        "again": PASSWORD,
    } | changed


def test_from_the_form_to_the_receipt(client):
    answer = client.post("/my/register/", filled(SubjectFactory()))
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    row = CompanyAccount.objects.get()
    assert row.receipt in page
    assert all(paper.split("（")[0] in page for paper in PAPERS.values())
    assert "13800000000" not in page
    assert client.get("/my/receipt/made-up:x:y/").status_code == 404


def test_a_mistake_keeps_what_was_typed_but_no_password(client):
    answer = client.post("/my/register/", filled(SubjectFactory(), name="别的公司"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "名称与登记信息不一致" in text
    assert "harbin.firm" in text
    assert PASSWORD not in text
    unknown = client.post("/my/register/", filled(SubjectFactory.build(), login="other"))
    assert "政务服务大厅信用窗口咨询" in unknown.content.decode()


def test_applications_from_one_address_are_counted(client, monkeypatch):
    monkeypatch.setattr("companies.views.entry.APPLICATIONS_AN_HOUR", 1)
    client.post("/my/register/", filled(SubjectFactory()))
    assert client.post("/my/register/", filled(SubjectFactory(), login="second")).status_code == 429


def test_five_failures_lock_the_account_from_this_address(client):
    row = ActiveFactory(login="target")
    for _ in range(5):
        assert client.post("/my/login/", {"login": "Target", "password": "x"}).status_code == 422
    locked = client.post("/my/login/", {"login": row.login, "password": PASSWORD})
    assert locked.status_code == 429
    assert "登录失败次数过多" in locked.content.decode()
    assert client.get("/my/").status_code == 302
    other = ActiveFactory()
    sign_in(client, other)


@pytest.mark.parametrize("name", ["qıye02", "qіye02", "ｑiye0２\u200b"])
def test_a_login_name_that_only_looks_alike_is_nobodys(client, name):
    ActiveFactory(login="qiye02")
    assert client.post("/my/login/", {"login": name, "password": PASSWORD}).status_code == 422
    assert client.post("/my/login/", {"login": "qiye02", "password": PASSWORD}).status_code == 302


def test_a_locked_account_is_locked_in_every_writing(client):
    ActiveFactory(login="ski-02")
    for name in ("ski-02", "SKI-02", "\u017fki-02", "ｓｋｉ-02", "s\u212ai-02"):
        assert client.post("/my/login/", {"login": name, "password": "x"}).status_code == 422
    for name in ("ski-02", "\u017fki-02"):
        assert client.post("/my/login/", {"login": name, "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("/my/password/", {"old": "x", "password": "Another-Firm-2026", "again": "Another-Firm-2026"}),
        ("/my/close/", {"password": "x", "sure": "on"}),
    ],
)
def test_guessing_the_password_inside_a_session_ends_it(client, page, given):
    row = sign_in(client, ActiveFactory())
    told = [client.post(page, given).status_code for _ in range(7)]
    assert told == [422] * 5 + [429, 302]
    assert client.get("/my/").status_code == 302
    right = given | {"old" if "old" in given else "password": PASSWORD}
    assert client.post(page, right).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.version) == ("active", 1)
    assert AuditEntry.objects.filter(verb="companies.expelled", actor_id=row.pk).count() == 1


def test_nothing_that_was_typed_is_kept_with_the_failures(client):
    sign_in(client, ActiveFactory())
    client.post("/my/password/", {"old": "Typed-Wrong-1", "password": "Typed-New-2026", "again": "Typed-New-2026"})
    client.post("/my/close/", {"password": "Typed-Wrong-2", "sure": "on"})
    (kept,) = AccessAttempt.objects.values()
    assert kept["failures_since_start"] == 2
    assert "Typed" not in str(kept)


def test_the_same_click_twice_is_no_wrong_password(client):
    row = sign_in(client, ActiveFactory())
    form = client.get("/my/password/").context["form"]
    given = {"old": PASSWORD, "password": "Another-Firm-2026", "again": "Another-Firm-2026"}
    given["form_token"] = form.initial["form_token"]
    assert [client.post("/my/password/", given).status_code for _ in range(8)] == [302] * 8
    assert client.get("/my/").status_code == 200
    row.refresh_from_db()
    assert row.version == 2


def test_staff_of_the_same_name_is_not_locked_with_it(client, alice_clerk):
    for _ in range(6):
        client.post("/my/login/", {"login": "alice", "password": "x"})
    answer = client.post("/accounts/login/", {"username": "alice", "password": STAFF_PASSWORD})
    assert answer.status_code == 302


def test_logging_in_changes_the_session_and_leads_back(client):
    row = ActiveFactory()
    client.get("/my/login/")
    session = client.session
    session["left"] = "over"
    session.save()
    before = session.session_key
    answer = client.post("/my/login/", {"login": row.login, "password": PASSWORD, "next": "/my/password/"})
    assert answer.url == "/my/password/"
    assert client.session.session_key != before
    assert "left" not in client.session
    away = client.post(
        "/my/login/", {"login": row.login, "password": PASSWORD, "next": "https://elsewhere.example/my/"}
    )
    assert away.url == "/my/"


def test_company_and_staff_never_mix(client, alice_clerk):
    row = sign_in(client, ActiveFactory())
    client.post("/accounts/login/", {"username": "alice", "password": STAFF_PASSWORD})
    assert client.get("/desk/").status_code == 200
    assert client.get("/my/").status_code == 302
    sign_in(client, row)
    assert client.get("/desk/").status_code == 302
    assert client.get("/my/").status_code == 200
    assert AuditEntry.objects.filter(verb="accounts.logout", actor_id=alice_clerk.pk).exists()


def test_a_session_that_holds_both_is_staffs(client, alice_clerk):
    sign_in(client, ActiveFactory())
    client.force_login(alice_clerk)
    assert client.get("/my/").status_code == 302
    assert "company" not in client.session


@pytest.mark.parametrize("what", ["close", "suspend", "reset"])
def test_an_account_that_is_stopped_is_out_at_once(client, wendy_window, what):
    row = sign_in(client, ActiveFactory())
    if what == "reset":
        actions.reset_password(row, by=wendy_window, reason="遗失")
    else:
        getattr(actions, what)(row, by=wendy_window, reason="主体申请")
    assert client.get("/my/").status_code == 302


def test_silence_signs_out_and_says_so(client):
    row = sign_in(client, ActiveFactory())
    session = client.session
    session["last_seen"] = time.time() - 31 * 60
    session.save()
    answer = client.get("/my/password/")
    assert answer.status_code == 302
    assert "30 分钟没有操作" in client.get(answer.url).content.decode()
    assert AuditEntry.objects.about(row).first().verb == "companies.idle_logout"


def test_a_password_of_ninety_days_is_changed_before_anything_else(client):
    row = ActiveFactory(password_changed_at=timezone.now() - timedelta(days=91))
    client.post("/my/login/", {"login": row.login, "password": PASSWORD})
    assert client.get("/my/").url == reverse("companies:password")
    assert "密码已使用满90天" in client.get("/my/password/").content.decode()
    assert client.post("/my/password/", {"old": PASSWORD, "password": PASSWORD, "again": PASSWORD}).status_code == 422
    given = {"old": PASSWORD, "password": "Another-One-2027", "again": "Another-One-2027"}
    assert client.post("/my/password/", given).status_code == 302
    assert client.get("/my/").status_code == 200


def test_an_account_of_the_unified_login_has_no_password_that_ages(client):
    row = sign_in(client, ActiveFactory())
    old = timezone.now() - timedelta(days=400)
    CompanyAccount.objects.filter(pk=row.pk).update(password=make_password(None), password_changed_at=old)
    assert client.get("/my/").status_code == 200


def test_a_first_password_is_changed_before_anything_else(client, wendy_window):
    row = ActiveFactory()
    secret = actions.reset_password(row, by=wendy_window, reason="遗失")
    client.post("/my/login/", {"login": row.login, "password": secret})
    assert client.get("/my/").url == reverse("companies:password")
    given = {"old": secret, "password": "Another-One-2027", "again": "Another-One-2027"}
    assert client.post("/my/password/", given).status_code == 302
    assert client.get("/my/").status_code == 200


def test_closing_ones_own_account(client):
    row = sign_in(client, ActiveFactory())
    assert client.post("/my/close/", {"password": PASSWORD}).status_code == 422
    assert client.post("/my/close/", {"password": PASSWORD, "sure": "on"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "closed"
    assert client.get("/my/").status_code == 302


def test_pages_of_a_company_are_kept_by_nobody(client):
    sign_in(client, ActiveFactory())
    assert "no-store" in client.get("/my/")["Cache-Control"]


def test_the_head_of_the_windows_pages_leads_to_where_accounts_are_confirmed(client, wendy_window):
    client.force_login(wendy_window)
    assert '<a class="desk-brand" href="/window/companies/">' in client.get("/window/companies/").content.decode()


def test_a_password_that_is_not_repeated_is_asked_for_in_plain_words(client):
    told = client.post("/my/register/", filled(SubjectFactory(), again="")).content.decode()
    assert "请再次输入密码。" in told


def test_the_window_finds_by_receipt_code_and_name_and_opens_a_single_hit(client, wendy_window):
    client.force_login(wendy_window)
    row = AppliedFactory()
    for text in (row.receipt.lower(), row.subject.code):
        assert client.get("/window/companies/", {"q": text}).url.endswith(f"/{row.receipt}/")
    AppliedFactory(subject=row.subject)
    assert client.get("/window/companies/", {"q": row.subject.name[:6]}).content.decode().count(row.subject.name) == 2
    assert "没有找到" in client.get("/window/companies/", {"q": "不存在的"}).content.decode()


def test_the_window_confirms_and_refuses(client, wendy_window):
    client.force_login(wendy_window)
    first, second = AppliedFactory.create_batch(2)
    page = reverse("companies:window-account", args=[first.receipt])
    half = client.post(page, {"verb": "confirm", "papers": ["licence"]})
    assert half.status_code == 422
    assert "尚未核验：经办人身份证件" in half.content.decode()
    assert client.post(page, {"verb": "confirm", "papers": list(PAPERS)}).status_code == 302
    assert client.post(page, {"verb": "confirm", "papers": list(PAPERS)}).status_code == 409
    other = reverse("companies:window-account", args=[second.receipt])
    assert client.post(other, {"verb": "refuse", "refuse-reason": ""}).status_code == 422
    assert client.post(other, {"verb": "refuse", "refuse-reason": "授权书未盖章"}).status_code == 302
    assert list(CompanyAccount.objects.order_by("pk").values_list("state", flat=True)) == ["active", "refused"]


def test_the_desk_lists_filters_exports_and_hides_the_phone(client, alice_clerk, django_assert_max_num_queries):
    client.force_login(alice_clerk)
    ActiveFactory.create_batch(3)
    row = ClosedFactory()
    with django_assert_max_num_queries(12):
        page = client.get("/desk/companies/").content.decode()
    assert page.count("138****0000") == 0
    assert client.get("/desk/companies/", {"state": "closed"}).content.decode().count("ZH261123") == 1
    sheet = b"".join(client.get("/desk/companies/?export=csv").streaming_content).decode("utf-8-sig")
    assert row.receipt in sheet
    assert "13800000000" not in sheet
    assert "****" not in sheet


def test_a_reset_at_the_desk_shows_the_password_once(client, alice_clerk):
    client.force_login(alice_clerk)
    row = ActiveFactory()
    where = reverse("companies:desk-act", args=[row.pk, "reset"])
    form = client.get(where).context["form"]
    given = {"reason": "经办人忘记密码", "form_token": str(form.initial["form_token"])}
    answer = client.post(where, given)
    assert answer["Cache-Control"] == "no-store"
    secret = answer.context["secret"]
    again = client.post(where, given)
    assert again.status_code == 302
    assert actions.log_in(row.login, secret) == row
    assert client.get(reverse("companies:desk-act", args=[row.pk, "nothing"])).status_code == 404


def test_what_falls_due_in_several_apps_stands_under_one_heading(monkeypatch):
    first = home.Section("近期事项", [home.Row("补交材料", "/a/")], empty_text="没有", due=True, order=10)
    second = home.Section("近期事项", [home.Row("再次确认", "/b/")], due=True, order=20)
    other = home.Section("信用承诺", order=5)
    monkeypatch.setattr(home, "_providers", [lambda account, on: [second, other], lambda account, on: [first]])
    top, below = home.sections(None, date(2026, 11, 23))
    assert ([row.title for row in top.rows], top.empty_text) == (["补交材料", "再次确认"], "没有")
    assert below is other
