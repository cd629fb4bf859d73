"""Random re-checks: what is drawn from, what follows when somebody was drawn, and the clock's announcement. The draw itself is the kit's."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from casework.models import Draw
from casework.queries.draws import holds
from casework.rules.draws import against_named
from casework.tests import drawing
from commitments.models import Review
from commitments.reviews.actions.sampling import SAMPLING, announce_monthly, next_beacons
from commitments.reviews.queries.sampling import population
from commitments.tests import cases
from commitments.tests.cases import TODAY
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Forbidden, Refused
from credit_platform.workdays.queries import calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(desk):
    entry = cases.EntryFactory(random_share=20)
    return [cases.LetterFactory(entry=entry) for _ in range(12)]


def drawn(draw: Draw) -> Draw:
    return drawing.take(drawing.take(draw, "enter"), "confirm")


def test_each_matter_is_a_stratum_and_its_share_is_rounded_up(letters):
    other = cases.EntryFactory(department=letters[0].department, random_share=Decimal("0.5"))
    cases.LetterFactory(entry=other)
    cases.LetterFactory(entry=cases.EntryFactory(department=letters[0].department, random_share=0))
    strata = {part.code: part for part in population(letters[0].department, TODAY)}
    assert {code: (len(part.ids), part.size) for code, part in strata.items()} == {
        letters[0].matter.code: (12, 3),
        other.matter.code: (1, 1),
    }
    assert "20%" in strata[letters[0].matter.code].ground
    assert "0.5%" in strata[other.matter.code].ground
    assert population(DepartmentFactory(), TODAY) == []


def test_only_letters_in_performance_without_an_open_review_are_drawn_from(letters):
    cases.ReviewFactory(letter=letters[0])
    cases.LetterFactory(entry=letters[0].entry, fulfilment="fulfilled")
    (part,) = population(letters[0].department, TODAY)
    assert (len(part.ids), part.size) == (11, 3)
    assert str(letters[0].pk) not in part.ids


def test_who_was_drawn_is_reviewed_within_twenty_working_days(letters):
    draw = drawn(drawing.announced(SAMPLING, ReviewerFactory(department=letters[0].department)))
    reviews = Review.objects.filter(draw=draw)
    assert {str(each) for each in reviews.values_list("letter_id", flat=True)} == set(draw.drawn_ids())
    due_on = calendar().due_on(TODAY + timedelta(days=1), 20)
    assert {(each.kind, each.due_on, each.department) for each in reviews} == {
        ("random", due_on, letters[0].department)
    }
    assert AuditEntry.objects.filter(verb="commitments.draw").count() == 1
    assert holds(draw)
    shown = SAMPLING.objects(draw, draw.drawn_ids())
    assert [each for each, _, _ in shown] == draw.drawn_ids()
    assert all(f"/reviews/{reviews.get(letter_id=int(each)).pk}/" in url for each, _, url in shown)


def test_a_letter_that_left_is_replaced_and_one_under_review_already_stays_drawn(letters):
    draw = drawing.take(drawing.announced(SAMPLING, ReviewerFactory(department=letters[0].department)), "enter")
    for letter in letters[:9]:
        type(letter).objects.filter(pk=letter.pk).update(
            fulfilment="withdrawn", next_review_on=None, next_review_kind=""
        )
    busy = cases.ReviewFactory(letter=letters[9])
    draw = drawing.take(draw, "confirm")
    assert set(draw.drawn_ids()) == {str(letter.pk) for letter in letters[9:]}
    assert sorted(draw.struck) == sorted(str(letter.pk) for letter in letters[:9])
    assert Review.objects.filter(draw=draw).count() == 2
    assert any(f"/letters/{busy.letter_id}/" in url for _, _, url in SAMPLING.objects(draw, draw.drawn_ids()))


def test_who_may_announce_and_confirm(letters):
    department = letters[0].department
    for stranger in (ClerkFactory(department=department), ReviewerFactory()):
        with pytest.raises(Forbidden):
            drawing.draws.announce(
                SAMPLING, department, occasion="2026-11", title="x", named=drawing.NAMED, by=stranger, now=drawing.NOW
            )
    draw = drawing.announced(SAMPLING, ReviewerFactory(department=department))
    entered = drawing.take(draw, "enter", by=CreditOfficeFactory())
    with pytest.raises(Forbidden):
        drawing.take(entered, "confirm", by=ClerkFactory(department=department))
    assert drawing.take(entered, "confirm").state == "drawn"


def test_nothing_to_draw_from(desk):
    with pytest.raises(Refused) as refused:
        drawing.announced(SAMPLING)
    assert "清单条目规定了抽查比例" in refused.value.mend


def test_the_clock_announces_once_a_month_where_the_city_wants_it(letters, settings):
    assert announce_monthly(TODAY) == 0
    settings.COMMITMENTS_MONTHLY_DRAW = True
    assert announce_monthly(TODAY) == 1
    assert announce_monthly(TODAY) == 0
    draw = Draw.objects.get()
    assert (draw.state, draw.source, draw.announced_by, draw.occasion) == ("announced", "DRAND", None, "2026-11")
    at = draw.value_at
    entered = drawing.take(draw, "enter", value="ab" * 32, now=at)
    assert drawing.take(entered, "confirm", value="AB" * 32, now=at).state == "drawn"


def test_the_clock_names_rounds_that_nobody_knows_yet(desk):
    assert not list(against_named(next_beacons(TODAY), now=drawing.NOW))
