"""Who acts. Every action takes `by=`, an Actor; it is never None. The clock is the named actor SYSTEM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@runtime_checkable
class Actor(Protocol):
    """What policy and audit need to know of somebody who acts: a staff account, an API client, a company, or the clock."""

    @property
    def actor_kind(self) -> str: ...  # "staff" | "client" | "company" | "system"

    @property
    def actor_id(self) -> int | None: ...

    @property
    def actor_name(self) -> str: ...

    @property
    def department_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The platform itself: sweeps, reminders, base data."""

    actor_kind: str = "system"
    actor_id: int | None = None
    actor_name: str = "系统"
    department_id: int | None = None


SYSTEM = SystemActor()
