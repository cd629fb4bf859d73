from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate


class WorkdaysConfig(AppConfig):
    name = "credit_platform.workdays"
    label = "workdays"
    verbose_name = "工作日历"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform.accounts import admin_rights
        from credit_platform.audit import verbs
        from credit_platform.workdays import checks  # noqa: F401  registers the system check

        admin_rights.declare({"workdays.holidaynotice": "calendar.manage", "workdays.calendarday": "calendar.manage"})
        verbs.declare({"workdays.load_notice": "录入放假通知"})
        post_migrate.connect(fill_when_empty, sender=self)


def fill_when_empty(sender: AppConfig, **kwargs: Any) -> None:
    """A database without calendar (emptied, or restored without base data) gets the official one again."""
    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.audit.context import acting
    from credit_platform.workdays import official, queries
    from credit_platform.workdays.models import CalendarDay, CalendarStamp, HolidayNotice

    if kwargs.get("using", "default") != "default":
        return
    if HolidayNotice._meta.db_table not in connection.introspection.table_names() or HolidayNotice.objects.exists():
        return
    with acting(SYSTEM):
        official.fill(HolidayNotice.objects, CalendarDay.objects, CalendarStamp.objects)
    queries.forget()
