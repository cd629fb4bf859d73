"""The paper of a test: drawn by HRB-SSJ-1, frozen, scored; and when the next attempt may begin. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

from casework.rules import drawing

MINUTES = 60
"""How long a paper may be worked on."""


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question of the bank; `right` are places of its right options, from 0."""

    id: str
    text: str
    options: tuple[str, ...]
    right: frozenset[int]


class PaperQuestion(TypedDict):
    """A question as it stands on a paper: its options in the order that the learner sees, and the places of the right ones."""

    id: str
    text: str
    options: list[str]
    right: list[int]


def seed(nonce: str, moment: datetime, bank: Sequence[BankQuestion]) -> str:
    """The seed of a paper: a nonce of its own, the moment at which it begins, the digest of the bank."""
    return drawing.seed_of(nonce, moment.isoformat(), drawing.list_digest(each.id for each in bank))


def drawn(bank: Sequence[BankQuestion], by_seed: str, size: int) -> list[PaperQuestion]:
    """A paper of `size` questions; the order of questions and of options comes from the seed, so that anybody can repeat it."""
    by_id = {each.id.upper(): each for each in bank}
    return [_shuffled(by_id[each], by_seed) for each in drawing.sample(by_id, by_seed, size)]


def _shuffled(question: BankQuestion, by_seed: str) -> PaperQuestion:
    places = {f"{question.id}/{place}": place for place in range(len(question.options))}
    order = [places[ticket.id] for ticket in drawing.ranked(places, by_seed)]
    return {
        "id": question.id,
        "text": question.text,
        "options": [question.options[place] for place in order],
        "right": [new for new, place in enumerate(order) if place in question.right],
    }


def digest(paper: Sequence[PaperQuestion]) -> str:
    """SHA-256 over the paper as JSON with sorted keys and no spaces."""
    text = json.dumps(list(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def score(paper: Sequence[PaperQuestion], answers: Mapping[str, Sequence[int]]) -> int:
    """How many questions are right: exactly the right options and no other. `answers` by the question's id, places from 0."""
    return sum(set(answers.get(each["id"], ())) == set(each["right"]) for each in paper)


def passed(right: int, total: int, percent: int) -> bool:
    """Whether `right` of `total` reach `percent`: in whole numbers, so that 4 of 5 are exactly 80 percent."""
    return total > 0 and right * 100 >= percent * total


def until(begun: datetime) -> datetime:
    """The last moment at which a paper may be handed in."""
    return begun + timedelta(minutes=MINUTES)


def next_attempt_at(failed: Sequence[datetime], *, attempts: int, pause_hours: int) -> datetime | None:
    """From when the next attempt may begin; None when it may at once.

    `failed` are the moments at which failed papers ended, oldest first. After every `attempts` of them there is a pause of hours.
    """
    if not failed or len(failed) % attempts:
        return None
    return failed[-1] + timedelta(hours=pause_hours)
