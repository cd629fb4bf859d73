"""A list that tests draw from: the ten objects of the published vector, the second stratum a little one of its own."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from casework.actions import draws
from casework.models import Draw
from casework.rules.draws import Named, Stratum
from casework.sampling import Sampling
from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import DepartmentFactory, ReviewerFactory

NONCE = "5a7c1f0e9b3d4826a1c5e7f90b2d4f68"
VALUE = "03 07 14 19 25 31 + 09"
IDS = (
    "91230102MA1B00017U", "92230103MA1C00026P", "93230126MA1D00035F", "1123010000010001X8", "12230100414000027P",
    "51230100501200035D", "N2230110MF00000807", "G1230000MD00000756", "81230100MC0000098W", "91230500MA1B3N1N2M",
)  # fmt: skip
NOW = timezone.make_aware(datetime(2026, 11, 23, 10, 0))
NAMED = Named("SSQ", "2026131", NOW + timedelta(days=1), "2026132", NOW + timedelta(days=3))


class Followed:
    """What the sampling of the tests did: which ids were carried out, and which are gone."""

    def __init__(self) -> None:
        self.done: list[list[str]] = []
        self.gone: list[str] = []

    def carry_out(self, draw: Draw, ids, by, on) -> None:
        self.done.append(list(ids))


def sampling_of(followed: Followed, *strata: Stratum) -> Sampling:
    return Sampling(
        slug="toy.draw",
        label="示例抽查",
        counted="户",
        ground="名单是示例办法第一条规定的全部主体。",
        permission="casework.answer",
        population=lambda department, on: strata or (Stratum("A", "一般", IDS, 3, "不少于30%。"),),
        gone=lambda ids: followed.gone,
        carry_out=followed.carry_out,
        objects=lambda draw, ids: [(each, f"主体{each}", "/desk/") for each in ids],
    )


def announced(kind: Sampling, by: User | None = None, **more) -> Draw:
    by = by or ReviewerFactory(department=DepartmentFactory())
    given = {"occasion": "2026-11", "title": "2026年11月示例抽查", "named": NAMED, "now": NOW} | more
    return draws.announce(kind, by.department, by=by, **given)


def take(draw: Draw, verb: str, by: User | None = None, **more) -> Draw:
    """Carry a draw one step on, by somebody who may, at a moment at which one may."""
    by = by or ReviewerFactory(department=draw.department)
    given = {
        "enter": {"value": VALUE, "now": NAMED.at},
        "confirm": {"value": VALUE, "now": NAMED.at},
        "reject": {"reason": "期号看错。"},
        "void": {"reason": "名单有误。", "now": NOW},
    }[verb]
    return getattr(draws, verb)(draw, by=by, **given | more)


def draw_in(state: str, kind: Sampling) -> Draw:
    draw = announced(kind)
    for verb in {"announced": (), "entered": ("enter",), "drawn": ("enter", "confirm"), "void": ("void",)}[state]:
        draw = take(draw, verb)
    return draw
