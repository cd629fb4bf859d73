import pytest

from credit_platform.accounts import admin_rights, checks
from credit_platform.accounts.tests import factories

pytestmark = pytest.mark.django_db

DATABASES = ["default"]


def test_a_department_with_clerks_and_no_reviewer_is_told(alice_clerk):
    [warning] = checks.departments_can_review(databases=DATABASES)
    assert warning.id == "accounts.W001"
    assert "市场监督管理局" in warning.msg


def test_an_active_reviewer_settles_it_and_a_closed_one_does_not(alice_clerk, market_bureau):
    factories.ReviewerFactory(department=market_bureau, is_active=False)
    assert checks.departments_can_review(databases=DATABASES)
    factories.ReviewerFactory(department=market_bureau)
    assert checks.departments_can_review(databases=DATABASES) == []


def test_a_missing_hand_is_told(simon_system_admin, sarah_security_admin):
    [warning] = checks.the_three_hands_are_there(databases=DATABASES)
    assert "审计员" in warning.msg
    factories.AuditorFactory()
    assert checks.the_three_hands_are_there(databases=DATABASES) == []


def test_an_empty_platform_and_a_check_without_database_are_silent():
    assert checks.the_three_hands_are_there(databases=DATABASES) == []
    assert checks.departments_can_review(databases=None) == []
    assert checks.the_three_hands_are_there(databases=None) == []


def test_an_admin_model_on_an_undeclared_permission_is_an_error(monkeypatch):
    assert checks.admin_models_hang_on_a_permission() == []
    monkeypatch.setattr(admin_rights, "ADMIN_MODELS", {"x.y": "nobody.declared"})
    assert [error.id for error in checks.admin_models_hang_on_a_permission()] == ["accounts.E001"]


def test_without_two_who_can_confirm_each_other_it_is_told(sarah_security_admin):
    [warning] = checks.two_administrators_can_act(databases=DATABASES)
    assert warning.id == "accounts.W003"
    factories.SystemAdminFactory()
    assert checks.two_administrators_can_act(databases=DATABASES) == []
    assert checks.two_administrators_can_act(databases=None) == []
