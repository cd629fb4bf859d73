"""The tier of supervision: order of the schemes, floors, and what a letter means under which scheme."""

from datetime import date, timedelta

import pytest
from django.db import connection

from credit_platform.errors import Refused
from records.tests.factories import PersonFactory, SubjectFactory
from sanctions.lists.tests.factories import SeriousListFactory, StandingEntryFactory, WatchListFactory
from supervision.grading.queries import decided, tiers_of
from supervision.grading.rules import Known, Tier, decide
from supervision.grading.rules.tiers import is_young
from supervision.grading.tests.conftest import TODAY
from supervision.grading.tests.factories import internal, received

pytestmark = pytest.mark.usefixtures("schemes", "today")


def tier(subject, field="market", on=TODAY) -> Tier:
    return tiers_of([subject.pk], field, on)[subject.pk]


def why(subject, field="market", on=TODAY) -> tuple[str, ...]:
    return dict(decided([subject.pk], field, on))[subject.pk].because


def test_a_letter_means_what_its_own_scheme_says():
    """Trap 101: B of 2013, B of the risk class and B of the province are three things."""
    old, risk, province = SubjectFactory(), SubjectFactory(), SubjectFactory()
    received(old, "GS-2013", "B", "2013-06-01", kind="evaluation-internal")
    internal(risk, "B")
    internal(province, "B", scheme="HLJ-FJ")
    assert (tier(old), tier(risk), tier(province)) == (Tier.USUAL, Tier.USUAL, Tier.RELAXED)
    assert why(old) == ("没有现行有效的等级，按常规监管",)
    assert why(province) == ("黑龙江省行业监管信用等级为“B”，对应宽松",)


def test_when_the_sectors_grade_has_run_out_the_next_scheme_speaks():
    """Trap 102: expired yesterday → the risk class; the day before it was the sector's."""
    firm = SubjectFactory()
    received(firm, "NS-XY", "A", "2025-11-22")
    internal(firm, "C")
    assert tier(firm, "tax", TODAY - timedelta(days=1)) is Tier.RELAXED
    assert tier(firm, "tax", TODAY) is Tier.CLOSE
    assert tier(firm, "market") is Tier.CLOSE, "the tax office's grade is for its own field"


def test_without_a_grade_the_tier_is_usual_and_not_relaxed():
    firm, person = SubjectFactory(), PersonFactory()
    assert tiers_of([firm.pk, person.pk], "market", TODAY) == {firm.pk: Tier.USUAL, person.pk: Tier.USUAL}


def test_an_older_word_does_not_come_back_when_the_newer_has_run_out():
    firm = SubjectFactory()
    received(firm, "NS-XY", "A", "2026-01-05", YXQZI="2027-12-31")
    received(firm, "NS-XY", "D", "2026-06-01", kind="evaluation-internal", YXQZI="2026-10-31")
    assert tier(firm, "tax", date(2026, 10, 31)) is Tier.STRICT
    assert tier(firm, "tax", date(2026, 11, 1)) is Tier.USUAL


def test_a_scale_that_was_replaced_speaks_no_more():
    firm = SubjectFactory()
    internal(firm, "差", "2026-04-01", scheme="GJ-ZHPJ")
    assert tier(firm, on=date(2026, 4, 1)) is Tier.STRICT
    assert tier(firm, on=date(2026, 4, 2)) is Tier.USUAL


@pytest.mark.parametrize(("list_factory", "least"), [(SeriousListFactory, Tier.STRICT), (WatchListFactory, Tier.CLOSE)])
def test_lists_are_floors_on_their_days(list_factory, least):
    firm = SubjectFactory()
    internal(firm, "A")
    entry = StandingEntryFactory(record__subject=firm, credit_list=list_factory())
    assert tier(firm, on=entry.entered_on - timedelta(days=1)) is not least
    assert tier(firm) is least
    assert "名单" in why(firm)[-1]


def test_nobody_falls_below_the_floor_of_a_special_field():
    firm = SubjectFactory()
    internal(firm, "A")
    assert (tier(firm, "market"), tier(firm, "food")) == (Tier.RELAXED, Tier.USUAL)


def test_whoever_is_young_is_not_looked_at_less():
    firm = SubjectFactory(registered_on=date(2025, 11, 24))
    internal(firm, "A")
    assert tier(firm) is Tier.USUAL
    assert tier(firm, on=TODAY + timedelta(days=1)) is Tier.RELAXED
    assert not is_young(None, TODAY)


def test_a_field_that_does_not_hold_is_refused():
    with pytest.raises(Refused, match="监管领域"):
        tiers_of([1], "weather", TODAY)


def test_many_are_asked_in_a_fixed_number_of_questions(django_assert_max_num_queries):
    firms = [SubjectFactory().pk for _ in range(12)]
    with django_assert_max_num_queries(4, connection=connection):
        assert set(tiers_of(firms, "market", TODAY).values()) == {Tier.USUAL}


def test_a_floor_never_lowers():
    assert decide(Known("甲", "D", Tier.STRICT, young=True, watched=True, floor=Tier.USUAL)).tier is Tier.STRICT
    assert [each.strictness for each in Tier] == [0, 1, 2, 3]
