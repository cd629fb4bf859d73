"""How a case went and why its dates are what they are: the same for every procedure, with what a procedure adds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from casework.models import Case, Hearing
from casework.queries.clocks import clock_of
from casework.rules import clocks
from casework.rules.hearing import is_over, may_respond
from casework.rules.procedures import Procedure, Step
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry, Kind
from credit_platform.workdays.queries import calendar


def hearing_of(case: Case) -> Hearing | None:
    """The hearing of a case, None before the subject was told."""
    return getattr(case, "hearing", None)


def steps_for(case: Case, user: User, on: date) -> list[Step]:
    """Only the steps that the state allows, that the person may take, and whose time has come; the serious ones last."""
    found = [step for step in case.of.steps if _may(step, case, user, on)]
    return sorted(found, key=lambda step: step.serious)


def _may(step: Step, case: Case, user: User, on: date) -> bool:
    if (case.state, step.verb) not in case.of.moves or (step.second_person and case.drafted_by_id == user.pk):
        return False
    hearing = hearing_of(case)
    if step.after_hearing and not (hearing and is_over(hearing.heard, on)):
        return False
    return policy.allows(user, step.permission, case.department)


def course(case: Case, *, began: str = "") -> list[dict[str, Any]]:
    """The steps that were taken, in their order, for the kit's time line; `began` says where the case came from.

    What the law knows by name (notice, service, statement, determination, decision, end) is told from the case itself, every other step from
    the audit trail: who took it, on which day, with which words.
    """
    named, found = _named(case), []
    for title, on, entry in _taken(case):
        changed = [column for column in named if (entry.after or {}).get(column)]
        own = [named.pop(column) for column in changed]
        if "decided_on" in changed:
            own[changed.index("decided_on")]["title"] = title
        own = own or [_event(title, on, entry.reason[:200], None) | {"note": entry.actor_name}]
        found += [event for event in own if event not in found]  # the lines of a task are answered one by one
    begun = _event("提出", case.drafted_on, began, case.drafted_by)
    dated = [event for event in [begun, *named.values(), *found] if event["on"] is not None]
    return sorted(dated, key=lambda event: event["on"])


def _named(case: Case) -> dict[str, dict[str, Any]]:
    """By the column that holds its day."""
    hearing = hearing_of(case)
    found = {
        "determined_on": _event("认定", case.determined_on, case.reasons[:200], case.determined_by),
        "decided_on": _event("作出决定", case.decided_on, case.document_number, case.decided_by, tone="serious"),
    }
    if hearing is not None:
        days = f"陈述申辩期限{hearing.days}个工作日"
        found = {
            "notified_on": _event("告知当事人", hearing.notified_on, days, None),
            "served_on": _event("送达", hearing.served_on, hearing.served_how, None),
            "statement_on": _event(heard_words(hearing), hearing.statement_on, hearing.statement[:200], None),
            **found,
        }
    if case.closed_on and case.closed_why:
        found["closed_on"] = _event(case.get_state_display(), case.closed_on, case.closed_why, None)
    return found


def _taken(case: Case) -> Iterator[tuple[str, date, AuditEntry]]:
    """Every step with its title and its day, the oldest first."""
    by_verb = {f"{case.of.audit}.{verb}": step for verb, step in case.of.by_verb.items()}
    on = case.drafted_on
    for entry in AuditEntry.objects.about(case).filter(kind=Kind.ACT, verb__in=by_verb).order_by("pk"):
        moved = (entry.after or {}).get("moved_on")
        on = date.fromisoformat(moved) if moved else on
        yield by_verb[entry.verb].label, on, entry


def heard_words(hearing: Hearing) -> str:
    """How the subject was heard, as a heading."""
    if hearing.waived:
        return "当事人放弃陈述申辩"
    return "当事人在线陈述申辩" if hearing.statement_by_id else "当事人陈述申辩"


def _event(title: str, on: date | None, text: str, who: User | None, tone: str = "") -> dict[str, Any]:
    return {"title": title, "on": on, "text": text, "note": who.full_name if who else "", "done": True, "tone": tone}


def explained(case: Case) -> list[tuple[str, list[str]]]:
    """The deadlines of a case that a rule computed, each with how it was found."""
    found, hearing, days = [], hearing_of(case), calendar()
    if hearing and hearing.served_on and hearing.days:
        found.append(("陈述申辩截止日", days.deadline(hearing.served_on, hearing.days).explain()))
    clock = clock_of(case)
    if clock and not (hearing and case.due_on == hearing.until):
        found.append((f"{case.get_state_display()}的期限", clocks.explained(clock, days)))
    return found


def may_speak(case: Case, on: date) -> bool:
    """Whether the subject may respond online on a day."""
    hearing = hearing_of(case)
    served = hearing is not None and (case.state, case.of.respond) in case.of.moves
    return bool(served and hearing and may_respond(hearing.heard, on))


def stepper(case: Case) -> list[dict[str, Any]]:
    """The states on the way of a case to its end, for the head of its page: which are behind it, which it is in."""
    procedure = case.of
    way = _way(procedure, case.state)
    here = way.index(case.state)
    return [
        {"label": procedure.labels[state], "done": place < here, "current": place == here}
        for place, state in enumerate(way)
    ]


def _way(procedure: Procedure, state: str) -> list[str]:
    """From the beginning along the first move of each state to one that closes; a state beside that way, or after it, stands at its end."""
    way = [procedure.begins]
    while way[-1] not in procedure.closed and (
        following := [end for (begin, _), end in procedure.moves.items() if begin == way[-1] and end not in way]
    ):
        way.append(following[0])
    if state in way:
        return way
    if not any(end == state != begin for (begin, _), end in procedure.moves.items()):
        return [state, *way]  # where some cases begin before the beginning
    before = [begin for (begin, _), end in procedure.moves.items() if end == state and begin in way]
    return [*way[: way.index(before[0]) + 1], state] if before else [state]


def where_it_stands(case: Case, on: date) -> str:
    """Where a case stands, in the words of the subject's page."""
    hearing = hearing_of(case)
    if case.closed_on is not None or case.determined_on is not None or hearing is None:
        return case.get_state_display()
    if may_speak(case, on):
        return "可以陈述申辩"
    return "已陈述申辩，待认定" if hearing.statement_on else "陈述申辩期限已过，待认定"
