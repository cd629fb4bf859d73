"""A notice of the year to come, and a holder of deadlines that keeps them in memory."""

from __future__ import annotations

from datetime import date

from credit_platform.workdays.actions import NoticeHead
from credit_platform.workdays.registry import Moved
from credit_platform.workdays.rules.reading import read_text
from credit_platform.workdays.tests.calendars import NOTICE_2027

HEAD_2027 = NoticeHead(2027, "关于2027年部分节假日安排的通知", "示例发〔2026〕1号", date(2026, 11, 20))


def days_2027():
    return read_text(NOTICE_2027, 2027).days


class Holder:
    """Seven working days from each start, as a holder of an app above would keep them."""

    label = "示例期限"

    def __init__(self, calendar, *starts):
        self.due = {start: calendar.due_on(start, 7) for start in starts}
        self.fails = False

    def preview(self, old, new):
        for start, due in self.due.items():
            if new.due_on(start, 7) != due:
                yield Moved(f"决定于{start}", due, new.due_on(start, 7))

    def recompute(self, old, new, *, by):
        if self.fails:
            raise RuntimeError("the holder failed")
        moved = list(self.preview(old, new))
        self.due = {start: new.due_on(start, 7) for start in self.due}
        return len(moved)
