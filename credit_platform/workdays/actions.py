"""The one verb of the calendar: load a notice, and with it move every deadline that hangs on its days."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Level, Refused
from credit_platform.workdays import queries, registry
from credit_platform.workdays.models import CalendarDay, CalendarStamp, HolidayNotice
from credit_platform.workdays.rules import Calendar, NoticeDay, changed_days, check_notice

ARTICLE = "《全国年节及纪念日放假办法》"


@dataclass(frozen=True, slots=True)
class NoticeHead:
    """What identifies a notice. `amends`: it changes some days of a year and does not replace the yearly notice."""

    year: int
    title: str
    document_number: str = ""
    issued_on: date | None = None
    note: str = ""
    amends: bool = False

    @property
    def source(self) -> str:
        return self.document_number or f"{self.year}年放假通知"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loading did: the notice, how many days changed, how many deadlines moved, by holder."""

    notice: HolidayNotice
    changed: int
    moved: dict[str, int]


def load_notice(
    head: NoticeHead, days: Sequence[NoticeDay], *, by: Actor, seen: uuid.UUID | None = None, reason: str = ""
) -> Loaded:
    """Load a notice, replace the yearly one of its year, and recompute all open deadlines, in one transaction.

    Who may: calendar.manage. `seen` is the stamp of the preview that was confirmed: Conflict when another notice was loaded since.
    Refused with all findings when the days cannot be right. Deadlines of closed cases are the holders' business and stay.
    """
    with acting(by):
        CalendarStamp.objects.get_or_create(pk=1)
        stamp = CalendarStamp.objects.select_for_update().get(pk=1)
        policy.require(by, "calendar.manage")
        if seen is not None and seen != stamp.stamp:
            raise Conflict("calendar.changed", "预览之后日历已被他人更新，请重新预览后再确认。")
        _require_sound(head, days)
        old = queries.from_rows()
        new = queries.planned(head.year, days, source=head.source, amends=head.amends)
        notice = _write(head, days, by)
        moved = {holder.label: holder.recompute(old, new, by=by) for holder in registry.holders()}
        changed = len(changed_days(old, new))
        _stamp_anew(stamp)
        _leave_trace(notice, days, _Effect(old, new, changed, moved), by=by, reason=reason)
        transaction.on_commit(queries.forget)
    return Loaded(notice, changed, moved)


@dataclass(frozen=True, slots=True)
class _Effect:
    old: Calendar
    new: Calendar
    changed: int
    moved: dict[str, int]


def _require_sound(head: NoticeHead, days: Sequence[NoticeDay]) -> None:
    findings = check_notice(head.year, days, amends=head.amends)
    if any(f.level is Level.ERROR for f in findings):
        raise Refused("calendar.notice", "放假通知的内容有误，未录入。", article=ARTICLE, findings=findings)


def _write(head: NoticeHead, days: Sequence[NoticeDay], by: Actor) -> HolidayNotice:
    """Supersede the yearly notice, write the new one and its days; a day that another notice named is taken over."""
    unique = sorted({day.date: day for day in days}.values())
    if not head.amends:
        for earlier in queries.superseded_by(head.year):
            earlier.calendar_days.all().delete()
            earlier.state = HolidayNotice.State.SUPERSEDED
            earlier.save(update_fields=["state"])
    notice = HolidayNotice.objects.create(
        year=head.year,
        kind=HolidayNotice.Kind.AMENDMENT if head.amends else HolidayNotice.Kind.YEARLY,
        title=head.title,
        document_number=head.document_number,
        issued_on=head.issued_on,
        note=head.note,
        days=[[d.date.isoformat(), d.is_workday, d.name] for d in unique],
        loaded_by=by.actor_name,
    )
    CalendarDay.objects.bulk_create(
        [CalendarDay(date=d.date, is_workday=d.is_workday, name=d.name, notice=notice) for d in unique],
        update_conflicts=True,
        unique_fields=["date"],
        update_fields=["is_workday", "name", "notice"],
    )
    return notice


def _stamp_anew(stamp: CalendarStamp) -> None:
    stamp.stamp = uuid.uuid4()
    stamp.changed_at = timezone.now()
    stamp.save(update_fields=["stamp", "changed_at"])


def _leave_trace(notice: HolidayNotice, days: Sequence[NoticeDay], effect: _Effect, *, by: Actor, reason: str) -> None:
    audit.record(
        "workdays.load_notice",
        notice,
        by=by,
        before={"years": sorted(effect.old.published_years)},
        after={
            "years": sorted(effect.new.published_years),
            "days_off": sum(not day.is_workday for day in days),
            "days_at_work": sum(day.is_workday for day in days),
            "days_changed": effect.changed,
            "deadlines_moved": effect.moved,
        },
        reason=reason,
        basis=str(notice),
    )
