"""Nobody takes a company's account over: who may confirm and reset, that the company sees it, and that it cannot be signed for meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from companies import actions
from companies.models import CompanyAccount
from companies.queries import notices, signs_from
from companies.rules import PAPERS, is_oneself, signs_again_at
from companies.tests.factories import PASSWORD, ActiveFactory, AppliedFactory, sign_in
from credit_platform.accounts import actions as staff
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
    WindowClerkFactory,
)
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Forbidden, Refused
from records.tests.factories import SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall():
    return DepartmentFactory(code="zwdt", name="示例市政务服务中心")


@pytest.fixture
def opened(hall):
    """An account that the hall has confirmed some days ago."""
    window = WindowClerkFactory(department=hall)
    before = timezone.now() - timedelta(days=3)
    return ActiveFactory(confirmed_by=window, confirmed_at_department=hall, confirmed_at=before)


def reset(row, by, reason="经办人忘记密码"):
    return actions.reset_password(row, by=by, reason=reason)


# --- who


def test_the_confirming_unit_and_the_windows_reset_and_nobody_else(opened, hall, market_bureau, housing_bureau):
    for by in (
        WindowClerkFactory(department=housing_bureau),
        ClerkFactory(department=hall),
        CreditOfficeFactory(department=hall),
    ):
        assert reset(opened, by)
    strangers = [
        ClerkFactory(department=housing_bureau),
        ClerkFactory(department=market_bureau),
        CreditOfficeFactory(),
        ReviewerFactory(department=hall),
    ]
    for by in strangers:
        with pytest.raises(Forbidden):
            reset(opened, by)
    assert AuditEntry.objects.filter(verb="companies.reset_password").count() == 3


def test_an_account_that_no_unit_confirmed_is_the_registering_authorities(market_bureau, housing_bureau):
    row = ActiveFactory()
    assert row.confirmed_at_department is None
    with pytest.raises(Forbidden):
        reset(row, ClerkFactory(department=housing_bureau))
    assert reset(row, ClerkFactory(department=market_bureau))


def test_without_a_registering_authority_only_the_windows_act(settings, wendy_window):
    settings.DECLARATION_DEPARTMENT = "nowhere"
    with pytest.raises(Forbidden):
        actions.confirm(AppliedFactory(), by=ClerkFactory(), papers=list(PAPERS))
    assert actions.confirm(AppliedFactory(), by=wendy_window, papers=list(PAPERS)).state == "active"


def test_a_unit_that_followed_the_confirming_one_answers_for_its_accounts(opened, hall, simon_system_admin):
    heir = DepartmentFactory(code="xzsp")
    clerk = ClerkFactory(department=heir)
    with pytest.raises(Forbidden):
        reset(opened, clerk)
    staff.succeed_department(hall, successor=heir, on=timezone.localdate(), note="机构改革", by=simon_system_admin)
    assert reset(opened, clerk)


@pytest.mark.parametrize("reason", ["", "   ", "\u3000"])
def test_a_reset_needs_a_reason(opened, wendy_window, reason):
    with pytest.raises(Refused):
        reset(opened, wendy_window, reason)
    opened.refresh_from_db()
    assert (opened.reset_at, opened.version) == (None, 1)


# --- who applied opens nothing


def applied_by(person, client, **changed):
    if person:
        client.force_login(person)
    subject = SubjectFactory()
    given = {
        "code": subject.code,
        "name": subject.name,
        "handler": "王某某",
        "phone": "13800000000",
        "login": "own.firm",
    }
    given |= {"password": PASSWORD, "again": PASSWORD} | changed
    assert client.post("/my/register/", given).status_code == 302
    return CompanyAccount.objects.latest("pk")


def test_who_applied_does_not_confirm_from_any_desk(client, wendy_window, sarah_security_admin):
    row = applied_by(wendy_window, client)
    assert row.applied_by == wendy_window
    with pytest.raises(Forbidden, match="本人申请"):
        actions.confirm(row, by=wendy_window, papers=list(PAPERS))
    elsewhere = staff.move_user(wendy_window, DepartmentFactory(), by=sarah_security_admin)
    with pytest.raises(Forbidden, match="本人申请"):
        actions.confirm(row, by=elsewhere, papers=list(PAPERS))
    opened = actions.confirm(row, by=WindowClerkFactory(), papers=list(PAPERS))
    with pytest.raises(Forbidden, match="本人申请"):
        reset(opened, elsewhere)
    suspended = actions.suspend(opened, by=elsewhere, reason="核查")
    with pytest.raises(Forbidden, match="本人申请"):
        actions.resume(suspended, by=elsewhere, reason="核查完毕")


@pytest.mark.parametrize("handler", ["丙窗口", " 丙 窗口 ", "丙　窗口"])
def test_nobody_opens_an_account_in_the_own_name(wendy_window, handler):
    row = AppliedFactory(handler=handler)
    with pytest.raises(Forbidden):
        actions.confirm(row, by=wendy_window, papers=list(PAPERS))
    assert actions.refuse(row, by=wendy_window, reason="经办人与本人同名").state == "refused"


def test_a_visitor_applies_without_a_name_of_staff(client):
    assert applied_by(None, client).applied_by is None


def test_the_database_holds_it_too(wendy_window):
    row = AppliedFactory(applied_by=wendy_window)
    with pytest.raises(IntegrityError), transaction.atomic():
        CompanyAccount.objects.filter(pk=row.pk).update(confirmed_by=wendy_window)


@pytest.mark.parametrize(
    ("applied", "handler", "oneself"),
    [(1, "别人", True), (2, "别人", False), (None, "李 某", True), (None, "李某某", False), (None, "", False)],
)
def test_oneself(applied, handler, oneself):
    assert is_oneself(applied_by=applied, handler=handler, user_id=1, user_name="李某") is oneself


# --- the company sees it


def test_the_company_is_told_when_which_unit_and_why(client, opened, hall):
    other = ActiveFactory(subject=opened.subject, confirmed_at=opened.confirmed_at - timedelta(days=300))
    stranger = ActiveFactory()
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        CompanyAccount.objects.filter(pk=opened.pk).update(confirmed_at="2026-11-20T09:00+08:00")
        reset(opened, WindowClerkFactory(department=hall), "经办人换手机")
        opened.refresh_from_db()
        assert [each.text for each in notices(opened)] == [
            "2026年11月23日 10:00，示例市政务服务中心重置了本账户的登录密码。原因：经办人换手机。"
        ]
        assert "本主体另一账户（经办人王某某）" in notices(other)[0].text
        assert len(notices(other)) == 2, "and that a further account was opened"
        assert notices(stranger) == []
        sign_in(client, other)
        page = client.get("/my/").text
        assert "经办人换手机" in page
        assert "示例市政务服务中心" in page
    with time_machine.travel("2026-12-24 10:00+08:00", tick=False):
        assert notices(opened) == []


def test_a_reset_ends_the_sessions_that_are_open(client, opened, wendy_window):
    sign_in(client, opened)
    assert client.get("/my/").status_code == 200
    reset(opened, wendy_window)
    assert client.get("/my/").status_code == 302


# --- and it is not signed for


def test_the_pause_ends_to_the_minute(opened, wendy_window):
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False) as clock:
        reset(opened, wendy_window)
        opened.refresh_from_db()
        with pytest.raises(Refused, match="2026年11月24日 10:00前不能在线签署"):
            actions.require_signing(opened)
        clock.shift(timedelta(hours=23, minutes=59))
        with pytest.raises(Refused):
            actions.require_signing(opened)
        clock.shift(timedelta(minutes=1))
        actions.require_signing(opened)


@pytest.mark.parametrize("hours", [1, 72])
def test_the_length_of_the_pause_is_a_setting(settings, opened, wendy_window, hours):
    settings.SIGNING_PAUSE_HOURS = hours
    reset(opened, wendy_window)
    opened.refresh_from_db()
    assert signs_from(opened) == opened.reset_at + timedelta(hours=hours)


def test_closing_and_opening_anew_is_no_way_round(opened, wendy_window):
    actions.close(opened, by=wendy_window, reason="更换经办人")
    first = ActiveFactory()
    again = actions.confirm(AppliedFactory(subject=opened.subject), by=wendy_window, papers=list(PAPERS))
    with pytest.raises(Refused, match="不能在线签署"):
        actions.require_signing(again)
    actions.require_signing(first)


def test_suspending_and_resuming_does_not_shorten_it(opened, wendy_window):
    reset(opened, wendy_window)
    actions.resume(actions.suspend(opened, by=wendy_window, reason="核查"), by=wendy_window, reason="核查完毕")
    opened.refresh_from_db()
    with pytest.raises(Refused):
        actions.require_signing(opened)


def test_an_account_of_the_unified_login_has_proved_itself_there(opened):
    again = ActiveFactory(subject=opened.subject, password="!", outside_id="a-1")
    assert signs_from(again) is None


def test_nothing_disturbed_is_nothing_to_wait_for():
    assert signs_again_at([], hours=24) is None
    assert signs_again_at([None, None], hours=24) is None
