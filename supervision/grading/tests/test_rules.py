"""The rules of a model: rounding before bands, bands without gaps, a sum that can be read part by part."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.grading.rules.compute import Fact, compute, course, without
from supervision.grading.rules.model import Band, DirectRule, Indicator, Model, Rounding, Selection, unsound
from supervision.grading.rules.trials import HitRate, Verdict, verdict

PENALTY, AWARD = Selection(("penalty",), 24), Selection(("act-award",), 36)
SCALE = ("A", "B", "C")
KINDS = ("penalty", "act-award", "list-entry", "evaluation-internal")
MODEL = Model(
    base=Decimal(650),
    least=Decimal(0),
    most=Decimal(1000),
    places=0,
    rounding=Rounding.HALF_UP,
    indicators=(
        Indicator("CF", "处罚", PENALTY, Decimal("-20.5"), cap=Decimal(100)),
        Indicator("JL", "奖励", AWARD, Decimal("10.25"), Decimal(2)),
    ),
    direct=(DirectRule("SX", "严重失信", Selection(("list-entry",), in_force=True), "C"),),
    bands=(
        Band("A", Decimal(671), Decimal(1000)),
        Band("B", Decimal(601), Decimal(670)),
        Band("C", Decimal(0), Decimal(600)),
    ),
)


def rules(model: Model) -> list[str]:
    return [each.rule for each in unsound(model, SCALE, KINDS)]


def test_a_border_is_decided_by_the_rounding_that_was_declared():
    """Trap 103: 670.5 between 670 and 671."""
    facts = [Fact("JL", 1)]
    assert compute(facts, MODEL).score == Decimal(671)
    assert compute(facts, MODEL).grade == "A"
    down = replace(MODEL, rounding=Rounding.DOWN)
    assert (compute(facts, down).score, compute(facts, down).grade) == (Decimal(670), "B")


def test_a_sound_model_has_nothing_against_it():
    assert rules(MODEL) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"bands": (Band("A", Decimal(672), Decimal(1000)), *MODEL.bands[1:])}, "model.bands"),  # a gap at 671
        ({"bands": (Band("A", Decimal(670), Decimal(1000)), *MODEL.bands[1:])}, "model.bands"),  # 670 twice
        (
            {"bands": (Band("A", Decimal("670.5"), Decimal(1000)), *MODEL.bands[1:])},
            "model.bands",
        ),  # finer than the rounding
        ({"bands": (Band("A", Decimal(671), Decimal(999)), *MODEL.bands[1:])}, "model.bands"),  # 1000 nowhere
        ({"bands": MODEL.bands[1:]}, "model.bands"),
        ({"places": 1}, "model.bands"),  # 670.5 is nowhere now
        ({"indicators": ()}, "model.empty"),
        ({"indicators": (*MODEL.indicators, MODEL.indicators[0])}, "model.twice"),
        ({"indicators": (Indicator("X", "无", PENALTY, Decimal(0)),)}, "model.points"),
        ({"indicators": (Indicator("X", "天气", Selection(("weather",)), Decimal(1)),)}, "model.kinds"),
        ({"indicators": (Indicator("X", "风险", Selection(("evaluation-internal",)), Decimal(1)),)}, "model.risk"),
        ({"direct": (DirectRule("SX", "严重失信", PENALTY, "E"),)}, "model.grade"),
        ({"base": Decimal(1001)}, "model.base"),
    ],
)
def test_what_stands_against_a_model(change, rule):
    assert set(rules(replace(MODEL, **change))) == {rule}


def test_a_cap_holds_either_way_and_a_part_tells_its_records():
    grade = compute([Fact("CF", number) for number in (5, 3, 9, 1, 2, 7)], MODEL)
    assert [(each.line, each.count, each.points, each.records) for each in grade.parts] == [
        ("CF", 6, Decimal(-100), (1, 2, 3, 5, 7, 9))
    ]
    assert (grade.score, grade.grade) == (Decimal(550), "C")


def test_a_direct_rule_lowers_and_never_raises():
    listed = compute([Fact("JL", 1), Fact("SX", 2)], MODEL)
    assert (listed.grade, listed.direct, listed.score) == ("C", ("SX",), Decimal(671))
    low = compute([*(Fact("CF", number) for number in range(6)), Fact("SX", 9)], MODEL)
    assert (low.grade, low.direct) == ("C", ())


def test_what_would_change_a_grade():
    facts = [
        Fact("CF", 1, date(2027, 3, 31)),
        Fact("CF", 2, date(2027, 3, 31)),
        Fact("CF", 3, date(2028, 1, 1)),
        Fact("JL", 4),
    ]
    assert compute(facts, MODEL).score == Decimal(609)
    assert without(facts, {1}, MODEL).score == Decimal(630)
    later = course(facts, MODEL)
    assert [(each.on, each.records, each.grade.score) for each in later] == [
        (date(2027, 4, 1), (1, 2), Decimal(650)),
        (date(2028, 1, 2), (3,), Decimal(671)),
    ]


@given(st.lists(st.tuples(st.sampled_from(["CF", "JL", "SX"]), st.integers(1, 40)), max_size=60))
def test_every_sum_has_a_grade_and_no_order_matters(pairs):
    facts = [Fact(line, record) for line, record in pairs]
    grade = compute(facts, MODEL)
    assert grade == compute(facts[::-1], MODEL) == compute([*facts, *facts], MODEL)
    assert grade.grade in SCALE
    assert MODEL.least <= grade.score <= MODEL.most


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ([("A", 100, 2), ("B", 100, 5), ("C", 20, 4)], Verdict.RISES),
        ([("A", 100, 5), ("B", 100, 5), ("C", 20, 4)], Verdict.FLAT),  # equal is no rise
        ([("A", 100, 9), ("B", 100, 5), ("C", 20, 4)], Verdict.FLAT),
        ([("A", 100, 2), ("B", 9, 9), ("C", 10, 1)], Verdict.RISES),  # nine say nothing, ten do
        ([("A", 100, 2), ("B", 9, 1), ("C", 0, 0)], Verdict.UNKNOWN),
        ([], Verdict.UNKNOWN),
    ],
)
def test_a_model_is_held_against_what_inspections_found(rates, said):
    assert verdict([HitRate(*each) for each in rates]) is said
