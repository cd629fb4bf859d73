"""Who goes where: inspectors by the same seed as the objects, and always everywhere when that is possible at all. Pure.

Each object ranks all inspectors by a hash and takes the first two that may come, at least one with the speciality where one is asked for.
Where those who may come have all they can carry, one of them hands another object over to somebody else who may go there (augmenting paths
of a flow with capacities): so nobody is left without because of the order in which objects were served.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from types import MappingProxyType

from casework.rules.drawing import ALGORITHM

TEAM = 2
"""At least two inspect (行政处罚法 art. 42)."""


@dataclass(frozen=True, slots=True)
class Able:
    """An inspector as the draw knows one: the number of the card, and whether the speciality that is asked for is there."""

    card: str
    special: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """An object in the order of the draw, with the cards of those who avoid it."""

    slip: str
    avoided_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who goes to an object: cards with their rank (1 is the first of the object's own order)."""

    card: str
    rank: int


@dataclass(slots=True)
class _Board:
    """The assignment as it grows."""

    ranks: dict[str, list[str]]
    special: frozenset[str]
    asked: bool
    load: int
    busy: Mapping[str, int]
    teams: dict[str, list[str]] = field(default_factory=dict)
    carried: dict[str, list[str]] = field(default_factory=dict)

    def is_free(self, card: str) -> bool:
        """Whether somebody can carry one more."""
        return self.busy.get(card, 0) + len(self.carried[card]) < self.load

    def may_join(self, slip: str, card: str, without: str = "") -> bool:
        """Whether the team of an object takes somebody, when `without` leaves it: of two at least one has the speciality."""
        team = [each for each in self.teams[slip] if each != without]
        if card in team or len(team) >= TEAM:
            return False
        return not self.asked or card in self.special or all(each in self.special for each in team)

    def move(self, slip: str, card: str, without: str = "") -> None:
        """Put somebody into a team, in the place of `without`."""
        if without:
            self.teams[slip].remove(without)
            self.carried[without].remove(slip)
        self.teams[slip].append(card)
        self.carried[card].append(slip)


def load_of(objects: int, inspectors: int) -> int:
    """How many objects one inspector gets at most, where nothing else was said: ⌈2 · objects / inspectors⌉."""
    return ceil(TEAM * objects / inspectors) if inspectors else 0


def ranked(seed: str, slip: str, cards: Iterable[str]) -> list[str]:
    """All inspectors in the order of one object."""
    before = f"{ALGORITHM}\n{seed}\n{slip}\n"
    return [card for _, card in sorted((_hash(before + card), card) for card in cards)]


def assign(
    places: Sequence[Place],
    able: Sequence[Able],
    seed: str,
    *,
    load: int,
    special: bool = False,
    busy: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, list[Chosen]]:
    """Who goes to each object, in the order of their rank; an object that gets fewer than two cannot have two, whoever else were moved.

    `places` in the order of their tickets; `load` objects for an inspector at most; `special`: each team needs one with the speciality;
    `busy`: how many each has already, which nobody takes over.
    """
    cards = [each.card for each in able]
    order = {place.slip: ranked(seed, place.slip, cards) for place in places}
    teams = _seated(places, able, order, load=load, special=special, busy=busy)
    return {
        slip: sorted((Chosen(card, order[slip].index(card) + 1) for card in team), key=lambda each: each.rank)
        for slip, team in teams.items()
    }


def _seated(
    places: Sequence[Place],
    able: Sequence[Able],
    order: Mapping[str, Sequence[str]],
    *,
    load: int,
    special: bool,
    busy: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, list[str]]:
    """The team of each place, asked in its own order of the cards."""
    board = _Board(
        ranks={place.slip: [card for card in order[place.slip] if card not in place.avoided_by] for place in places},
        special=frozenset(each.card for each in able if each.special),
        asked=special,
        load=load,
        busy=busy,
        teams={place.slip: [] for place in places},
        carried={each.card: [] for each in able},
    )
    for place in places:
        for _ in range(TEAM):
            _seat(board, place.slip)
    return board.teams


def _seat(board: _Board, slip: str) -> bool:
    """One more inspector for an object: who is free first, else along the shortest chain of handing over."""
    queue: deque[tuple[str, str, str, tuple[tuple[str, str, str], ...]]] = deque()
    seen: set[str] = set()

    def reach(at: str, without: str, path: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, str], ...] | None:
        for card in board.ranks[at]:
            if card in seen or not board.may_join(at, card, without):
                continue
            seen.add(card)
            longer = (*path, (at, card, without))
            if board.is_free(card):
                return longer
            queue.append((at, card, without, longer))
        return None

    path = reach(slip, "", ())
    while path is None and queue:
        _, card, _, longer = queue.popleft()
        for other in board.carried[card]:
            if all(other != at for at, _, _ in longer) and (path := reach(other, card, longer)) is not None:
                break
    if path is None:
        return False
    # From the end of the chain: whoever is handed over leaves a team only when the team has somebody else.
    for at, card, without in reversed(path):
        board.move(at, card, without)
    return True


def short(places: Sequence[Place], able: Sequence[Able], *, load: int, special: bool = False) -> list[str]:
    """The objects that would get fewer than two inspectors, whatever the seed: empty when an assignment exists."""
    hardest = sorted(places, key=lambda place: (-len(place.avoided_by), place.slip))
    # Whether teams exist does not hang on who is asked first: here each place begins with another card, which shares the load out.
    cards = [each.card for each in able]
    order = {}
    for number, place in enumerate(hardest):
        at = TEAM * number % len(cards) if cards else 0
        order[place.slip] = cards[at:] + cards[:at]
    teams = _seated(hardest, able, order, load=load, special=special)
    return [slip for slip, team in teams.items() if len(team) < TEAM]


def hardest_sample(avoided: Mapping[str, frozenset[str]], size: int, *, population: int) -> list[Place]:
    """The sample of `size` that is hardest to serve: those first whom most inspectors avoid; the rest has nobody who avoids it."""
    worst = sorted(avoided.items(), key=lambda each: (-len(each[1]), each[0]))[: min(size, population)]
    rest = min(size, population) - len(worst)
    return [*(Place(slip, cards) for slip, cards in worst), *(Place(f"#{n:07}") for n in range(rest))]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
