"""Clocks that stop, that are made longer, and that move when a holiday notice is loaded."""

from __future__ import annotations

from collections.abc import Iterable

from casework.actions.step import At
from casework.models import Case, CaseQuerySet, ClockPause, ClockProfile, Hearing
from casework.queries.clocks import clock_of
from casework.rules import clocks
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import at_field, required
from credit_platform.workdays.queries import calendar
from credit_platform.workdays.registry import Moved
from credit_platform.workdays.rules import Calendar


def pause(at: At, *, why: str) -> None:
    """The clock stands from the day after this step, until `resume`. Refused without a reason, without a running clock, and twice."""
    case = at.case
    found = list(required(why, "why", "请写明暂停计算期限的事由。", rule="clock.why", most=200))
    if case.due_on is None or case.paused:
        found.append(at_field("clock.none", "why", "没有正在计算的期限，不能暂停。"))
    elif at.on > case.due_on:
        found.append(at_field("clock.late", "on", "期限已经届满，不能暂停。"))
    at.refuse(found)
    ClockPause.objects.create(case=case, asked_on=at.on, why=why.strip())
    case.paused = at.has_clock = True


def resume(at: At) -> None:
    """The clock runs again: the days through this one are left out, and the last day is found anew. Refused when it does not stand."""
    pause = ClockPause.objects.filter(case=at.case, until__isnull=True).first()
    at.refuse([] if pause else [at_field("clock.runs", "on", "期限没有暂停，不需要恢复。")])
    assert pause is not None  # noqa: S101 - refused above
    pause.until = at.on
    pause.save(update_fields=["until"])
    at.case.paused, at.has_clock = False, True
    _again(at.case, calendar())


def extend(at: At, *, profile: ClockProfile, reason: str) -> None:
    """A longer period by the days that the profile allows, told before the last day has passed (令第36号). Refused later, more often than
    the profile allows, and without a reason."""
    case = at.case
    late = clocks.may_extend(
        case.due_on, on=at.on, extended=case.extended, most=profile.extensions, days=profile.extension
    )
    at.refuse([*late, *required(reason, "reason", "请写明延长的理由。", rule="clock.reason", most=500)])
    case.due_days = (case.due_days or 0) + profile.extension
    case.extended += 1
    at.has_clock, at.reason, at.basis = True, reason.strip(), profile.basis
    _again(case, calendar())


def _again(case: Case, days: Calendar) -> bool:
    """Find the last day anew; whether it, or that it is provisional, changed."""
    clock = clock_of(case)
    found = clocks.last_day(clock, days) if clock else None
    if found is None or found == (case.due_on, case.due_provisional):
        return False
    case.due_on, case.due_provisional = found
    return True


class CaseDays:
    """The one holder of deadlines of every procedure, registered in AppConfig.ready(): a notice that is loaded later moves them."""

    label = "办理事项的期限"

    def preview(self, old: Calendar, new: Calendar) -> Iterable[Moved]:
        """What would move, or would no longer be provisional."""
        for case in _running():
            was = case.due_on
            if _again(case, new) and was and case.due_on:
                yield Moved(case.number, was, case.due_on)

    def recompute(self, old: Calendar, new: Calendar, *, by: Actor) -> int:
        """Write the new last days, of the hearing too where it is the one; how many changed."""
        members = []
        with acting(by):
            for case in _running().select_for_update(of=("self",)):
                was = case.due_on
                if not _again(case, new):
                    continue
                case.version += 1
                case.save(update_fields=["due_on", "due_provisional", "version"])
                Hearing.objects.filter(case=case, until=was, statement_on=None).update(
                    until=case.due_on, provisional=case.due_provisional
                )
                members.append(case.pk)
            if members:
                audit.record("casework.recompute", by=by, members=members)
        return len(members)


def _running() -> CaseQuerySet:
    return Case.objects.running().prefetch_related("pauses").order_by("pk")


case_days = CaseDays()
