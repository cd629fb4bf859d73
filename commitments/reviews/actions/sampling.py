"""Random re-checks (随机抽查): the kit draws, so that anybody can repeat it; here stands what follows, and the clock's monthly announcement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from casework.actions.draws import announce
from casework.models import Draw
from casework.rules.draws import BEACON, Named, beacon_round
from casework.sampling import Sampling
from commitments.models import Review
from commitments.reviews.queries import sampling as queries
from commitments.reviews.rules.days import RANDOM_WITHIN
from commitments.rules.kinds import ReviewKind
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.errors import Conflict, Refused
from credit_platform.workdays.queries import calendar


def open_reviews(draw: Draw, ids: Sequence[str], by: Actor, on: date) -> None:
    """The reviews of the letters that were drawn, due within 20 working days. A letter whose review was opened by somebody else in this
    moment is looked at anyway: the draw still names it."""
    due_on = calendar().due_on(on, RANDOM_WITHIN)
    reviews = [
        Review(
            letter_id=int(each),
            department_id=draw.department_id,
            kind=ReviewKind.RANDOM.value,
            due_on=due_on,
            draw=draw,
        )
        for each in ids
    ]
    Review.objects.bulk_create(reviews, batch_size=1000, ignore_conflicts=True)
    audit.record("commitments.draw", draw, by=by, members=[int(each) for each in ids], unit_id=draw.department_id)


SAMPLING = Sampling(
    slug=queries.SLUG,
    label="承诺履约随机抽查",
    counted="份承诺书",
    ground=queries.GROUND,
    permission="commitments.draw",
    population=queries.population,
    gone=queries.gone,
    carry_out=open_reviews,
    objects=queries.reviews_of,
)


def announce_monthly(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The clock's, where COMMITMENTS_MONTHLY_DRAW is on: a draw is announced for every department that has something to draw from and
    none this month, decided by the beacon's value of the next morning; how many. Two people enter that value as they do any other."""
    if not settings.COMMITMENTS_MONTHLY_DRAW:
        return 0
    on = on or timezone.localdate()
    made = 0
    for department in queries.departments_to_announce(on):
        try:
            title = f"{on.year}年{on.month}月{SAMPLING.label}"
            announce(SAMPLING, department, occasion=f"{on:%Y-%m}", title=title, named=next_beacons(on), by=by)
        except (Refused, Conflict):
            continue
        made += 1
    return made


def next_beacons(on: date) -> Named:
    """The rounds of the beacon at ten in the morning of the next day, and of the day after that where it fails."""
    at, fallback = (timezone.make_aware(datetime.combine(on + timedelta(days=days), time(10))) for days in (1, 2))
    return Named(BEACON.code, beacon_round(at), at, beacon_round(fallback), fallback)
