import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import DepartmentSuccession, Role
from credit_platform.accounts.tests import factories
from credit_platform.errors import Forbidden

pytestmark = pytest.mark.django_db

EVERY_ROLE = list(Role.values)


def somebody(role, department):
    business = role in ("clerk", "reviewer", "window", "credit_office")
    return factories.UserFactory(roles=[role], department=department if business else None)


@pytest.mark.parametrize("role", EVERY_ROLE)
@pytest.mark.parametrize("permission", sorted(policy.PERMISSIONS))
def test_every_role_gets_exactly_what_its_line_says(role, permission, market_bureau, housing_bureau):
    user = somebody(role, market_bureau)
    line = policy.PERMISSIONS[permission]
    assert policy.allows(user, permission, market_bureau) == (role in line.own | line.city)
    assert policy.allows(user, permission, housing_bureau) == (role in line.city)
    assert policy.allows(user, permission) == (role in line.own | line.city)


@pytest.mark.parametrize("permission", sorted(policy.PERMISSIONS))
def test_the_three_hands_never_touch_business(permission, market_bureau):
    business = permission.split(".")[0] in {"records", "disclosure", "statistics", "exports"}
    for role in ("system_admin", "security_admin", "auditor"):
        assert not (business and policy.allows(somebody(role, None), permission, market_bureau))


def test_only_the_auditor_reads_the_trail():
    line = policy.PERMISSIONS["audit.read"]
    assert (line.own, line.city, line.scope, line.system) == (frozenset(), {"auditor"}, "", False)


@pytest.mark.parametrize("permission", sorted(policy.PERMISSIONS))
def test_the_system_gets_what_the_table_lists(permission, market_bureau):
    assert policy.allows(SYSTEM, permission, market_bureau) == policy.PERMISSIONS[permission].system


def test_a_client_needs_the_scope_and_its_own_department(market_client, market_bureau, housing_bureau):
    assert policy.allows(market_client, "records.enter", market_bureau)
    assert not policy.allows(market_client, "records.enter", housing_bureau)
    assert not policy.allows(market_client, "records.view", market_bureau)
    assert not policy.allows(market_client, "disclosure.review", market_bureau)


def test_a_revoked_client_may_nothing(market_bureau):
    client = factories.RevokedApiClientFactory(department=market_bureau)
    assert not policy.allows(client, "records.enter", market_bureau)


def test_a_closed_account_may_nothing(market_bureau):
    user = factories.LockedClerkFactory(department=market_bureau)
    assert not policy.allows(user, "records.enter", market_bureau)


@pytest.mark.parametrize("nobody", [None, AnonymousUser(), "alice", object()])
def test_who_is_no_actor_may_nothing(nobody):
    assert not policy.allows(nobody, "records.enter")


def test_the_successor_handles_what_its_predecessors_left(alice_clerk, market_bureau, housing_bureau):
    older = factories.DepartmentFactory(code="jgsj")
    DepartmentSuccession.objects.create(predecessor=older, successor=housing_bureau, on="2015-01-01")
    DepartmentSuccession.objects.create(predecessor=housing_bureau, successor=market_bureau, on="2019-01-01")
    assert policy.allows(alice_clerk, "records.edit", housing_bureau)
    assert policy.allows(alice_clerk, "records.edit", older.pk)


def test_a_succession_to_come_gives_nothing_yet(alice_clerk, market_bureau, housing_bureau):
    DepartmentSuccession.objects.create(predecessor=housing_bureau, successor=market_bureau, on="2999-01-01")
    assert not policy.allows(alice_clerk, "records.edit", housing_bureau)


def test_require_raises_forbidden_in_chinese(alice_clerk, housing_bureau):
    policy.require(alice_clerk, "records.enter")
    with pytest.raises(Forbidden, match="没有权限"):
        policy.require(alice_clerk, "records.enter", housing_bureau)


def test_an_undeclared_permission_is_a_mistake_and_not_a_refusal(alice_clerk):
    with pytest.raises(LookupError):
        policy.allows(alice_clerk, "records.entre")


def test_declare_adds_once_and_refuses_a_different_line(monkeypatch):
    monkeypatch.setattr(policy, "PERMISSIONS", dict(policy.PERMISSIONS))
    line = policy.grant(own=["clerk"], scope="checks.run")
    policy.declare({"checks.run": line})
    policy.declare({"checks.run": line})
    assert "checks.run" in policy.scopes()
    with pytest.raises(ImproperlyConfigured):
        policy.declare({"checks.run": policy.grant(own=["reviewer"])})


def test_a_grant_to_an_unknown_role_stops_the_start():
    with pytest.raises(ImproperlyConfigured):
        policy.grant(own=["clark"])
