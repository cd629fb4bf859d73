"""What a random re-check is drawn from: letters 履行中, by matter, each with the share that its entry of the list asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from casework.models import Draw
from casework.rules.drawing import at_least
from casework.rules.draws import Stratum
from commitments.models import CommitmentLetter, Matter, MatterEntry, Review
from commitments.rules.states import Fulfilment
from credit_platform.accounts.models import Department

SLUG = "commitments.reviews"
GROUND = "抽查范围是本单位受理、履行中、没有待复核事项、且清单条目规定了抽查比例的承诺书。"


def population(department: Department, on: date) -> list[Stratum]:
    """A stratum for each matter of the department that is drawn from on a day: its letters, and how many of them, rounded up."""
    mine = CommitmentLetter.objects.filter(department=department, matter=OuterRef("matter"))
    entries = MatterEntry.objects.in_force(on).filter(Exists(mine), random_share__gt=0)
    shares = dict(entries.order_by("matter_id").values_list("matter_id", "random_share"))
    names = Matter.objects.in_bulk(list(shares))
    return [
        Stratum(
            code=names[matter].code,
            label=names[matter].name,
            ids=[str(letter) for letter in letters],
            size=at_least(len(letters), shares[matter]),
            ground=f"清单条目规定的抽查比例 {shares[matter].normalize():f}%，向上取整。",
        )
        for matter, letters in _letters(department, list(shares)).items()
    ]


def gone(ids: Iterable[str]) -> list[str]:
    """Letters that are no longer 履行中 and so are not looked at: withdrawn, or assessed since the list was frozen."""
    letters = {int(each) for each in ids}
    performing = CommitmentLetter.objects.filter(pk__in=letters, fulfilment=Fulfilment.PERFORMING)
    return [str(letter) for letter in sorted(letters - set(performing.values_list("pk", flat=True)))]


def reviews_of(draw: Draw, ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """For the desk: each letter that was drawn, whose it is, and its review; one whose review was open already has that one."""
    letters = CommitmentLetter.objects.select_related("subject").in_bulk([int(each) for each in ids])
    opened = Review.objects.filter(letter__in=letters).order_by("pk").values_list("letter_id", "pk", "draw_id")
    found = {letter: pk for letter, pk, of in opened if of == draw.pk}
    address = {letter: reverse("commitments:review", args=[pk]) for letter, pk in found.items()}
    return [
        (
            str(row.pk),
            f"{row.subject.name} {row.code}",
            address.get(row.pk, reverse("commitments:letter", args=[row.pk])),
        )
        for row in (letters[int(each)] for each in ids)
    ]


def departments_to_announce(on: date) -> list[Department]:
    """Departments with letters of matters that are drawn from, and without a draw of the month."""
    matters = list(MatterEntry.objects.in_force(on).filter(random_share__gt=0).values_list("matter_id", flat=True))
    letters = CommitmentLetter.objects.filter(
        department=OuterRef("pk"), matter__in=matters, fulfilment=Fulfilment.PERFORMING
    )
    drawn = Draw.objects.filter(sampling=SLUG, department=OuterRef("pk"), occasion=f"{on:%Y-%m}")
    return list(Department.objects.filter(Exists(letters), ~Exists(drawn)).order_by("pk"))


def _letters(department: Department, matters: list[int]) -> dict[int, list[int]]:
    """Matter → its letters 履行中 without an open review, ascending."""
    busy = Review.objects.open().filter(letter=OuterRef("pk"))
    rows = CommitmentLetter.objects.filter(
        ~Exists(busy), department=department, matter__in=matters, fulfilment=Fulfilment.PERFORMING
    )
    found: dict[int, list[int]] = defaultdict(list)
    for matter, letter in rows.order_by("matter_id", "pk").values_list("matter_id", "pk").iterator():
        if matter is not None:
            found[matter].append(letter)
    return dict(found)
