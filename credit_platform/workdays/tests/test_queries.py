"""The calendar from its rows: the base data, the cache, the preview, the warning of November."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from credit_platform.workdays import checks, queries
from credit_platform.workdays.models import CalendarDay, CalendarStamp, HolidayNotice
from credit_platform.workdays.tests.calendars import OFFICIAL
from credit_platform.workdays.tests.factories import HEAD_2027, days_2027

pytestmark = pytest.mark.django_db


def test_the_base_data_are_the_official_calendar_of_twenty_years():
    calendar = queries.calendar()
    assert calendar.published_years == frozenset(range(2007, 2027))
    day = date(2006, 12, 1)
    while day < date(2027, 2, 1):
        assert calendar.is_workday(day) == OFFICIAL.is_workday(day), day
        day += timedelta(1)


def test_a_day_names_its_notice():
    assert queries.calendar().day(date(2020, 10, 1)).why == "国庆节放假（国办发明电〔2019〕16号）"
    assert queries.calendar().day(date(2009, 10, 1)).why == "国庆节放假（2009年放假通知）"


def test_the_calendar_is_kept_and_costs_one_question(django_assert_num_queries):
    kept = queries.calendar()
    with django_assert_num_queries(1):
        assert queries.calendar() is kept


def test_between_two_questions_it_costs_nothing(settings, django_assert_num_queries):
    settings.WORKDAYS_RECHECK_SECONDS = 60
    kept = queries.calendar()
    with django_assert_num_queries(0):
        assert queries.calendar() is kept


def test_a_new_stamp_of_another_process_is_noticed(db):
    kept = queries.calendar()
    HolidayNotice.objects.filter(year=2026).update(document_number="示例〔2025〕1号")
    CalendarStamp.objects.update(stamp=uuid.uuid4())
    fresh = queries.calendar()
    assert fresh is not kept
    assert "示例〔2025〕1号" in fresh.day(date(2026, 10, 1)).why


def test_the_preview_names_days_and_deadlines_and_writes_nothing(holder):
    before = dict(holder.due)
    preview = queries.preview(2027, days_2027(), source=HEAD_2027.source)
    assert preview.errors == ()
    changed = {new.date: (old.is_workday, new.is_workday) for old, new in preview.changed}
    assert changed[date(2027, 1, 31)] == (False, True)
    assert changed[date(2027, 2, 9)] == (True, False)
    [(label, moved)] = preview.moved
    assert label == "示例期限"
    assert [(m.old_due, m.new_due) for m in moved] == [(date(2027, 2, 10), date(2027, 2, 12))]
    assert preview.moved_count == 1
    assert holder.due == before
    assert not HolidayNotice.objects.filter(year=2027).exists()


def test_a_preview_of_nonsense_has_findings_only(holder):
    preview = queries.preview(2027, [], source="")
    assert [f.rule for f in preview.errors] == ["notice.empty"]
    assert preview.moved == ()


@pytest.mark.parametrize(
    ("today", "missing"),
    [(date(2026, 10, 31), None), (date(2026, 11, 1), 2027), (date(2026, 12, 31), 2027), (date(2025, 12, 1), None)],
)
def test_the_notice_of_next_year_is_missed_from_november_on(today, missing):
    assert queries.missing_notice(today) == missing


def test_the_system_check_warns_from_november_on(time_machine_or_patch):
    time_machine_or_patch(date(2026, 11, 1))
    assert [m.id for m in checks.next_years_notice_is_loaded(databases=["default"])] == ["workdays.W001"]
    assert "workdays.W001" in [m.id for m in run_checks(databases=["default"])]
    time_machine_or_patch(date(2026, 10, 31))
    assert checks.next_years_notice_is_loaded(databases=["default"]) == []
    assert checks.next_years_notice_is_loaded(databases=[]) == []


@pytest.fixture
def time_machine_or_patch(monkeypatch):
    from django.utils import timezone

    return lambda day: monkeypatch.setattr(timezone, "localdate", lambda *args: day)


def test_an_emptied_calendar_is_filled_again_by_a_migration():
    CalendarDay.objects.all().delete()
    HolidayNotice.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert queries.from_rows().published_years == frozenset(range(2007, 2027))
    days = CalendarDay.objects.count()
    call_command("migrate", verbosity=0)
    assert CalendarDay.objects.count() == days
