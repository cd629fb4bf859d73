"""Cases of removal, one factory a state."""

from __future__ import annotations

from datetime import date, timedelta

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Way
from sanctions.lists.tests.factories import TODAY, SeriousListFactory, enter, said
from sanctions.removals import actions
from sanctions.removals.actions import Asked

LONG_AGO = TODAY - timedelta(days=500)
PDF = AttachedFile("移出决定.pdf", b"%PDF-1.4 tested")
_numbers = iter(range(1, 10_000))


def listed(**more) -> ListEntry:
    """Long on a list that may be left after a year."""
    return enter(more.pop("row", None) or SeriousListFactory(), given=said(next(_numbers), entered_on=LONG_AGO), **more)


def asked(way: Way = Way.EARLY, **more) -> Asked:
    given = {
        "way": way,
        "document": "示人社移决〔2026〕1号",
        "why": "已支付全部工资并作出信用承诺。",
        "performed_on": date(2026, 9, 1) if way is Way.EARLY else None,
        "public_note": "" if way is Way.EARLY else "列入决定已依法撤销，信息不再公示。",
    }
    return Asked(**given | more)


def begun(entry: ListEntry | None = None, told: Asked | None = None, by: User | None = None, **more) -> Case:
    entry = entry or listed()
    by = by or ClerkFactory(department=entry.record.source_department)
    return actions.ask(entry, told or asked(), proof=more.pop("proof", [PDF]), by=by, **more)


def take(case: Case, verb: str, by: User | None = None, **more) -> Case:
    """Carry a case one step on, by a reviewer of its department."""
    by = by or ReviewerFactory(department=case.department)
    if verb == "refuse":
        return actions.refuse_removal(case, **{"reason": "文书与条目不符。", "by": by} | more)
    return actions.confirm(case, by=by, **more)


def case_in(state: str) -> Case:
    """A case in a state."""
    case = begun()
    return {"asked": lambda: case, "done": lambda: take(case, "confirm"), "refused": lambda: take(case, "refuse")}[
        state
    ]()
