"""The working state of one row while it is validated: what readers fill and rules read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from credit_platform.errors import Finding, Level, hidden
from records.standards.row import Context

SHOWN_VALUE = 60


class Row:
    """Values read so far (`values`: typed, by field code), what will be stored (`content`), and what was found.

    `day` is the day of the decision, or today while that is unreadable; `unreadable` holds the codes of fields that were filled in
    but could not be read; `birth_is_minor`: the person was not yet 18 on that day; `not_public` the reason why the row may never
    be public; `sealed_numbers` the PLAIN citizens' numbers behind sealed codes, by what stands for them; `document_keys` the keys of
    document numbers as found; `state` the row's own lifecycle state in the words of `RowKeys.state`.
    """

    __slots__ = (
        "birth_is_minor",
        "content",
        "document_keys",
        "ctx",
        "day",
        "findings",
        "not_public",
        "sealed_numbers",
        "shown",
        "state",
        "unreadable",
        "values",
        "visibility",
    )

    def __init__(self, ctx: Context, shown: dict[str, str]) -> None:
        self.ctx = ctx
        self.shown = shown
        self.values: dict[str, Any] = {}
        self.content: dict[str, Any] = {}
        self.findings: list[Finding] = []
        self.unreadable: set[str] = set()
        self.day: date = ctx.today
        self.birth_is_minor = False
        self.document_keys: dict[str, str] = {}
        self.not_public = ""
        self.sealed_numbers: dict[str, str] = {}
        self.state = ""
        self.visibility = ""

    def error(self, rule: str, field: str, text: str, *, mend: str = "", value: object = "", article: str = "") -> None:
        """Note what refuses the row."""
        self._add(Level.ERROR, rule, field, text, (mend, value, article))

    def warn(self, rule: str, field: str, text: str, *, mend: str = "", value: object = "", article: str = "") -> None:
        """Note what stays beside an accepted row."""
        self._add(Level.WARNING, rule, field, text, (mend, value, article))

    def adopt(self, finding: Finding, field: str) -> None:
        """Take over a finding of `records.identifiers` for a field."""
        self._add(finding.level, finding.rule, field, finding.text, (finding.mend, finding.value, finding.article))

    def masked(self, field: str) -> object:
        """A value as a finding may tell it: a sealed code by its mask."""
        stored = self.content.get(field)
        return stored.get("masked", "") if isinstance(stored, dict) else self.values.get(field, "")

    def put(self, field: str, value: Any, stored: Any) -> None:
        """Set a derived value."""
        self.values[field] = value
        self.content[field] = stored

    def drop(self, field: str) -> None:
        """Remove a value that is not to be stored."""
        self.values.pop(field, None)
        self.content.pop(field, None)

    def _add(self, level: Level, rule: str, field: str, text: str, rest: tuple[str, object, str]) -> None:
        mend, value, article = rest
        told = hidden(str(value).encode("utf-8", "replace").decode())  # before it is cut: half a number tells enough
        told = told if len(told) <= SHOWN_VALUE else f"{told[: SHOWN_VALUE - 1]}…"
        self.findings.append(Finding(rule, level, text, mend, self.shown.get(field, field), told, article))


Reader = Callable[[object, Row], tuple[Any, Any] | None]
"""Reads one cell: (typed value, stored value), or None after noting why it cannot be read."""

Check = Callable[[Row], None]
"""A compiled cross-field rule."""
