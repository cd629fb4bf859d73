from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from credit_platform.accounts import actions, queries
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import ApiClient, Department, Role, UsedPassword, User
from credit_platform.accounts.tests import factories
from credit_platform.audit import actions as audit
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused

pytestmark = pytest.mark.django_db


def entries(verb):
    return list(AuditEntry.objects.filter(verb=verb))


# Every action, tried by everybody who may not.
def attempts(department, person, client):
    return {
        "create_user": lambda by: actions.create_user("new", by=by, full_name="新"),
        "set_roles": lambda by: actions.set_roles(person, [Role.REVIEWER], by=by),
        "move_user": lambda by: actions.move_user(person, department, by=by),
        "lock_user": lambda by: actions.lock_user(person, by=by, reason="离职"),
        "unlock_user": lambda by: actions.unlock_user(person, by=by),
        "reset_password": lambda by: actions.reset_password(person, by=by),
        "issue_api_client": lambda by: actions.issue_api_client(
            "系统", by=by, department=department, scopes=["records.write"]
        ),
        "revoke_api_client": lambda by: actions.revoke_api_client(client, by=by, reason="停用"),
        "add_department": lambda by: actions.add_department("new", by=by, name="新局"),
        "update_department": lambda by: actions.update_department(department, by=by, name="改"),
        "close_department": lambda by: actions.close_department(department, by=by, on=date(2026, 1, 1)),
        "succeed_department": lambda by: actions.succeed_department(
            department, successor=person.department, on=date(2026, 1, 1), by=by
        ),
    }


SECURITY = {
    "create_user",
    "set_roles",
    "move_user",
    "lock_user",
    "unlock_user",
    "reset_password",
    "issue_api_client",
    "revoke_api_client",
}


@pytest.mark.parametrize("role", list(Role.values))
@pytest.mark.parametrize(
    "name", sorted(SECURITY | {"add_department", "update_department", "close_department", "succeed_department"})
)
def test_nobody_else_may(name, role, market_bureau, housing_bureau, market_client):
    rightful = Role.SECURITY_ADMIN if name in SECURITY else Role.SYSTEM_ADMIN
    if role == rightful:
        return
    business = role in ("clerk", "reviewer", "window", "credit_office")
    by = factories.UserFactory(roles=[role], department=market_bureau if business else None)
    person = factories.ClerkFactory(department=housing_bureau)
    count = AuditEntry.objects.count()
    with pytest.raises(Forbidden):
        attempts(market_bureau, person, market_client)[name](by)
    assert AuditEntry.objects.count() == count


def test_a_new_account_gets_a_first_password_that_works_once_shown(sarah_security_admin, market_bureau):
    user, secret = actions.create_user(
        "zhang.san", by=sarah_security_admin, full_name="张三", roles=["reviewer", "clerk"], department=market_bureau
    )
    assert user.check_password(secret)
    assert user.must_change_password
    assert user.roles == ["clerk", "reviewer"]
    [entry] = entries("accounts.create")
    assert entry.after == {"roles": ["clerk", "reviewer"], "department_id": market_bureau.pk, "username": "zhang.san"}
    assert (entry.actor_id, entry.object_id) == (sarah_security_admin.pk, str(user.pk))
    assert secret not in str(entry.__dict__)


@pytest.mark.parametrize("username", ["", "a", "张三", "a b", "x\x00y", "-x", "a" * 51, "<script>"])
def test_odd_user_names_are_refused(username):
    with pytest.raises(Refused):
        actions.create_user(username, by=SYSTEM, full_name="某")


def test_the_same_name_in_another_case_is_taken(alice_clerk):
    with pytest.raises(Refused, match="已存在"):
        actions.create_user("ALICE", by=SYSTEM, full_name="某")


@pytest.mark.parametrize("roles", [["auditor", "clerk"], ["system_admin", "security_admin"], ["auditor", "auditor2"]])
def test_the_three_hands_exclude_each_other_and_business(roles, market_bureau):
    with pytest.raises(Refused):
        actions.create_user("someone", by=SYSTEM, full_name="某", roles=roles, department=market_bureau)


@pytest.mark.parametrize(
    "roles", [["system_admin", "security_admin"], ["auditor", "clerk"], ["auditor", "auditor"], ["king"]]
)
def test_the_table_itself_refuses_what_rules_refuse(roles, market_bureau):
    user = factories.UserFactory(department=market_bureau)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(roles=roles)


def test_the_table_refuses_a_business_role_without_department():
    user = factories.UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(roles=["clerk"])


def test_roles_are_replaced_and_both_versions_are_kept(alice_clerk, sarah_security_admin):
    actions.set_roles(alice_clerk, ["reviewer"], by=sarah_security_admin, reason="岗位调整")
    alice_clerk.refresh_from_db()
    assert alice_clerk.roles == ["reviewer"]
    [entry] = entries("accounts.set_roles")
    assert (entry.before["roles"], entry.after["roles"], entry.reason) == (["clerk"], ["reviewer"], "岗位调整")


@pytest.mark.parametrize("name", ["set_roles", "lock_user", "unlock_user", "reset_password", "move_user"])
def test_nobody_adjusts_the_own_account(name, sarah_security_admin, market_bureau, market_client):
    with pytest.raises(Forbidden, match="本人"):
        attempts(market_bureau, sarah_security_admin, market_client)[name](sarah_security_admin)


def test_moving_out_of_every_department_is_refused_for_a_clerk(alice_clerk, sarah_security_admin, housing_bureau):
    with pytest.raises(Refused, match="必须属于一个部门"):
        actions.move_user(alice_clerk, None, by=sarah_security_admin)
    assert actions.move_user(alice_clerk, housing_bureau, by=sarah_security_admin).department == housing_bureau


def test_lock_and_unlock(alice_clerk, sarah_security_admin):
    actions.lock_user(alice_clerk, by=sarah_security_admin, reason="离职")
    with pytest.raises(Conflict):
        actions.lock_user(alice_clerk, by=sarah_security_admin, reason="再次")
    actions.unlock_user(alice_clerk, by=sarah_security_admin)
    with pytest.raises(Conflict):
        actions.unlock_user(alice_clerk, by=sarah_security_admin)
    alice_clerk.refresh_from_db()
    assert alice_clerk.is_active


def test_a_reset_gives_a_new_first_password(alice_clerk, sarah_security_admin):
    secret = actions.reset_password(alice_clerk, by=sarah_security_admin)
    alice_clerk.refresh_from_db()
    assert alice_clerk.check_password(secret)
    assert alice_clerk.must_change_password


def test_when_the_audit_cannot_be_written_nothing_happens(alice_clerk, sarah_security_admin, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("no audit")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        actions.set_roles(alice_clerk, ["reviewer"], by=sarah_security_admin)
    alice_clerk.refresh_from_db()
    assert alice_clerk.roles == ["clerk"]


def change(user, new, old=factories.PASSWORD):
    return actions.change_own_password(user, by=user, old=old, new=new)


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("Short-1", "至少 10 位"),
        ("alllowercaseletters", "三种"),
        ("Alice-is-here-1", "账号名"),
        (factories.PASSWORD, "最近 5 次"),
        ("", "至少 10 位"),
    ],
)
def test_weak_passwords_are_refused(alice_clerk, new, said):
    with pytest.raises(Refused, match=said):
        change(alice_clerk, new)


def test_the_last_five_passwords_are_not_taken_again_and_the_sixth_is(alice_clerk):
    used = [f"Another-Word-{number}" for number in range(1, 7)]
    old = factories.PASSWORD
    for new in used:
        change(alice_clerk, new, old)
        old = new
        alice_clerk.refresh_from_db()
    for again in used[1:]:
        with pytest.raises(Refused):
            change(alice_clerk, again, old)
    change(alice_clerk, used[0], old)
    assert UsedPassword.objects.filter(user=alice_clerk).count() == 5


def test_a_wrong_old_password_is_refused(alice_clerk):
    with pytest.raises(Refused, match="原密码"):
        change(alice_clerk, "Another-Word-1", "wrong")


def test_nobody_changes_anothers_password(alice_clerk, bob_reviewer):
    with pytest.raises(Forbidden):
        actions.change_own_password(alice_clerk, by=bob_reviewer, old=factories.PASSWORD, new="Another-Word-1")


def test_a_key_is_shown_once_and_only_its_digest_is_stored(sarah_security_admin, market_bureau):
    client, key = actions.issue_api_client(
        "执法办案系统", by=sarah_security_admin, department=market_bureau, scopes=["records.write"]
    )
    stored = ApiClient.objects.values().get(pk=client.pk)
    assert key not in str(stored)
    assert key not in str([entry.__dict__ for entry in AuditEntry.objects.all()])
    now = timezone.now()
    assert ApiClient.objects.with_key(key, now) == client
    assert ApiClient.objects.with_key(key[:-1] + ("A" if key[-1] != "A" else "B"), now) is None
    actions.revoke_api_client(client, by=sarah_security_admin, reason="更换")
    assert ApiClient.objects.with_key(key, now) is None
    with pytest.raises(Conflict):
        actions.revoke_api_client(client, by=sarah_security_admin, reason="再次")


@pytest.mark.parametrize("odd", ["", "x", "\x00" * 20, "键" * 30, "\ud800abc", "a" * 10_000])
def test_odd_keys_find_nobody(odd, market_client):
    assert ApiClient.objects.with_key(odd, timezone.now()) is None


def test_an_expired_key_finds_nobody(market_bureau):
    made = factories.ApiClientFactory.build(department=market_bureau)
    client = factories.ApiClientFactory(expires_at=timezone.now() + timedelta(days=1), key="k" * 43)
    assert made.prefix != client.prefix
    assert ApiClient.objects.with_key("k" * 43, timezone.now()) == client
    assert ApiClient.objects.with_key("k" * 43, timezone.now() + timedelta(days=2)) is None


@pytest.mark.parametrize(
    "odd",
    [
        {"scopes": []},
        {"scopes": ["everything"]},
        {"rate_per_minute": 0},
        {"expires_at": timezone.now() - timedelta(days=1)},
        {"name": ""},
    ],
)
def test_odd_clients_are_refused(odd, market_bureau):
    name = odd.pop("name", "系统")
    with pytest.raises(Refused):
        actions.issue_api_client(name, by=SYSTEM, department=market_bureau, **({"scopes": ["records.write"], **odd}))


def test_departments_come_change_and_go(simon_system_admin):
    by = simon_system_admin
    old = actions.add_department("gsj", by=by, name="工商局", uscc="")
    new = actions.add_department("SCJG2", by=by, name="市场监管局", uscc=factories.valid_uscc(5))
    assert (old.uscc, new.code) == (None, "scjg2")
    actions.update_department(old, by=by, short_name="工商", name="工商局", reason="简称")
    [entry] = entries("departments.update")
    assert (entry.before, entry.after) == ({"short_name": ""}, {"short_name": "工商"})
    actions.close_department(old, by=by, on=date(2019, 1, 1))
    with pytest.raises(Conflict):
        actions.close_department(old, by=by, on=date(2019, 1, 1))
    actions.succeed_department(old, successor=new, on=date(2019, 1, 2), by=by, note="机构改革")
    assert queries.successor_of(old, date(2018, 12, 31)) == old
    assert queries.successor_of(old, date(2019, 1, 2)) == new
    assert queries.successors(date(2026, 1, 1)) == {old.pk: new.pk}


def test_successions_follow_chains_and_never_close_a_circle():
    first, second, third = (factories.DepartmentFactory() for _ in range(3))
    on = date(2020, 1, 1)
    actions.succeed_department(first, successor=second, on=on, by=SYSTEM)
    actions.succeed_department(second, successor=third, on=on, by=SYSTEM)
    assert queries.successor_of(first, on) == third
    for successor in (first, third):
        with pytest.raises(Refused):
            actions.succeed_department(third, successor=successor, on=on, by=SYSTEM)
    with pytest.raises(Refused, match="已登记承接部门"):
        actions.succeed_department(first, successor=third, on=on, by=SYSTEM)


def test_parents_do_not_form_a_circle():
    above, below = factories.DepartmentFactory(), factories.DepartmentFactory()
    actions.update_department(below, by=SYSTEM, parent=above)
    with pytest.raises(Refused, match="首尾"):
        actions.update_department(above, by=SYSTEM, parent=below)


@pytest.mark.parametrize("odd", [{"code": "局"}, {"uscc": "123"}, {"district": "23"}, {"name": ""}, {"level": "x"}])
def test_odd_departments_are_refused(odd):
    fields = {"code": "abc", "name": "某局"} | odd
    with pytest.raises(Refused):
        actions.add_department(fields.pop("code"), by=SYSTEM, **fields)


def test_a_department_is_found_by_either_code_in_any_case(market_bureau):
    found = Department.objects.by_code
    assert found("SCJGJ") == found(f" {market_bureau.uscc.lower()} ") == market_bureau
    assert found("") is None
    assert found("\x00") is None


def test_departments_in_force_on_a_day():
    past = factories.DepartmentFactory(valid_until=date(2020, 1, 1))
    future = factories.DepartmentFactory(valid_from=date(2020, 1, 2))
    assert list(Department.objects.in_force(date(2020, 1, 1))) == [past]
    assert list(Department.objects.in_force(date(2020, 1, 2))) == [future]
