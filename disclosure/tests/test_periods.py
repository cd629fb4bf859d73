"""Classes and periods under R1, R2, R3 as they stand in the base data."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from disclosure.models import FineThreshold, PeriodRule, RuleSet
from disclosure.queries.book import book
from disclosure.rules.classify import classify, step_of
from disclosure.rules.facts import Facts, amount_of, kinds_of
from disclosure.rules.periods import Book, evaluate, period_under
from disclosure.rules.values import RuleSetValue, Threshold, rule_set_for
from disclosure.rules.who_is_shown import exemption

pytestmark = pytest.mark.django_db

NOW = date(2026, 11, 23)


def penalty(*kinds, decided_on=date(2026, 11, 2), **more):
    return Facts(kind="penalty", subject_kind="legal", decided_on=decided_on, kinds=kinds, **more)


def under(code, facts, *, on=NOW, published_on=None):
    """Published nine days after the decision unless said otherwise."""
    rules = book()
    rule_set = next(each for each in rules.rule_sets if each.code == code)
    shown = published_on or facts.decided_on + timedelta(days=9)
    return period_under(rule_set, facts, rules, on=on, published_on=shown)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2019, 6, 30), None),
        (date(2019, 7, 1), "R1"),
        (date(2023, 4, 30), "R1"),
        (date(2023, 5, 1), "R2"),
        (date(2026, 3, 31), "R2"),
        (date(2026, 4, 1), "R3"),
        (NOW, "R3"),
    ],
)
def test_the_rule_set_in_force_on_a_day(day, code):
    found = rule_set_for(book().rule_sets, "penalty", day)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        (penalty("警告"), "轻微"),
        (penalty("警告", "通报批评"), "轻微"),
        (penalty("罚款", procedure="简易程序"), "轻微"),
        (penalty("没收违法所得"), "一般"),
        (penalty("暂扣许可证件", "警告"), "一般"),
        (penalty("责令停产停业"), "严重"),
        (penalty("罚款", "吊销许可证件"), "严重"),
        (penalty("没收非法财物", "限制从业"), "严重"),
        (penalty("罚款", stated="一般"), "一般"),
        (penalty("警告", stated="严重"), "严重"),
    ],
)
def test_r3_takes_the_most_serious_kind_or_what_the_authority_stated(facts, severity):
    assert under("R3", facts).severity == severity


@pytest.mark.parametrize("kinds", [("罚款",), ("警告", "罚款"), ("没收违法所得", "罚款"), ("其他",), ("行政拘留",), ()])
def test_r3_asks_where_nothing_grades_the_decision(kinds):
    (finding,) = under("R3", penalty(*kinds)).findings
    assert (finding.rule, finding.level) == ("severity.missing", "error")
    assert "请填写失信严重程度" in finding.text


def test_a_threshold_grades_a_fine_by_domain_and_day():
    for severity, amount in (("轻微", 0), ("一般", 5), ("严重", 50)):
        FineThreshold.objects.create(
            domain="食品",
            subject_kind="",
            severity=severity,
            amount_wan=amount,
            valid_from=date(2026, 6, 1),
            basis="示例",
        )
    assert under("R3", penalty("罚款", fine_wan=Decimal("4.999999"), domain="食品")).severity == "轻微"
    assert under("R3", penalty("罚款", fine_wan=Decimal(5), domain="食品")).severity == "一般"
    assert under("R3", penalty("罚款", fine_wan=Decimal(50), domain="食品")).severity == "严重"
    assert under("R3", penalty("罚款", fine_wan=Decimal(50), domain="消防")).findings
    assert under("R3", penalty("罚款", fine_wan=Decimal(50), domain="食品"), on=date(2026, 5, 31)).findings


def test_r3_starts_with_the_document():
    """令第36号: 公示期限自司法、行政公务文书认定之日起开始计算; what is published five months late does not end later for it (trap 9)."""
    facts = penalty("责令停产停业", decided_on=date(2026, 6, 1))
    result = under("R3", facts, published_on=date(2026, 11, 2))
    assert (result.starts_on, result.ends_on) == (date(2026, 6, 1), date(2029, 6, 1))
    assert result.earliest_repair_on == date(2027, 6, 2)
    assert not result.waits
    late = under("R3", penalty("没收违法所得", decided_on=date(2026, 6, 1)), published_on=date(2026, 11, 2))
    assert late.earliest_repair_on == date(2026, 11, 2), "its minimum is over on the first day shown, and not before"


def test_r2_starts_with_the_decision():
    facts = penalty("罚款", decided_on=date(2025, 6, 30))
    result = under("R2", facts, published_on=date(2025, 11, 30))
    assert (result.ends_on, result.earliest_repair_on) == (date(2028, 6, 30), date(2025, 11, 30))
    assert not result.waits


@pytest.mark.parametrize("domain", ["食品", "药品", "特种设备", "安全生产", "消防"])
def test_r2_holds_some_fields_for_a_year(domain):
    result = under("R2", penalty("罚款", decided_on=date(2025, 6, 30), domain=domain))
    assert result.earliest_repair_on == date(2026, 7, 1)


def test_r1_classes():
    kept = {"decided_on": date(2022, 11, 30)}
    ordinary = under("R1", penalty("罚款", **kept))
    severe = under("R1", penalty("罚款", stated="严重", **kept))
    closing = under("R1", penalty("责令停产停业", "罚款", domain="食品", stated="一般", **kept))
    assert (ordinary.severity, ordinary.ends_on, ordinary.earliest_repair_on) == (
        "一般",
        date(2023, 11, 30),
        date(2023, 3, 1),
    )
    assert (severe.ends_on, severe.earliest_repair_on) == (date(2025, 11, 30), date(2023, 5, 31))
    assert (closing.severity, closing.ends_on, closing.earliest_repair_on) == ("特定严重", date(2025, 11, 30), None)


@pytest.mark.parametrize("code", ["R1", "R2", "R3"])
def test_simple_procedure_is_outside_every_scheme(code):
    assert not under(code, penalty("罚款", procedure="简易程序")).published


def test_a_warning_with_a_fine_is_shown_under_r2():
    """Trap 25."""
    assert not under("R2", penalty("警告")).published
    assert under("R2", penalty("警告", "罚款")).published


def test_an_attached_measure_holds_off_repair():
    """Trap 35."""
    facts = penalty("限制从业", attached_until=date(2028, 6, 30))
    assert under("R3", facts).earliest_repair_on == date(2028, 7, 1)
    assert under("R3", penalty("限制从业", attached_until=date(2099, 12, 31))).earliest_repair_on is None
    short = penalty("限制从业", attached_until=date(2026, 12, 1))
    assert under("R3", short).earliest_repair_on == date(2027, 11, 3)


def test_the_last_day_is_not_rolled_to_a_working_day():
    result = under("R2", penalty("罚款", decided_on=date(2023, 10, 1)))
    assert result.ends_on == date(2026, 10, 1)


def test_month_ends():
    assert under("R1", penalty("罚款", decided_on=date(2019, 11, 30))).earliest_repair_on == date(2020, 3, 1)
    assert under("R1", penalty("罚款", decided_on=date(2020, 2, 29))).ends_on == date(2021, 2, 28)


def test_more_favourable_rules_of_the_decision_hold():
    facts = penalty("责令停产停业", decided_on=date(2024, 11, 1))
    shown = date(2024, 11, 8)
    kept = evaluate(facts, book(), on=NOW, published_on=shown)
    assert (kept.rule_set, kept.ends_on, kept.earliest_repair_on) == ("R2", date(2027, 11, 1), date(2025, 2, 2))
    assert "从旧兼从轻" in kept.explained[-1]
    off = Book(rule_sets=book().rule_sets, more_favourable=False)
    assert evaluate(facts, off, on=NOW, published_on=shown).rule_set == "R3"


def test_the_present_rules_hold_when_they_are_not_worse():
    facts = penalty("没收违法所得", decided_on=date(2026, 3, 1))
    assert evaluate(facts, book(), on=NOW, published_on=NOW).rule_set == "R3"


def test_the_period_stops_by_itself_at_the_maximum():
    """令第36号: 最长公示期届满后，相关信息自动停止公示 (trap 36)."""
    for performed_on in (None, date(2026, 11, 20), date(2028, 1, 5)):
        result = under("R3", penalty("没收违法所得", performed_on=performed_on), on=date(2028, 2, 1))
        assert (result.ends_on, result.waits) == (date(2027, 11, 2), False)


def test_a_ministrys_rule_keeps_what_is_unperformed_in_its_field_and_its_time():
    PeriodRule.objects.create(
        rule_set=RuleSet.objects.get(code="R3"),
        kind="penalty",
        severity="一般",
        label="一般失信（安全生产）",
        penalty_kinds=["没收违法所得"],
        domains=["安全生产"],
        min_months=3,
        max_months=12,
        unperformed_at_max="keep",
        priority=35,
        valid_from=date(2026, 6, 1),
        valid_until=date(2026, 12, 31),
        basis="示例：主管部门的规定",
    )
    kept = under("R3", penalty("没收违法所得", domain="安全生产"))
    assert kept.waits
    assert "示例：主管部门的规定" in "".join(kept.explained)
    late = penalty("没收违法所得", domain="安全生产", performed_on=date(2028, 1, 5))
    assert (under("R3", late).ends_on, under("R3", late).waits) == (date(2028, 1, 5), False)
    assert not under("R3", penalty("没收违法所得", domain="消防")).waits
    for day in (date(2026, 5, 31), date(2027, 1, 1)):
        assert not under("R3", penalty("没收违法所得", domain="安全生产"), on=day).waits


def permit(**more):
    return Facts(kind="permit", subject_kind="legal", decided_on=date(2026, 11, 2), **more)


def test_permits_end_with_their_validity():
    result = evaluate(permit(valid_until=date(2031, 11, 1)), book(), on=NOW, published_on=NOW)
    assert (result.ends_on, result.earliest_repair_on) == (date(2031, 11, 1), None)


def test_a_permit_without_end_has_no_end():
    """Trap 27."""
    result = evaluate(permit(valid_until=date(2099, 12, 31)), book(), on=NOW, published_on=NOW)
    assert result.ends_on is None
    assert "长期" in "".join(result.explained)


def test_a_permit_for_a_day_is_shown_for_three_months():
    result = evaluate(permit(valid_until=date(2026, 11, 3)), book(), on=NOW, published_on=NOW)
    assert result.ends_on == date(2027, 2, 2)


def test_an_enforcement_measure_ends_when_it_is_lifted():
    facts = Facts(
        kind="act-enforcement", subject_kind="legal", decided_on=date(2026, 11, 2), lifted_on=date(2026, 12, 1)
    )
    assert evaluate(facts, book(), on=NOW, published_on=NOW).ends_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    "kind",
    ["enforcement", "confirmation", "levy", "payment", "adjudication", "compensation", "award", "inspection"],
)
def test_every_act_has_a_period(kind):
    facts = Facts(kind=f"act-{kind}", subject_kind="legal", decided_on=date(2026, 11, 2))
    result = evaluate(facts, book(), on=NOW, published_on=NOW)
    assert result.rule_set == "P1"
    assert result.ends_on > NOW


def test_the_explanation_names_rule_set_class_article_start_and_months():
    lines = "".join(under("R3", penalty("没收违法所得")).explained)
    for part in (
        "R3",
        "一般失信",
        "国办发〔2025〕22号",
        "决定之日2026年11月2日",
        "最长公示12个月",
        "期满自动停止公示",
        "2027年2月3日起可申请修复",
    ):
        assert part in lines


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (penalty("罚款", stated="一般", not_public="涉及国家秘密"), "国家秘密"),
        (penalty("罚款", stated="一般", catalogue_public=False), "公开属性"),
        (penalty("罚款", stated="一般", visibility="政务共享"), "政务共享"),
        (permit(valid_until=date(2031, 11, 1), state="2"), "无效"),
        (permit(valid_until=date(2026, 1, 1)), ""),
        (penalty("没收违法所得"), ""),
    ],
)
def test_who_is_shown(facts, why):
    period = evaluate(facts, book(), on=NOW, published_on=NOW)
    reason = exemption(facts, period, on=NOW)
    assert why in reason
    assert bool(reason) == bool(why)


def test_kinds_are_read_as_they_come():
    assert kinds_of("警告;罚款；其他-责令改正") == ("警告", "罚款", "其他")
    assert kinds_of(None) == ()


def test_every_rule_set_says_how_sure_it_is():
    assert RuleSet.objects.exclude(certainty="").count() == RuleSet.objects.count() == 7


def test_without_a_rule_set_nothing_is_invented():
    result = evaluate(penalty("罚款"), Book(), on=NOW, published_on=NOW)
    assert (result.ends_on, result.rule_set, result.findings) == (None, "", ())


def test_a_rule_set_without_classes_for_a_kind_does_not_govern_it():
    empty = RuleSetValue(code="X", name="x", basis="x", valid_from=date(2020, 1, 1))
    assert rule_set_for([empty], "penalty", NOW) is None


LIMITS = (
    Threshold(domain="", subject_kind="", severity="一般", amount_wan=Decimal("0.5"), valid_from=date(2020, 1, 1)),
    Threshold(domain="食品", subject_kind="", severity="严重", amount_wan=Decimal("5"), valid_from=date(2020, 1, 1)),
    Threshold(domain="", subject_kind="legal", severity="严重", amount_wan=Decimal("50"), valid_from=date(2026, 6, 1)),
)
FINES = (
    "0",
    "0.0001",
    "0.02",
    "0.020001",
    "0.3",
    "0.300001",
    "0.31",
    "0.4999",
    "0.5",
    "0.50",
    "4.9999",
    "5",
    "5.0001",
    "50",
    "1000",
    "",
    "无",
    "-1",
)


@pytest.mark.parametrize("limits", [(), LIMITS[:1], LIMITS])
@pytest.mark.parametrize("fine", FINES)
def test_fines_on_one_step_are_of_one_class(fine, limits):
    """`step_of` lets a thousand fines be judged as a few: no rule may see a difference."""
    most = book().limits
    stepped = step_of(fine, limits, most)
    for rule_set in book().rule_sets:
        for more in ({}, {"domain": "食品"}, {"procedure": "简易程序"}, {"stated": "轻微"}):
            for kinds in (("罚款",), ("罚款", "警告"), ("警告",)):
                asked = [penalty(*kinds, fine_wan=amount_of(text), **more) for text in (fine, stepped)]
                found = [classify(rule_set, each, limits, on=NOW, limits=most) for each in asked]
                assert found[0] == found[1]


def test_steps_tell_apart_what_the_thresholds_do():
    assert [step_of(fine, LIMITS) for fine in ("0.1", "0.5", "4", "7", "80")] == ["0", "0.5", "0.5", "5", "50"]
