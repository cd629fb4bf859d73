"""Random draws for re-checks (随机抽查): the seed and what was drawn from are kept, so that anybody can repeat the draw."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from commitments.models import Review, ReviewDraw
from commitments.reviews.queries.drawing import departments_to_draw, population_of, shares_of
from commitments.reviews.rules import drawing as rules
from commitments.reviews.rules.days import RANDOM_WITHIN
from commitments.rules.kinds import ReviewKind
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Level, Refused
from credit_platform.workdays.queries import calendar


def draw(
    department: Department,
    *,
    month: date,
    by: Actor,
    reason: str = "",
    seed: str = "",
    on: date | None = None,
) -> ReviewDraw:
    """Draw the letters of a department that are looked at again in a month, and open their reviews.

    Reviewers of the department, the credit office, and the clock where the city wants it. From each matter its entry's share in percent
    of the letters 履行中 without an open review, rounded up. A second draw of the month needs a reason and keeps the first and its
    reviews (trap 54). Refused when there is nothing to draw from; Conflict when somebody drew at the same moment.
    """
    on = on or timezone.localdate()
    month = month.replace(day=1)
    with acting(by):
        policy.require(by, "commitments.draw", department)
        again = ReviewDraw.objects.filter(department=department, month=month).count() + 1
        _check(month, on, again, reason)
        shares = shares_of(department, on)
        population = population_of(department, shares)
        seed = seed or secrets.token_hex(16)
        drawn = rules.draw(population, shares, seed)
        row = ReviewDraw(
            department=department,
            month=month,
            seed=seed,
            **_range(population, shares, drawn),
            again=again,
            reason=reason.strip(),
            made_by=by if isinstance(by, User) else None,
        )
        _keep(row)
        _open(row, drawn.ids, calendar().due_on(on, RANDOM_WITHIN))
        audit.record(
            "commitments.draw",
            row,
            by=by,
            members=drawn.ids,
            reason=reason.strip(),
            unit_id=department.pk,
            detail={"seed": seed, "population": drawn.population, "sha256": drawn.sha256, "again": again},
        )
    return row


def _range(population: rules.Population, shares: Mapping[int, Decimal], drawn: rules.Drawn) -> dict[str, Any]:
    """What was drawn from, as it is kept; Refused when nothing was drawn."""
    if not drawn.ids:
        raise Refused(
            "draw.empty",
            "没有可供抽查的承诺书。",
            mend="抽查范围是履行中、没有待复核事项、且清单条目规定了抽查比例的承诺书。",
        )
    return {
        "population": drawn.population,
        "population_sha256": drawn.sha256,
        "snapshot": {str(matter): list(ids) for matter, ids in population.items()},
        "shares": {str(matter): str(share) for matter, share in shares.items()},
        "drawn": len(drawn.ids),
    }


def _check(month: date, on: date, again: int, reason: str) -> None:
    if month > on:
        raise _at("month", "draw.month", "不能抽取以后的月份。")
    if again > 1 and not reason.strip():
        raise _at("reason", "draw.reason", "本月已经抽取过，再次抽取须填写原因。", "原抽取结果及其复核予以保留。")


def _at(field: str, code: str, words: str, mend: str = "") -> Refused:
    return Refused(code, words, mend=mend, findings=[Finding(code, Level.ERROR, words, mend, field=field)])


def _keep(row: ReviewDraw) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict("draw.twice", "刚刚已有人抽取，没有重复抽取。", mend="请刷新页面查看抽取结果。") from error


def _open(row: ReviewDraw, ids: Iterable[int], due_on: date) -> None:
    """A letter whose review was opened by somebody else in this moment is looked at anyway: the draw still names it."""
    Review.objects.bulk_create(
        [
            Review(
                letter_id=letter,
                department_id=row.department_id,
                kind=ReviewKind.RANDOM.value,
                due_on=due_on,
                draw=row,
            )
            for letter in ids
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )


def draw_monthly(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The clock's, where COMMITMENTS_MONTHLY_DRAW is on: every department that has something to draw from and has not drawn this
    month; how many draws were made."""
    if not settings.COMMITMENTS_MONTHLY_DRAW:
        return 0
    on = on or timezone.localdate()
    made = 0
    for department in departments_to_draw(on):
        try:
            draw(department, month=on, by=by, on=on)
        except (Refused, Conflict):
            continue
        made += 1
    return made
