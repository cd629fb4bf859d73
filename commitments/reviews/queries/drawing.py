"""What a draw is made from, and whether it can be repeated."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef

from commitments.models import CommitmentLetter, MatterEntry, Review, ReviewDraw
from commitments.reviews.rules import drawing as rules
from commitments.rules.states import Fulfilment
from credit_platform.accounts.models import Department


def shares_of(department: Department, on: date) -> dict[int, Decimal]:
    """Matter → share in percent, by the entries in force on a day, of the matters that the department has letters of."""
    mine = CommitmentLetter.objects.filter(department=department, matter=OuterRef("matter"))
    entries = MatterEntry.objects.in_force(on).filter(Exists(mine), random_share__gt=0)
    return dict(entries.order_by("matter_id").values_list("matter_id", "random_share"))


def population_of(department: Department, shares: dict[int, Decimal]) -> dict[int, list[int]]:
    """Matter → ids of the letters 履行中 without an open review, ascending."""
    busy = Review.objects.open().filter(letter=OuterRef("pk"))
    letters = CommitmentLetter.objects.filter(
        ~Exists(busy), department=department, matter__in=list(shares), fulfilment=Fulfilment.PERFORMING
    )
    found: dict[int, list[int]] = defaultdict(list)
    for matter, letter in letters.order_by("matter_id", "pk").values_list("matter_id", "pk").iterator():
        if matter is not None:
            found[matter].append(letter)
    return dict(found)


def departments_to_draw(on: date) -> list[Department]:
    """Departments with letters of matters that are drawn from, and without a draw of the month."""
    month = on.replace(day=1)
    matters = list(MatterEntry.objects.in_force(on).filter(random_share__gt=0).values_list("matter_id", flat=True))
    letters = CommitmentLetter.objects.filter(
        department=OuterRef("pk"), matter__in=matters, fulfilment=Fulfilment.PERFORMING
    )
    drawn = ReviewDraw.objects.filter(department=OuterRef("pk"), month=month)
    return list(Department.objects.filter(Exists(letters), ~Exists(drawn)).order_by("pk"))


@dataclass(frozen=True, slots=True)
class Repeated:
    """The draw done again from its seed: the letters, and whether range and list are those that were kept."""

    ids: tuple[int, ...]
    same_population: bool
    same_letters: bool

    @property
    def same(self) -> bool:
        return self.same_population and self.same_letters


def repeat(draw: ReviewDraw) -> Repeated:
    """Draw again from the kept range with the kept seed and shares, and compare with what was kept and opened."""
    population = {int(matter): ids for matter, ids in draw.snapshot.items()}
    shares = {int(matter): Decimal(share) for matter, share in draw.shares.items()}
    drawn = rules.draw(population, shares, draw.seed)
    opened = set(draw.reviews.values_list("letter_id", flat=True))
    same_population = drawn.sha256 == draw.population_sha256 and drawn.population == draw.population
    return Repeated(drawn.ids, same_population, len(drawn.ids) == draw.drawn and opened <= set(drawn.ids))
