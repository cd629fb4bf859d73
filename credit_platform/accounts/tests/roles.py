"""Standing people for every test, as a pytest plugin: two departments and one person per role.

Alice enters, Bob reviews, both at the market bureau; Wendy stands at the window; Dan and Rita are the same pair at
another department; Carol is the city credit office; Simon, Sarah and Arthur are the three administrative hands.
"""

from __future__ import annotations

import pytest
from django.db import connection

from credit_platform.accounts.models import ApiClient, Department, User
from credit_platform.accounts.tests import factories


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Between transactional tests Django empties tables with TRUNCATE, which the kept tables refuse: here it may."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE right(tgname, 12) = '_no_truncate'"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


@pytest.fixture
def market_bureau(db: None) -> Department:
    return factories.DepartmentFactory(code="scjgj", name="示例市市场监督管理局", short_name="市场监管局")


@pytest.fixture
def housing_bureau(db: None) -> Department:
    return factories.DepartmentFactory(code="zjj", name="示例市住房和城乡建设局", short_name="住建局")


@pytest.fixture
def credit_office_department(db: None) -> Department:
    return factories.DepartmentFactory(code="yshjj", name="示例市营商环境建设监督局", short_name="营商环境局")


@pytest.fixture
def alice_clerk(market_bureau: Department) -> User:
    return factories.ClerkFactory(username="alice", full_name="甲录入", department=market_bureau)


@pytest.fixture
def bob_reviewer(market_bureau: Department) -> User:
    return factories.ReviewerFactory(username="bob", full_name="乙审核", department=market_bureau)


@pytest.fixture
def wendy_window(market_bureau: Department) -> User:
    return factories.WindowClerkFactory(username="wendy", full_name="丙窗口", department=market_bureau)


@pytest.fixture
def dan_other_clerk(housing_bureau: Department) -> User:
    return factories.ClerkFactory(username="dan", full_name="丁录入", department=housing_bureau)


@pytest.fixture
def rita_other_reviewer(housing_bureau: Department) -> User:
    return factories.ReviewerFactory(username="rita", full_name="戊审核", department=housing_bureau)


@pytest.fixture
def carol_credit_office(credit_office_department: Department) -> User:
    return factories.CreditOfficeFactory(username="carol", full_name="己信用办", department=credit_office_department)


@pytest.fixture
def simon_system_admin(db: None) -> User:
    return factories.SystemAdminFactory(username="simon", full_name="庚系统")


@pytest.fixture
def sarah_security_admin(db: None) -> User:
    return factories.SecurityAdminFactory(username="sarah", full_name="辛安全")


@pytest.fixture
def arthur_auditor(db: None) -> User:
    return factories.AuditorFactory(username="arthur", full_name="壬审计")


@pytest.fixture
def market_client(market_bureau: Department) -> ApiClient:
    return factories.ApiClientFactory(name="示例执法系统", department=market_bureau)
