"""What pages show of editions beside their entries, in the administration, at the desk, in public: which is in force, how two differ."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.http import HttpRequest

from credit_platform.editions.actions import Editions
from credit_platform.editions.models import Edition, Entry
from credit_platform.editions.rules import EditionState
from credit_platform.web.lists import INVALID

E = TypeVar("E", bound=Edition)
N = TypeVar("N", bound=Entry)


def shown_on(editions: Editions[E, N], on: date) -> dict[str, Any]:
    """The edition in force on a day, those that begin later, and whether there are two to compare: for `editions/_in_force.html`."""
    rows = list(
        editions.editions._default_manager.exclude(state=EditionState.DRAFT.value).order_by("-valid_from", "-pk")
    )
    issued = [row for row in rows if row.state == EditionState.ISSUED]
    current = next(
        (row for row in issued if row.valid_from <= on and (row.valid_until is None or on <= row.valid_until)), None
    )
    return {"edition": current, "coming": [row for row in issued if row.valid_from > on], "comparable": len(rows) > 1}


def compared(request: HttpRequest, editions: Editions[E, N], shown: Iterable[E]) -> tuple[dict[str, Any], int]:
    """What `?to=` adds to, drops from and changes in `?from=`, for `editions/_compare.html`, and the status of the page.

    `shown` are the editions that may be chosen, the newest first; without a choice the two newest are compared, with one alone it
    is held against the one before it. A code that none of them has is told with 422.
    """
    rows = list(shown)
    by_code = {row.code: row for row in rows}
    asked = {name: request.GET.get(name, "") for name in ("from", "to")}
    unknown = [code for code in asked.values() if code and code not in by_code]
    new = by_code.get(asked["to"]) or next((row for row in rows if row.code != asked["from"]), None)
    old = by_code.get(asked["from"]) or _before(new, rows)
    comparison = editions.compare(old, new) if old and new and not unknown else None
    context = {"editions": rows, "old": old, "new": new, "unknown": unknown, "comparison": comparison}
    return context, INVALID if unknown else 200


def _before(new: E | None, rows: list[E]) -> E | None:
    """The edition that follows in a list with the newest first; the newest one for the oldest."""
    if new is None:
        return None
    place = next((place for place, row in enumerate(rows) if row.code == new.code), 0)
    return next(iter([*rows[place + 1 :], *rows[:place]]), None)
