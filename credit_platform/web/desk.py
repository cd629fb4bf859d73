"""What the lists of the desk share: the rows that were ticked, the tabs of a list, a section of the work list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from credit_platform.web.errors import BadRequest
from credit_platform.web.keyset import capped_count
from credit_platform.web.worklists import Severity, WorkRow, WorkSection

M = TypeVar("M", bound=Model)
ROWS = 6
"""Rows of a section before the link to the whole list."""
DIGITS = 18
"""Of a key: what is longer is no bigint of PostgreSQL."""


def is_key(text: str) -> bool:
    """Whether a text of an address or a form can be the key of a row."""
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def ticked(request: HttpRequest, name: str = "id") -> list[int]:
    """The keys of the rows that were ticked; what is no key is passed over."""
    return [int(each) for each in request.POST.getlist(name) if is_key(each)]


class Scopes:
    """The tabs of a list: `Scopes({"open": ("办理中", states), "all": ("全部", None)})`; None is every state."""

    def __init__(self, scopes: Mapping[str, tuple[str, Sequence[str] | None]]) -> None:
        self.scopes = scopes

    def asked(self, request: HttpRequest) -> str:
        """The scope of the address, the first one when it names none; a state that is filtered and lies outside it is looked for in
        all. BadRequest for one that there is not."""
        state = request.GET.get("state", "")
        scope = request.GET.get("scope", "all" if state else next(iter(self.scopes)))
        if scope not in self.scopes:
            raise BadRequest("list.scope", "没有这个分类，请从列表上方选择。")
        states = self.scopes[scope][1]
        return "all" if state and states is not None and state not in states else scope

    def narrow(self, rows: QuerySet[M], scope: str) -> QuerySet[M]:
        """The rows of a scope."""
        states = self.scopes[scope][1]
        return rows if states is None else rows.filter(state__in=states)

    def label(self, scope: str) -> str:
        return self.scopes[scope][0]

    def tabs(self, current: str) -> list[dict[str, object]]:
        """For the kit's `tabs` tag."""
        return [
            {"label": label, "url": f"?scope={key}", "current": key == current}
            for key, (label, _) in self.scopes.items()
        ]


def section(
    title: str,
    rows: QuerySet[M],
    line: Callable[[M], WorkRow],
    *,
    url: str,
    severity: Severity = Severity.INFO,
    order: int = 100,
) -> WorkSection:
    """A section of the desk's home: the first rows in the queryset's order, their true number, and where the whole list is."""
    first = [line(row) for row in rows[:ROWS]]
    return WorkSection(title=title, rows=first, count=capped_count(rows), url=url, severity=severity, order=order)
