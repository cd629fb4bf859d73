"""What a procedure is: its states, its moves, the steps that people take, and what it promises about time. Pure.

An app declares one `Procedure` and registers it in AppConfig.ready(); the actions, the work list, reminders, the board and the pages
of `casework` read it. What a decision does, its wording, measures and periods are no part of it: they are the app's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Moves = Mapping[tuple[str, str], str]
"""(state, verb) → state."""


@dataclass(frozen=True, slots=True)
class Step:
    """One verb of a procedure as people meet it: the button, the sentence above its form, what is told when it is done.

    `second_person`: never by who drafted the case. `serious`: weighs on the subject or cannot be undone, its button stands last.
    `after_hearing`: only once the subject was heard (it has spoken, waived, or its last day has passed).
    """

    verb: str
    label: str
    permission: str
    lead: str = ""
    done: str = "已登记。"
    second_person: bool = False
    serious: bool = False
    after_hearing: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A heading of the desk's home: the open cases in `state` that wait for `verb`, for who may take that step."""

    title: str
    state: str
    verb: str
    order: int
    severity: str = "warn"


@dataclass(frozen=True, slots=True)
class Ladder:
    """When somebody is told of a deadline: working days before it, and working days after it to the head and to the credit office."""

    before: tuple[int, ...] = (5, 1)
    head: int = 3
    office: int = 10


@dataclass(frozen=True, slots=True)
class Procedure:
    """One kind of case. `slug` is the name of its addresses, `audit` the beginning of its verbs in the audit trail; `own` names the
    model of its own columns ("app.Model", one-to-one with Case), `first_locks` its fields whose rows are locked before the case;
    `outside` is the name of the address at which who follows a case by number and code goes on."""

    slug: str
    label: str
    audit: str
    own: str
    begins: str
    labels: Mapping[str, str]
    tones: Mapping[str, str]
    moves: Moves
    closed: frozenset[str]
    steps: tuple[Step, ...]
    view: str
    number: str
    article: str
    works: tuple[Work, ...] = ()
    ladder: Ladder = Ladder()
    first_locks: tuple[str, ...] = ()
    shown_to_subject: frozenset[str] = frozenset()
    respond: str = ""
    outside: str = ""
    by_verb: Mapping[str, Step] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """A typing error stops the start and not a clerk: every state has a word and a tone, every step a move."""
        states = set(self.labels)
        named = {state for state, _ in self.moves} | set(self.moves.values()) | {self.begins} | set(self.closed)
        if named != states or set(self.tones) != states or not self.shown_to_subject <= states:
            raise ValueError(
                f"{self.slug}: states without a word or a tone, or words without a state: {named ^ states}"
            )
        verbs = {verb for _, verb in self.moves}
        if strange := [step.verb for step in self.steps if step.verb not in verbs]:
            raise ValueError(f"{self.slug}: steps that no state allows: {strange}")
        object.__setattr__(self, "by_verb", {step.verb: step for step in self.steps})

    @property
    def code(self) -> str:
        """The name of the procedure in addresses and error codes, without what Python would not take as a name."""
        return self.slug.replace("-", "_")

    def open_states(self) -> tuple[str, ...]:
        """The states in which somebody still has to act."""
        return tuple(state for state in self.labels if state not in self.closed)


_procedures: dict[str, Procedure] = {}


def register(procedure: Procedure) -> None:
    """Add a procedure; the same slug replaces the earlier one, so that registering twice is harmless."""
    _procedures[procedure.slug] = procedure


def forget(slug: str) -> None:
    """Take a procedure out again; for tests, whose procedures must not stand on the pages of others."""
    _procedures.pop(slug, None)


def known() -> tuple[Procedure, ...]:
    """Every procedure, in the order of registering."""
    return tuple(_procedures.values())


def of(slug: str) -> Procedure:
    """The procedure of a slug; LookupError for one that nobody registered."""
    try:
        return _procedures[slug]
    except KeyError:
        raise LookupError(f"nobody registered the procedure {slug!r}") from None
