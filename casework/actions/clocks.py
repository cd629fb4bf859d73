"""Clocks that stop, that are made longer, and that move when a holiday notice is loaded."""

from __future__ import annotations

from collections.abc import Iterable

from casework.actions.hearing import scanned
from casework.actions.step import At
from casework.models import Case, CaseQuerySet, ClockPause, ClockProfile, Hearing
from casework.queries.clocks import clock_of
from casework.rules import clocks
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, at_field, required
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


def ask_once(at: At, papers: str) -> None:
    """All papers that are missing, asked for once; the clock stands until they come (行政许可法 art. 32, by analogy). The row has `asked_for`.

    Conflict a second time; Refused without saying what is missing, and for personal numbers in it.
    """
    slug = at.procedure.slug
    if at.own.asked_for:
        raise Conflict(f"{slug}.asked", "已经要求过补正，只能要求一次。", mend="请受理，或者不予受理并说明理由。")
    words = required(papers, "papers", "请写明需要补正的全部材料。", rule=f"{slug}.papers", most=500)
    at.refuse([*words, *scanned(papers=papers)])
    at.own.asked_for = papers.strip()
    pause(at, why="补正材料")


def resume(at: At) -> None:
    """The clock runs again: the days through this one are left out, and the last day is found anew. Refused when it does not stand."""
    pause = ClockPause.objects.filter(case=at.case, until__isnull=True).first()
    at.refuse([] if pause else [at_field("clock.runs", "on", "期限没有暂停，不需要恢复。")])
    assert pause is not None  # noqa: S101 - refused above
    pause.until = at.on
    pause.save(update_fields=["until"])
    at.case.paused, at.has_clock = False, True
    _again(at.case, calendar())


def extend(at: At, *, profile: ClockProfile | None, reason: str) -> int:
    """A longer period by the days that the profile allows, told before the last day has passed (令第36号); by how many working days. Conflict
    where it allows none; Refused later, more often than it allows, and without a reason."""
    if profile is None or not profile.extension:
        raise Conflict(f"{at.procedure.slug}.no-extension", "适用的时限方案没有延长期限的规定。")
    case = at.case
    late = clocks.may_extend(
        case.due_on, on=at.on, extended=case.extended, most=profile.extensions, days=profile.extension
    )
    at.refuse([*late, *required(reason, "reason", "请写明延长的理由。", rule="clock.reason", most=500)])
    case.due_days = (case.due_days or 0) + profile.extension
    case.extended += 1
    at.has_clock, at.reason, at.basis = True, reason.strip(), profile.basis
    _again(case, calendar())
    return profile.extension


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
