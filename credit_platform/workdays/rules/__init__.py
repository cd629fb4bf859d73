"""Working days, pure: the calendar and its deadlines, the arithmetic of months, and how a yearly notice is read and checked.

No query and no clock: rows and days are arguments. Business days are those of Beijing time.
"""

from credit_platform.workdays.rules.calendar import Calendar, DayRule
from credit_platform.workdays.rules.days import Day, Deadline
from credit_platform.workdays.rules.months import add_months, beijing_day, eligible_from
from credit_platform.workdays.rules.notices import NoticeDay, affected_span, changed_days, check_notice
from credit_platform.workdays.rules.statutory import statutory_days

__all__ = [
    "Calendar",
    "Day",
    "DayRule",
    "Deadline",
    "NoticeDay",
    "add_months",
    "affected_span",
    "beijing_day",
    "changed_days",
    "check_notice",
    "eligible_from",
    "statutory_days",
]
