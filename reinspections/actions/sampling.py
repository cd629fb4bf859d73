"""What the draw begins: a re-inspection of each repair that was drawn, due within 20 working days, in the transaction of the draw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.actions.opening import open_many
from casework.models import Case, Draw
from casework.sampling import Sampling
from credit_platform.accounts.actors import Actor
from reinspections import queries
from reinspections.rules import DAYS, DRAW, REINSPECTION
from repair.models import RepairCase


def begin(draw: Draw | None, ids: Sequence[str], by: Actor, on: date) -> list[Case]:
    """A case for each of these repairs; one that is looked at already is left out."""
    open_now = queries.looked_at()
    rows = RepairCase.objects.filter(pk__in=[int(each) for each in ids]).exclude(pk__in=open_now)
    repairs = list(rows.select_related("case__subject", "case__department").order_by("pk"))
    begun = [(each.case.subject, each.case.department, {"repair": each, "draw": draw}) for each in repairs]
    return open_many(REINSPECTION, begun, by=by, on=on, days=DAYS)


def carry_out(draw: Draw, ids: Sequence[str], by: Actor, on: date) -> None:
    """The kit's: what follows when a draw was confirmed."""
    begin(draw, ids, by, on)


SAMPLING = Sampling(
    slug=queries.SLUG,
    label="修复复核抽查",
    counted="件信用修复",
    ground=queries.GROUND,
    permission=DRAW,
    population=queries.population,
    gone=queries.gone,
    carry_out=carry_out,
    objects=queries.objects_of,
)
