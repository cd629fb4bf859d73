"""Which class: at the border of a threshold and of the simple procedure, and what somebody's word can lower."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from disclosure.rules.classify import LEAST, beyond_simple, classify, step_of
from disclosure.rules.values import Claim
from disclosure.tests.rules.rule_sets import DECIDED, GRAVE, LIGHT, PLAIN, SIMPLE, limit, penalty, rule_set, threshold
from tests.days import around

STEPS = (threshold("轻微", 0), threshold("一般", 5), threshold("严重", 50))


def of(facts, thresholds=(), *, rules=None, on=DECIDED, limits=()):
    return classify(rules or rule_set(), facts, thresholds, on=on, limits=limits)


def fine(amount, **more):
    return penalty("罚款", fine_wan=Decimal(amount), **more)


@pytest.mark.parametrize(
    ("amount", "severity"),
    [("0", "轻微"), ("4.999999", "轻微"), ("5", "一般"), ("49.999999", "一般"), ("50", "严重"), ("50.000001", "严重")],
)
def test_a_fine_is_of_the_highest_threshold_that_it_reaches(amount, severity):
    found = of(fine(amount), STEPS)
    assert (found.rule.severity, found.source, found.findings) == (severity, "罚款数额标准", ())


def test_a_threshold_holds_from_its_first_day_through_its_last():
    last = date(2026, 8, 1)
    first = (threshold("一般", 5, valid_from=DECIDED, valid_until=last),)

    def graded(day):
        return of(fine("6"), first, on=day).rule is not None

    assert around(DECIDED, graded) == (False, True, True)
    assert around(last, graded) == (True, True, False)


def test_of_equal_amounts_the_row_of_the_field_and_of_the_kind_of_subject_goes_first():
    everywhere, field = threshold("轻微", 5), threshold("严重", 5, domain="食品")
    assert of(fine("5", domain="食品"), (everywhere, field)).rule is GRAVE
    assert of(fine("5", domain="税务"), (everywhere, field)).rule is LIGHT
    subject = threshold("一般", 5, subject_kind="legal")
    assert of(fine("5"), (everywhere, subject)).rule is PLAIN
    assert of(replace(fine("5"), subject_kind="sole_trader"), (everywhere, subject)).rule is LIGHT


def test_a_fine_without_an_amount_or_without_a_threshold_is_asked_for():
    for found in (of(penalty("罚款"), STEPS), of(fine("4"), STEPS[1:])):
        assert found.rule is None
        assert [each.rule for each in found.findings] == ["severity.missing"]
        assert "“罚款”不能据现有标准判定" in found.findings[0].text


def test_a_threshold_of_a_class_of_another_field_grades_nothing():
    elsewhere = rule_set(replace(PLAIN, domains=frozenset({"税务"})), LIGHT)
    assert of(fine("5", domain="食品"), (STEPS[1],), rules=elsewhere).rule is None
    assert of(fine("5", domain="税务"), (STEPS[1],), rules=elsewhere).rule.severity == "一般"


def test_of_several_kinds_the_most_serious_decides():
    assert of(penalty("警告", "没收")).rule is PLAIN
    assert of(penalty("没收", "警告", "吊销")).rule is GRAVE
    assert of(penalty("警告")).source == "处罚类别"


def test_what_is_unknown_matters_unless_the_worst_class_is_reached_already():
    assert of(penalty("吊销", "罚款")).rule is GRAVE
    found = of(penalty("没收", "罚款"))
    assert found.rule is None
    assert "“罚款”" in found.findings[0].text
    assert "“处罚类别”" in of(penalty()).findings[0].text


def test_without_a_class_for_the_kind_nothing_is_said():
    assert of(replace(penalty("警告"), kind="permit")).rule is None
    assert of(replace(penalty("警告"), kind="permit")).findings == ()


def test_a_class_of_a_procedure_takes_only_decisions_of_that_procedure():
    simple_only = rule_set(PLAIN, SIMPLE)
    assert of(penalty("警告", procedure="简易程序"), rules=simple_only).rule is SIMPLE
    assert of(penalty("警告", procedure="普通程序"), rules=simple_only).rule is None


@pytest.mark.parametrize(
    ("facts", "beyond"),
    [
        (fine("0.299999"), False),
        (fine("0.3"), False),
        (fine("0.300001"), True),
        (penalty("警告"), False),
        (penalty("警告", "罚款"), False),
        (penalty("没收"), True),
        (penalty(), False),
    ],
)
def test_the_simple_procedure_ends_at_its_limit(facts, beyond):
    assert (beyond_simple(facts, (limit(),)) is not None) is beyond


def test_what_is_beyond_the_simple_procedure_names_the_limit():
    found = beyond_simple(fine("1"), (limit(),))
    assert found.text == "该处罚不能适用简易程序：简易程序只用于3000元以下的罚款或者警告。"
    assert (found.field, found.article) == ("HRB_CFCX", "行政处罚法第五十一条")
    assert "只用于50000元以下的罚款" in beyond_simple(fine("6"), (limit("5"),)).text
    only_fines = beyond_simple(fine("1"), (limit(kinds=("罚款",)),))
    assert only_fines.text.endswith("只用于3000元以下的罚款。")


def test_the_limit_is_that_of_the_subject_else_the_youngest_for_all():
    rows = (limit("0.3", valid_from=date(2026, 4, 2)), limit("0.02", subject_kind="legal"))
    assert beyond_simple(fine("0.1"), rows) is not None
    assert beyond_simple(replace(fine("0.1"), subject_kind="sole_trader"), rows) is None
    young = (limit("0.02"), limit("0.3", valid_from=date(2026, 5, 1)))
    assert beyond_simple(fine("0.1"), young) is None
    assert beyond_simple(fine("0.1"), ()) is None


def test_a_stated_class_grades_what_the_kinds_leave_open():
    found = of(penalty("罚款", stated="一般"))
    assert (found.rule, found.source, found.findings, found.lowered) == (PLAIN, "机关认定", (), None)


def test_a_stated_class_that_is_not_public_is_a_claim_against_the_worst_class():
    found = of(penalty("罚款", stated="轻微"))
    assert (found.rule, found.instead) == (LIGHT, GRAVE)
    assert found.lowered == Claim("class", "认定为“轻微”，不公示；处罚类别“罚款”本身不能判定为不公示。")


def test_a_stated_class_below_the_kinds_is_a_claim():
    found = of(penalty("没收", stated="轻微"))
    assert (found.rule, found.instead) == (LIGHT, PLAIN)
    assert found.lowered.text == "认定为“轻微”；按处罚类别“没收”属“一般”。"
    assert of(penalty("没收", stated="一般")).lowered is None
    assert of(penalty("没收", stated="严重")).lowered is None, "more serious than the kinds is nobody's favour"
    mixed = of(penalty("没收", "罚款", stated="轻微"))
    assert mixed.instead is PLAIN, "what is known of the kinds counts although others are open"


def test_what_the_law_ties_to_a_kind_is_not_lowered_by_a_word():
    found = of(penalty("吊销", stated="一般"))
    assert (found.rule, found.source, found.lowered) == (GRAVE, "处罚类别", None)
    assert [each.rule for each in found.findings] == ["severity.barred"]
    assert found.findings[0].article == "甲规定第四条"
    assert of(penalty("吊销", stated="严重")).findings == ()
    tied = rule_set(GRAVE, replace(PLAIN, fixed=True), LIGHT)
    open_still = of(penalty("没收", "罚款", stated="轻微"), rules=tied)
    assert [each.rule for each in open_still.findings] == ["severity.missing", "severity.barred"]


def test_a_word_for_a_class_of_another_field_says_nothing():
    rules = rule_set(GRAVE, PLAIN, replace(LIGHT, domains=frozenset({"税务"})))
    assert of(penalty("没收", stated="轻微"), rules=rules).source == "处罚类别"


def test_the_simple_procedure_that_is_said_is_a_claim():
    found = of(fine("0.1", procedure="简易程序"), limits=(limit(),))
    assert (found.rule, found.source, found.instead) == (SIMPLE, "处罚类别", GRAVE)
    assert found.lowered == Claim("procedure", "按简易程序办理，不公示；处罚类别“罚款”本身不能判定为不公示。")


def test_a_simple_procedure_beyond_the_law_has_no_effect():
    found = of(penalty("没收", procedure="简易程序"), limits=(limit(),))
    assert (found.rule, found.lowered) == (PLAIN, None)
    assert [each.rule for each in found.findings] == ["procedure.beyond-simple"]


def test_a_stated_class_beside_an_impossible_procedure():
    hidden = of(fine("1", procedure="简易程序", stated="轻微"), limits=(limit(),))
    assert [each.rule for each in hidden.findings] == ["severity.missing", "procedure.beyond-simple"]
    assert (hidden.rule, hidden.lowered) == (None, None)
    shown = of(fine("1", procedure="简易程序", stated="一般"), limits=(limit(),))
    assert (shown.rule, [each.rule for each in shown.findings]) == (PLAIN, ["procedure.beyond-simple"])


def test_a_long_claim_is_cut():
    kinds = tuple(f"第{number}种处罚" for number in range(100))
    assert len(of(penalty(*kinds, stated="轻微")).lowered.text) == 300
    assert len(of(penalty("没收", *kinds, stated="轻微")).lowered.text) == 300


@pytest.mark.parametrize(
    ("amount", "step"),
    [
        ("", ""),
        ("-1", "-1"),
        ("0", "0"),
        ("0.00", "0"),
        ("0.29", "0"),
        ("0.3", "0"),
        ("0.300001", "0.300001"),
        ("4.99", "0.300001"),
        ("5", "5"),
        ("49.9", "5"),
        ("50", "50"),
        ("900", "50"),
    ],
)
def test_a_fine_stands_on_the_highest_border_that_it_reaches(amount, step):
    assert step_of(amount, STEPS[1:], (limit(),)) == step


def test_a_fine_of_nothing_stands_on_nought_without_any_border():
    assert step_of("0", ()) == "0"
    assert step_of("3", ()) == "0"
    assert Decimal("0.000001") == LEAST
