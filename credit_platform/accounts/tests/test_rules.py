import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_platform.accounts import rules

EVERY = list(rules.ROLE_LABELS)


@given(st.sets(st.sampled_from(EVERY)), st.booleans())
def test_roles_fit_exactly_when_hands_are_alone_and_business_has_a_department(roles, has_department):
    admin = roles & set(rules.ADMIN_ROLES)
    business = roles & set(rules.BUSINESS_ROLES)
    fits = (not admin or len(roles) == 1) and (not business or has_department)
    assert (rules.role_findings(roles, has_department=has_department) == []) == fits


def test_an_unknown_role_is_named():
    [finding] = rules.role_findings(["king"], has_department=True)
    assert "king" in finding.text


@pytest.mark.parametrize(
    ("password", "kinds"),
    [("", 0), ("abc", 1), ("aB", 2), ("aB1", 3), ("aB1-", 4), ("密码", 1), ("ａ１", 1), ("a b", 2)],
)
def test_kinds_of_signs(password, kinds):
    assert rules.password_kinds(password) == kinds


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("Aa1-Aa1-Aa", []),
        ("Aa1-Aa1-A", ["password.short"]),
        ("aaaaaaaaaa", ["password.kinds"]),
        ("Aa1-ALICE-x", ["password.username"]),
    ],
)
def test_password_rules(password, found):
    assert [finding.rule for finding in rules.password_findings(password, "alice")] == found


def test_without_an_account_the_name_rule_is_silent():
    assert rules.password_findings("Aa1-Aa1-Aa", "") == []
