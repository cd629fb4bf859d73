"""The seven working days and the verdict on timeliness. Pure: the due day comes from the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from credit_platform.web.formats import cn_date

WORKDAYS = 7
WITHDRAWAL_WORKDAYS = 3
REMINDERS = (3, 1)
"""Working days before the due day on which a department is reminded."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a record arrived in time, and the reason as it is stored and printed."""

    late: bool
    reason: str


def arrival(decided_on: date, due_on: date, arrived_on: date, workdays_late: int, *, provisional: bool) -> Verdict:
    """The verdict on an arrival. `workdays_late`: working days after the due day up to the arrival (0 when in time)."""
    text = f"决定日{cn_date(decided_on)}，第{WORKDAYS}个工作日为{cn_date(due_on)}，于{cn_date(arrived_on)}首次合规报送"
    note = "（节假日通知未公布，暂定，公布后复核）" if provisional else ""
    if arrived_on <= due_on:
        return Verdict(False, f"{text}，按时{note}。")
    late = f"迟{workdays_late}个工作日" if workdays_late else "已逾期（期后为休息日）"
    return Verdict(True, f"{text}，{late}{note}。")
