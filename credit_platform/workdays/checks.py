"""System check: from November on the notice of the next year should be loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, connections

from credit_platform.workdays import queries
from credit_platform.workdays.models import CalendarDay


@register(Tags.database)
def next_years_notice_is_loaded(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """workdays.W001. Until it is loaded, deadlines that reach into the next year are provisional."""
    if not databases or not _table_is_there():
        return []
    year = queries.missing_notice()
    if year is None:
        return []
    return [
        Warning(
            f"{year}年放假通知尚未录入，跨入{year}年的工作日期限均为暂定。",
            hint="国务院办公厅发布通知后，请系统管理员在“平台管理—放假通知—录入通知”中录入。",
            id="workdays.W001",
        )
    ]


def _table_is_there() -> bool:
    try:
        return CalendarDay._meta.db_table in connections["default"].introspection.table_names()
    except DatabaseError:
        return False
