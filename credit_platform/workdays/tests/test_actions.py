"""Loading a notice: who may, what it refuses, what it moves, and that it happens whole or not at all."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from credit_platform.workdays import queries
from credit_platform.workdays.actions import NoticeHead, load_notice
from credit_platform.workdays.models import CalendarDay, HolidayNotice
from credit_platform.workdays.rules import NoticeDay
from credit_platform.workdays.tests.factories import HEAD_2027, days_2027

pytestmark = pytest.mark.django_db


def test_loading_publishes_the_year_and_moves_the_deadlines(
    simon_system_admin, holder, django_capture_on_commit_callbacks
):
    assert queries.calendar().deadline(date(2027, 1, 28), 7).provisional
    with django_capture_on_commit_callbacks(execute=True):
        loaded = load_notice(HEAD_2027, days_2027(), by=simon_system_admin, reason="年度更新")
    deadline = queries.calendar().deadline(date(2027, 1, 28), 7)
    assert deadline.due_on == date(2027, 2, 12) == holder.due[date(2027, 1, 28)]
    assert not deadline.provisional
    assert loaded.moved == {"示例期限": 1}
    assert holder.due[date(2026, 11, 23)] == date(2026, 12, 2)
    assert "示例发〔2026〕1号" in queries.calendar().day(date(2027, 10, 1)).why


def test_it_leaves_an_entry_in_the_audit(simon_system_admin, holder):
    load_notice(HEAD_2027, days_2027(), by=simon_system_admin, reason="年度更新")
    entry = AuditEntry.objects.filter(verb="workdays.load_notice").latest("id")
    assert entry.actor_id == simon_system_admin.pk
    assert entry.after["deadlines_moved"] == {"示例期限": 1}
    assert entry.after["days_off"] == 27
    assert entry.reason == "年度更新"


def test_a_second_notice_of_a_year_replaces_the_first(simon_system_admin):
    load_notice(HEAD_2027, days_2027(), by=simon_system_admin)
    shorter = [d for d in days_2027() if d.date not in {date(2027, 10, 7), date(2027, 10, 9)}]
    load_notice(NoticeHead(2027, "更正后的通知"), shorter, by=simon_system_admin)
    states = dict(HolidayNotice.objects.filter(year=2027).values_list("title", "state"))
    assert states == {HEAD_2027.title: "superseded", "更正后的通知": "current"}
    calendar = queries.from_rows()
    assert calendar.is_workday(date(2027, 10, 7))
    assert not calendar.is_workday(date(2027, 10, 9))
    assert HolidayNotice.objects.get(title=HEAD_2027.title).days != []


def test_an_amendment_changes_its_days_only(simon_system_admin):
    head = NoticeHead(2026, "延长假期的通知", amends=True)
    load_notice(head, [NoticeDay(date(2026, 5, 6), False, "劳动节")], by=simon_system_admin)
    calendar = queries.from_rows()
    assert not calendar.is_workday(date(2026, 5, 6))
    assert not calendar.is_workday(date(2026, 5, 5))
    assert HolidayNotice.objects.filter(year=2026, state="current").count() == 2


def test_the_clock_may_load_and_a_clerk_may_not(alice_clerk):
    with pytest.raises(Forbidden):
        load_notice(HEAD_2027, days_2027(), by=alice_clerk)
    assert not HolidayNotice.objects.filter(year=2027).exists()
    assert load_notice(HEAD_2027, days_2027(), by=SYSTEM).notice.loaded_by == "系统"


def test_nonsense_is_refused_with_all_its_findings(simon_system_admin):
    days = [NoticeDay(date(2027, 5, 6), True, "劳动节"), NoticeDay(date(2028, 5, 1), False, "劳动节")]
    with pytest.raises(Refused) as refused:
        load_notice(HEAD_2027, days, by=simon_system_admin)
    assert {f.rule for f in refused.value.findings} >= {"notice.weekday", "notice.year", "notice.statutory"}


def test_a_confirmation_of_an_old_preview_is_a_conflict(simon_system_admin):
    seen = queries.preview(2027, days_2027(), source="").stamp
    load_notice(HEAD_2027, days_2027(), by=simon_system_admin, seen=seen)
    with pytest.raises(Conflict):
        load_notice(HEAD_2027, days_2027(), by=simon_system_admin, seen=seen)
    with pytest.raises(Conflict):
        load_notice(HEAD_2027, days_2027(), by=simon_system_admin, seen=uuid.uuid4())


def test_when_a_holder_fails_nothing_is_loaded(simon_system_admin, holder):
    before, stamp = CalendarDay.objects.count(), queries.current_stamp()
    holder.fails = True
    with pytest.raises(RuntimeError):
        load_notice(HEAD_2027, days_2027(), by=simon_system_admin)
    assert CalendarDay.objects.count() == before
    assert queries.current_stamp() == stamp
    assert not AuditEntry.objects.filter(verb="workdays.load_notice").exists()


def test_two_current_notices_of_a_year_cannot_stand_side_by_side():
    with pytest.raises(IntegrityError), transaction.atomic():
        HolidayNotice.objects.create(year=2026, title="第二份", loaded_by="某人")


def test_a_change_past_the_application_leaves_the_old_row():
    day = CalendarDay.objects.get(date=date(2026, 10, 1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE workdays_calendarday SET is_workday = true WHERE date = '2026-10-01'")
        cursor.execute(
            "SELECT old FROM audit_history WHERE table_name = 'workdays_calendarday' ORDER BY id DESC LIMIT 1"
        )
        [(old,)] = cursor.fetchall()
    assert str(day.pk) in str(old)
