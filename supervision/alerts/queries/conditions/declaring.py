"""What a condition is: which rows of the ledger it wants, and the spans in which a fact counts for a subject.

The statements are constants; what differs from rule to rule are named parameters. Every statement of spans answers six columns: subject, key
of the fact, record (or NULL), weight, the first day on which it counts, the first day on which it no longer counts. `alerts_known` is what the
ledger said from `since` until before `until` (`queries/knowledge.py`). Always there: %(first)s and %(last)s, the days asked; %(window)s,
%(threshold)s of the rule; %(since)s for the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from records.standards import registry

SHANGHAI = "AT TIME ZONE 'Asia/Shanghai'"
FOREVER = "'infinity'::date"
FIRST_KNOWN = f"(CASE WHEN r.version = 1 THEN coalesce(r.first_compliant_at, r.created_at) ELSE r.updated_at END {SHANGHAI})::date"
"""Since when a row `r` of the ledger says what it says: its first version since its first compliant arrival, a later one since it was written."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a condition beside window and threshold: a number, or words (several, one for each line)."""

    name: str
    label: str
    default: int | str | tuple[str, ...]
    help: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is a whole number."""
        return isinstance(self.default, int)

    @property
    def is_several(self) -> bool:
        """Whether it is a list of words."""
        return isinstance(self.default, tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One kind of question. `wanted` tells of a row `r` of the ledger whether the spans read it ("" where they read no record), `fields` are
    the codes of contents that they read; `kinds_in` names the parameter that holds kinds of records, `kinds` those that are fixed: each must
    have a registered data standard. `looks_back`: the history is read from the window's beginning, not only from the first day asked."""

    code: str
    label: str
    says: str
    spans: tuple[str, ...]
    wanted: str = ""
    fields: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    kinds: tuple[str, ...] = ()
    kinds_in: str = ""
    looks_back: bool = False
    defaults: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """What a rule has that says nothing of a parameter."""
        object.__setattr__(self, "defaults", {each.name: each.default for each in self.parameters})

    def values(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters of a rule as the statements take them; lists as lists."""
        merged = {**self.defaults, **{name: chosen[name] for name in self.defaults if name in chosen}}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in merged.items()}

    def missing(self, chosen: Mapping[str, Any]) -> list[str]:
        """Kinds of records that no registered data standard gives."""
        known = {each.kind for each in registry.all()}
        wanted = [*self.kinds, *(self.values(chosen)[self.kinds_in] if self.kinds_in else ())]
        return [kind for kind in wanted if kind not in known]
