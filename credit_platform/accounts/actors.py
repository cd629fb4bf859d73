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


@dataclass(frozen=True, slots=True)
class NamedActor:
    """Somebody as a message of the queue names them. May nothing; what the platform does at their request is written down in their name."""

    actor_kind: str
    actor_id: int | None
    actor_name: str
    department_id: int | None

    @classmethod
    def of(cls, by: Actor) -> NamedActor:
        """The name of an actor, to be carried to a worker (`dataclasses.asdict`)."""
        return cls(by.actor_kind, by.actor_id, by.actor_name, by.department_id)


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """The platform, carrying out what an act of `person` leads to (the record that a decision makes, for one).

    It may what the platform may, for the person need not enter records; trail and history name the person, whose act it was.
    """

    person: Actor

    @property
    def actor_kind(self) -> str:
        return self.person.actor_kind

    @property
    def actor_id(self) -> int | None:
        return self.person.actor_id

    @property
    def actor_name(self) -> str:
        return self.person.actor_name

    @property
    def department_id(self) -> int | None:
        return self.person.department_id
