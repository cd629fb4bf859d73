"""What is drawn from: an app above registers its list, and what follows when somebody of it was drawn.

sampling.register(Sampling(slug="checks.random", label="双随机检查", …))       in AppConfig.ready()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from casework.rules.draws import Stratum
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department

if TYPE_CHECKING:
    from casework.models import Draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """A list that is drawn from, told by who owns it.

    slug, label        its stable name and its Chinese one
    counted            the counter of its objects, e.g. "份承诺书"
    ground             the Chinese sentence that says who stands in the list, and by which article
    permission         who announces, enters and confirms
    population         the strata of a department on a day, each with how many are drawn; None: the app above freezes a list of its own
                       beforehand and announces it with `announce(…, strata=…)`, so that the page of draws does not offer it
    gone               which of these ids may no longer be drawn (struck off, replaced by the next)
    carry_out          what follows, in the same transaction: the draw, the ids in order, who confirmed, the day
    objects            for the desk: id, words and address of each object that was drawn
    voided             what follows when a draw comes to nothing, in the same transaction: the draw, why, who (None: nothing)
    """

    slug: str
    label: str
    counted: str
    ground: str
    permission: str
    population: Callable[[Department, date], Sequence[Stratum]] | None
    gone: Callable[[Iterable[str]], Iterable[str]]
    carry_out: Callable[[Draw, Sequence[str], Actor, date], None]
    objects: Callable[[Draw, Sequence[str]], Sequence[tuple[str, str, str]]]
    voided: Callable[[Draw, str, Actor], None] | None = None


_known: dict[str, Sampling] = {}


def register(sampling: Sampling) -> None:
    """Called once by AppConfig.ready() of the app above."""
    _known[sampling.slug] = sampling


def forget(slug: str) -> None:
    """For tests that bring a sampling of their own."""
    _known.pop(slug, None)


def known() -> list[Sampling]:
    """Every sampling, by its name."""
    return sorted(_known.values(), key=lambda sampling: sampling.label)


def get(slug: str) -> Sampling:
    """One of them; KeyError for what nobody registered."""
    return _known[slug]
