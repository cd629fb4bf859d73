import re

import pytest

from credit_platform.accounts.actions.proposals import confirm
from credit_platform.accounts.models import AccountProposal, ApiClient, Department, DepartmentSuccession, User
from credit_platform.accounts.tests import factories
from credit_platform.audit.models import AuditEntry, AuditHistory

pytestmark = pytest.mark.django_db

MODELS = {"department", "departmentsuccession", "user", "apiclient"}


def test_the_admin_has_one_log_in_page(client):
    response = client.get("/admin/")
    assert response["Location"] == "/admin/login/?next=/admin/"
    assert client.get(response["Location"])["Location"] == "/accounts/login/?next=/admin/"


@pytest.mark.parametrize("person", ["alice_clerk", "carol_credit_office", "arthur_auditor"])
def test_others_do_not_get_in_and_are_not_sent_in_circles(client, person, request):
    client.force_login(request.getfixturevalue(person))
    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize(
    ("person", "open_to"),
    [("simon_system_admin", {"department", "departmentsuccession"}), ("sarah_security_admin", {"user", "apiclient"})],
)
def test_each_administrator_sees_only_what_the_policy_opens(client, person, open_to, request):
    client.force_login(request.getfixturevalue(person))
    index = client.get("/admin/")
    assert index.status_code == 200
    for model in MODELS:
        expected = 200 if model in open_to else 403
        assert client.get(f"/admin/accounts/{model}/").status_code == expected, model
        assert client.get(f"/admin/accounts/{model}/add/").status_code == expected, model
        assert (f"/admin/accounts/{model}/" in index.text) == (model in open_to)


def test_an_account_is_opened_and_its_first_password_shown_once(client, sarah_security_admin, market_bureau):
    client.force_login(sarah_security_admin)
    response = client.post(
        "/admin/accounts/user/add/",
        {"username": "zhang.san", "full_name": "张三", "department": market_bureau.pk, "roles": ["clerk", "reviewer"]},
    )
    secret = re.search(r'id="secret">([^<]+)<', response.text)[1]
    user = User.objects.get(username="zhang.san")
    assert user.check_password(secret)
    assert "no-store" in response["Cache-Control"]
    assert secret not in str(response.cookies)
    entry = AuditEntry.objects.get(verb="accounts.create")
    assert entry.actor_id == sarah_security_admin.pk
    assert not AuditHistory.objects.without_actor().filter(table_name="accounts_user", row_pk=str(user.pk)).exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"username": ""},
        {"username": "张 三"},
        {"username": "ALICE"},
        {"roles": ["auditor", "clerk"]},
        {"roles": ["king"]},
        {"department": "", "roles": ["clerk"]},
        {"department": "999999"},
        {"full_name": "x" * 500},
        {"full_name": "a\x00b"},
    ],
)
def test_odd_accounts_are_said_on_the_form(client, sarah_security_admin, alice_clerk, odd):
    client.force_login(sarah_security_admin)
    data = {"username": "new.one", "full_name": "某", "department": alice_clerk.department_id, "roles": ["clerk"]} | odd
    response = client.post("/admin/accounts/user/add/", data)
    assert response.status_code == 200
    assert "errorlist" in response.text or "errornote" in response.text


def test_roles_department_and_name_are_changed_by_actions(client, sarah_security_admin, alice_clerk, housing_bureau):
    client.force_login(sarah_security_admin)
    response = client.post(
        f"/admin/accounts/user/{alice_clerk.pk}/change/",
        {"full_name": "甲改", "department": housing_bureau.pk, "roles": ["reviewer"]},
    )
    assert response.status_code == 302
    alice_clerk.refresh_from_db()
    assert (alice_clerk.full_name, alice_clerk.department, alice_clerk.roles) == ("甲改", housing_bureau, ["reviewer"])
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"accounts.rename", "accounts.move", "accounts.set_roles"} <= verbs
    kept = AuditHistory.objects.filter(table_name="accounts_user", row_pk=str(alice_clerk.pk), op="UPDATE")
    assert set(kept.values_list("actor_id", flat=True)) == {sarah_security_admin.pk}
    assert all("password" not in line.old for line in kept)


def test_a_clerk_becomes_an_auditor_without_department_in_one_step(
    client, sarah_security_admin, simon_system_admin, alice_clerk
):
    client.force_login(sarah_security_admin)
    data = {"full_name": alice_clerk.full_name, "department": "", "roles": ["auditor"]}
    assert client.post(f"/admin/accounts/user/{alice_clerk.pk}/change/", data).status_code == 200
    confirm(AccountProposal.objects.get(), by=simon_system_admin)
    alice_clerk.refresh_from_db()
    assert (alice_clerk.roles, alice_clerk.department) == (["auditor"], None)


def test_the_own_account_is_only_read(client, sarah_security_admin):
    client.force_login(sarah_security_admin)
    url = f"/admin/accounts/user/{sarah_security_admin.pk}/"
    assert client.get(f"{url}change/").status_code == 200
    assert client.post(f"{url}change/", {"full_name": "x", "roles": ["auditor"]}).status_code == 403
    assert client.post(f"{url}do/reset-password/", {"reason": "x"}).status_code == 403


def test_buttons_ask_for_a_reason_and_call_actions(client, sarah_security_admin, alice_clerk):
    client.force_login(sarah_security_admin)
    url = f"/admin/accounts/user/{alice_clerk.pk}/"
    assert "停用账号" in client.get(f"{url}change/").text
    assert client.get(f"{url}do/lock/").status_code == 200
    assert client.post(f"{url}do/lock/", {"reason": ""}).status_code == 422
    assert client.post(f"{url}do/lock/", {"reason": "离职"}).status_code == 302
    assert AuditEntry.objects.get(verb="accounts.lock").reason == "离职"
    assert client.get(f"{url}do/lock/").status_code == 403  # no longer fits
    assert client.post(f"{url}do/unlock/", {"reason": "返岗"}).status_code == 302
    assert client.post(f"{url}do/unlock/", {"reason": "再次"}).status_code == 422
    response = client.post(f"{url}do/reset-password/", {"reason": "忘记"})
    alice_clerk.refresh_from_db()
    assert alice_clerk.check_password(re.search(r'id="secret">([^<]+)<', response.text)[1])


def test_odd_buttons_and_numbers_are_refused(client, sarah_security_admin):
    client.force_login(sarah_security_admin)
    assert client.get("/admin/accounts/user/999999/do/lock/").status_code == 403
    assert client.get("/admin/accounts/user/x/do/lock/").status_code == 403
    assert client.get(f"/admin/accounts/user/{factories.ClerkFactory().pk}/do/nothing/").status_code == 403


def test_password_and_log_out_are_those_of_the_desk(client, sarah_security_admin):
    client.force_login(sarah_security_admin)
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/"
    assert client.post("/admin/logout/")["Location"] == "/accounts/login/"
    assert AuditEntry.objects.filter(verb="accounts.logout").count() == 1
    assert client.get("/accounts/password/").status_code == 302


def test_nothing_is_deleted(client, sarah_security_admin, simon_system_admin, alice_clerk, market_bureau):
    client.force_login(sarah_security_admin)
    assert client.post(f"/admin/accounts/user/{alice_clerk.pk}/delete/", {"post": "yes"}).status_code == 403
    client.force_login(simon_system_admin)
    assert client.post(f"/admin/accounts/department/{market_bureau.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_key_is_issued_and_revoked(client, sarah_security_admin, market_bureau):
    client.force_login(sarah_security_admin)
    data = {"name": "执法系统", "department": market_bureau.pk, "scopes": ["records.write"], "rate_per_minute": 60}
    response = client.post("/admin/accounts/apiclient/add/", data)
    key = re.search(r'id="secret">([^<]+)<', response.text)[1]
    made = ApiClient.objects.get(name="执法系统")
    assert key.startswith(made.prefix)
    page = client.get(f"/admin/accounts/apiclient/{made.pk}/change/")
    assert page.status_code == 200
    assert made.key_hash not in page.text
    assert client.post(f"/admin/accounts/apiclient/{made.pk}/do/revoke/", {"reason": "更换"}).status_code == 302
    made.refresh_from_db()
    assert made.revoked_at is not None


def test_departments_are_entered_changed_and_succeeded(client, simon_system_admin, market_bureau):
    client.force_login(simon_system_admin)
    data = {"code": "gsj", "name": "工商局", "level": "city"}
    assert client.post("/admin/accounts/department/add/", data).status_code == 302
    made = Department.objects.get(code="gsj")
    data = {"name": "工商行政管理局", "level": "city", "valid_until": "2019-01-01"}
    assert client.post(f"/admin/accounts/department/{made.pk}/change/", data).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.code) == ("工商行政管理局", "gsj")
    data = {"predecessor": made.pk, "successor": market_bureau.pk, "on": "2019-01-02", "note": "机构改革"}
    assert client.post("/admin/accounts/departmentsuccession/add/", data).status_code == 302
    assert DepartmentSuccession.objects.get().successor == market_bureau
    assert set(AuditEntry.objects.filter(verb__startswith="departments.").values_list("actor_id", flat=True)) == {
        simon_system_admin.pk
    }


@pytest.mark.parametrize(
    "odd", [{"code": "局"}, {"uscc": "123"}, {"level": "x"}, {"valid_from": "2020-01-02", "valid_until": "2020-01-01"}]
)
def test_odd_departments_are_said_on_the_form(client, simon_system_admin, odd):
    client.force_login(simon_system_admin)
    response = client.post("/admin/accounts/department/add/", {"code": "abc", "name": "某局", "level": "city"} | odd)
    assert response.status_code == 200
    assert "errorlist" in response.text or "errornote" in response.text
