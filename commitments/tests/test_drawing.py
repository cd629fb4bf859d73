"""Draws: the same seed over the same letters gives the same list; a second draw keeps the first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.models import Review, ReviewDraw
from commitments.reviews.actions.drawing import draw, draw_monthly
from commitments.reviews.queries.drawing import repeat
from commitments.reviews.rules import drawing as rules
from commitments.tests import cases
from commitments.tests.cases import TODAY
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from credit_platform.errors import Forbidden, Refused

KNOWN = (1, 6, 9, 18, 40)
"""By hand: the four of 1 to 20 whose `printf 哈尔滨2026:n | sha256sum` come first, and the one of the other matter."""
POPULATIONS = st.dictionaries(st.integers(1, 50), st.lists(st.integers(1, 10**6), unique=True, max_size=40), max_size=6)


@given(POPULATIONS, st.decimals(0, 100, places=2), st.text(min_size=1, max_size=20))
def test_the_same_seed_gives_the_same_list_whatever_the_order(population, share, seed):
    shares = dict.fromkeys(population, share)
    turned = {matter: ids[::-1] for matter, ids in reversed(population.items())}
    drawn = rules.draw(population, shares, seed)
    assert drawn == rules.draw(turned, shares, seed)
    assert len(set(drawn.ids)) >= (1 if share and any(population.values()) else 0)


@pytest.mark.parametrize(
    ("size", "share", "count"), [(0, "50", 0), (1, "0.01", 1), (10, "10", 1), (11, "10", 2), (7, "100", 7), (9, "0", 0)]
)
def test_a_share_is_rounded_up(size, share, count):
    assert rules.how_many(size, Decimal(share)) == count


def test_a_known_draw_never_changes():
    drawn = rules.draw({1: range(1, 21), 2: [40]}, {1: Decimal(20), 2: Decimal(5)}, "哈尔滨2026")
    assert drawn.ids == KNOWN
    assert drawn.sha256 == rules.digest({2: [40], 1: range(1, 21)})


@pytest.fixture
def letters(desk):
    entry = cases.EntryFactory(random_share=20)
    return [cases.LetterFactory(entry=entry) for _ in range(12)]


@pytest.mark.django_db
def test_letters_with_an_open_review_are_left_out_and_the_draw_can_be_repeated(letters):
    cases.ReviewFactory(letter=letters[0])
    cases.LetterFactory(entry=letters[0].entry, fulfilment="fulfilled")
    reviewer = ReviewerFactory(department=letters[0].department)
    made = draw(letters[0].department, month=TODAY, by=reviewer, seed="哈尔滨2026")
    assert (made.population, made.drawn, made.month) == (11, 3, date(2026, 11, 1))
    assert letters[0].pk not in made.snapshot[str(letters[0].matter_id)]
    assert repeat(made).same
    assert set(repeat(made).ids) == set(made.reviews.values_list("letter_id", flat=True))
    ReviewDraw.objects.filter(pk=made.pk).update(seed="另一")
    assert not repeat(ReviewDraw.objects.get(pk=made.pk)).same


@pytest.mark.django_db
def test_a_second_draw_needs_a_reason_and_keeps_the_first(letters):
    reviewer = ReviewerFactory(department=letters[0].department)
    first = draw(letters[0].department, month=TODAY, by=reviewer)
    with pytest.raises(Refused):
        draw(letters[0].department, month=TODAY, by=reviewer)
    second = draw(letters[0].department, month=TODAY, by=reviewer, reason="首次抽取范围遗漏")
    assert (first.again, second.again) == (1, 2)
    assert not set(repeat(first).ids) & set(repeat(second).ids)
    assert Review.objects.filter(draw=first).count() == first.drawn


@pytest.mark.django_db
def test_who_draws_and_when_the_clock_does(letters, settings):
    with pytest.raises(Forbidden):
        draw(letters[0].department, month=TODAY, by=ClerkFactory(department=letters[0].department))
    with pytest.raises(Forbidden):
        draw(letters[0].department, month=TODAY, by=ReviewerFactory())
    assert draw_monthly(TODAY) == 0
    settings.COMMITMENTS_MONTHLY_DRAW = True
    assert draw_monthly(TODAY) == 1
    assert draw_monthly(TODAY) == 0
