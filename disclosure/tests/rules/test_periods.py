"""Until when a decision is shown and from when repair may be asked for, to the day."""

from dataclasses import replace
from datetime import date

import pytest

from disclosure import kinds
from disclosure.rules.periods import (
    MORE_FAVOURABLE,
    PeriodResult,
    application_on,
    beside,
    evaluate,
    may_apply,
    more_favourable,
    period_of,
    period_under,
)
from disclosure.tests.rules.rule_sets import DECIDED, GRAVE, LIGHT, PLAIN, SHOWN, START, book, penalty, rule_set
from tests.days import ONE, around

END = date(2027, 5, 20)
FIRST = date(2026, 8, 21)
LONG = date(2099, 12, 31)


def period(rule=PLAIN, facts=None, *, published_on=SHOWN, **more):
    """One that starts with the document, unless said otherwise."""
    return period_of(
        rule_set(rule, period_start="decision"), rule, facts or penalty("没收", **more), published_on=published_on
    )


def test_from_the_document_to_the_same_day_after_the_months():
    found = period()
    assert (found.starts_on, found.ends_on, found.earliest_repair_on) == (DECIDED, END, FIRST)
    assert "自决定之日2026年5月20日起算，当日不计入。" in found.explained
    assert "最长公示12个月：截至2027年5月20日（含当日，遇休息日不顺延），期满自动停止公示。" in found.explained
    assert (found.published, found.waits, found.rule_set, found.severity) == (True, False, "R3", "一般")


def test_from_the_publication_where_the_rule_set_or_the_class_says_so():
    by_set = period_of(rule_set(PLAIN), PLAIN, penalty("没收"), published_on=SHOWN)
    by_class = period(replace(PLAIN, start_kind="publication"))
    for found in (by_set, by_class):
        assert (found.starts_on, found.ends_on) == (SHOWN, date(2027, 5, 28))
        assert "自公示之日2026年5月28日起算，当日不计入。" in found.explained
    with pytest.raises(ValueError, match="needs its day"):
        period_of(rule_set(PLAIN), PLAIN, penalty("没收"), published_on=None)
    assert period(published_on=None).ends_on == END, "one that starts with the document need not know"


def test_what_is_not_shown_has_a_reason_and_no_day():
    found = period(LIGHT)
    assert (found.published, found.starts_on, found.ends_on, found.earliest_repair_on) == (False, None, None, None)
    assert found.reason == "属“轻微”，按甲规定第一条归集但不公示。"
    assert found.explained == (
        "适用规则：R3 甲规定（甲规定全文）。",
        "类别：轻微（按信息种类确定），依据甲规定第一条。",
        found.reason,
    )


@pytest.fixture
def lists(monkeypatch):
    """A kind as its owner would tell it: its publication may end early, and its last day is kept though it is not shown."""
    monkeypatch.setitem(
        kinds._kinds, "sample-list", kinds.Kind(code="sample-list", label="示例名单", repairable=True, keeps_term=True)
    )


def test_an_entry_on_a_list_that_is_not_shown_has_its_term_all_the_same(lists):
    entry = replace(penalty(), kind="sample-list")
    hidden = replace(LIGHT, kind="sample-list", max_months=36)
    assert period(hidden, entry).ends_on == date(2029, 5, 20)
    assert period_of(rule_set(hidden), hidden, entry, published_on=None).ends_on is None
    assert period(replace(LIGHT, max_months=36)).ends_on is None, "a penalty has none"


def test_a_class_without_a_maximum_has_no_end():
    found = period(replace(PLAIN, max_months=None))
    assert (found.ends_on, found.earliest_repair_on) == (None, FIRST)
    assert "本类信息未规定最长公示期。" in found.explained


@pytest.mark.parametrize(
    ("until", "ends"), [(END - ONE, END), (END, END), (END + ONE, END + ONE), (date(2030, 1, 1), date(2030, 1, 1))]
)
def test_a_ban_that_is_longer_than_the_maximum_prolongs_it(until, ends):
    ban = replace(PLAIN, end_kind="ban")
    assert period(ban, attached_until=until).ends_on == ends
    assert period(PLAIN, attached_until=until).ends_on == END, "only where the class says so"
    assert any("决定附带期限长于12个月" in line for line in period(ban, attached_until=until).explained) is (
        until > END
    )


class TestValidity:
    RULE = replace(PLAIN, kind="permit", end_kind="validity", max_months=None, min_months=None)

    def of(self, rule=RULE, **more):
        return period(rule, replace(penalty(**more), kind="permit"))

    def test_through_the_last_day_of_validity(self):
        found = self.of(valid_until=END)
        assert found.ends_on == END
        assert "公示至有效期届满日2027年5月20日（含当日）。" in found.explained
        assert found.earliest_repair_on is None, "there is nothing to repair"

    @pytest.mark.parametrize(("until", "told"), [(END - ONE, True), (END, False), (END + ONE, False)])
    def test_at_least_some_months_from_the_decision(self, until, told):
        found = self.of(replace(self.RULE, min_months=12), valid_until=until)
        assert found.ends_on == max(until, END)
        assert any("至少公示12个月，即至2027年5月20日" in line for line in found.explained) is told

    def test_long_term_has_no_end(self):
        assert around(LONG, lambda day: self.of(valid_until=day).ends_on) == (LONG - ONE, None, None)

    def test_a_measure_that_was_lifted_ends_on_that_day(self):
        lifted = self.of(valid_until=END, lifted_on=SHOWN)
        assert lifted.ends_on == SHOWN
        assert "强制措施于2026年5月28日解除，公示至当日。" in lifted.explained
        assert period(PLAIN, lifted_on=SHOWN).ends_on == END, "a class with a maximum does not ask"

    def test_without_a_validity_the_maximum_holds(self):
        assert self.of(replace(self.RULE, max_months=12)).ends_on == END


class TestFirstApplication:
    def test_the_day_after_the_minimum(self):
        assert period().earliest_repair_on == FIRST
        line = next(line for line in period().explained if "起可申请修复" in line)
        assert line == "最短公示3个月：义务履行完毕、行为纠正的，2026年8月21日起可申请修复。"

    def test_without_a_minimum_from_the_day_shown(self):
        found = period(replace(PLAIN, min_months=None))
        assert found.earliest_repair_on == SHOWN
        assert any(line.startswith("无最短公示期：") for line in found.explained)
        assert period(replace(PLAIN, min_months=None), published_on=None).earliest_repair_on == DECIDED

    @pytest.mark.parametrize(("day", "first"), [(FIRST - ONE, FIRST), (FIRST, FIRST), (FIRST + ONE, FIRST + ONE)])
    def test_never_before_it_is_shown_nor_before_the_duty_is_done(self, day, first):
        assert period(published_on=day).earliest_repair_on == first
        assert period(performed_on=day).earliest_repair_on == first

    @pytest.mark.parametrize(
        ("until", "first"),
        [(FIRST - ONE, FIRST), (FIRST, FIRST + ONE), (FIRST + ONE, FIRST + 2 * ONE), (END - ONE, END)],
    )
    def test_not_while_an_attached_measure_runs(self, until, first):
        assert period(attached_until=until).earliest_repair_on == first
        if until >= FIRST:
            assert any(line.startswith("决定附带期限至") for line in period(attached_until=until).explained)

    @pytest.mark.parametrize("until", [END, END + ONE, LONG])
    def test_none_where_the_measure_outlasts_the_period(self, until):
        found = period(attached_until=until)
        assert found.earliest_repair_on is None
        assert "决定附带期限不早于公示期届满，不得提前终止公示。" in found.explained

    def test_none_for_a_measure_without_an_end_where_the_period_has_none(self):
        endless = replace(PLAIN, max_months=None)
        assert around(LONG, lambda day: period(endless, attached_until=day).earliest_repair_on) == (LONG, None, None)

    @pytest.mark.parametrize(("day", "first"), [(END - ONE, END - ONE), (END, END), (END + ONE, None)])
    def test_through_the_last_day_shown_and_no_longer(self, day, first):
        found = period(performed_on=day)
        assert found.earliest_repair_on == first
        assert ("公示期届满前不具备申请修复的条件，期满自动停止公示。" in found.explained) is (first is None)

    def test_a_class_without_repair(self):
        found = period(replace(PLAIN, repairable=False))
        assert found.earliest_repair_on is None
        assert "本类别不得提前终止公示，公示至最长期限届满。" in found.explained

    def test_a_minimum_that_runs_from_the_performance(self):
        rule = replace(PLAIN, min_from="performed")
        assert period(rule).earliest_repair_on is None
        assert "自纠正之日起满3个月后可申请修复；尚未登记纠正情况。" in period(rule).explained
        assert period(rule, performed_on=date(2026, 6, 1)).earliest_repair_on == date(2026, 9, 2)
        assert any("满0个月后" in line for line in period(replace(rule, min_months=None)).explained)

    def test_an_entry_on_a_list_is_repaired_too_and_an_award_is_not(self, lists):
        for kind, first in (("sample-list", FIRST), ("act-award", None)):
            rule = replace(PLAIN, kind=kind)
            assert period(rule, replace(penalty(), kind=kind)).earliest_repair_on == first

    def test_an_application_needs_the_duty_performed(self):
        found = period()
        assert application_on(found, performed_on=None) is None
        assert application_on(found, performed_on=FIRST - ONE) == FIRST
        assert application_on(found, performed_on=FIRST + ONE) == FIRST + ONE
        assert application_on(replace(found, earliest_repair_on=None), performed_on=DECIDED) is None

    def test_from_the_first_day_through_the_last(self):
        def may(day):
            return may_apply(period(), performed_on=DECIDED, on=day)

        assert around(FIRST, may) == (False, True, True)
        assert around(END, may) == (True, True, False)
        assert may_apply(replace(period(), ends_on=None), performed_on=DECIDED, on=date(2040, 1, 1))
        assert not may_apply(period(), performed_on=None, on=END)


class TestKeptWhileUnperformed:
    RULE = replace(PLAIN, unperformed_at_max="keep")

    @pytest.mark.parametrize(("performed", "ends"), [(END - ONE, END), (END, END), (END + ONE, END + ONE)])
    def test_ends_with_the_performance_when_that_comes_later(self, performed, ends):
        found = period(self.RULE, performed_on=performed)
        assert (found.ends_on, found.waits) == (ends, False)
        assert any(line.endswith("履行、纠正完毕，期满即止。") for line in found.explained)

    def test_waits_until_it_is_performed(self):
        found = period(self.RULE)
        assert (found.ends_on, found.waits) == (END, True)
        assert any("尚未登记履行情况" in line for line in found.explained)

    def test_only_penalties_with_an_end_wait(self, lists):
        assert not period(replace(self.RULE, max_months=None)).waits
        assert not period(self.RULE, replace(penalty(), kind="sample-list")).waits
        assert not any("履行" in line for line in period(PLAIN).explained if "起可申请修复" not in line)


def test_the_class_is_explained_with_its_source():
    facts = penalty("没收")
    rules = rule_set(PLAIN)
    by_kind = period_of(rules, PLAIN, facts, published_on=SHOWN, source="处罚类别")
    assert by_kind.explained[:2] == (
        "适用规则：R3 甲规定（甲规定全文）。",
        "类别：一般（按处罚类别确定），依据甲规定第三条。",
    )
    without = (
        period_of(rules, PLAIN, facts, published_on=SHOWN),
        period_of(rules, replace(PLAIN, severity=""), facts, published_on=SHOWN, source="处罚类别"),
    )
    assert all(found.explained[1].startswith("类别：一般（按信息种类确定）") for found in without)


class TestTransition:
    """A decision under R2 that is evaluated under R3."""

    OLD = date(2026, 3, 31)

    def of(self, old_rule, *, new_rule=PLAIN, facts=None, favourable=True, on=SHOWN):
        old = rule_set(old_rule, code="R2", valid_from=date(2023, 5, 1), period_start="decision")
        new = rule_set(new_rule, code="R3", period_start="decision")
        return evaluate(
            facts or penalty("没收", decided_on=self.OLD),
            book(old, new, more_favourable=favourable),
            on=on,
            published_on=SHOWN,
        )

    def test_is_switched_on(self):
        assert MORE_FAVOURABLE is True

    @pytest.mark.parametrize(("months", "code"), [(11, "R2"), (12, "R3"), (13, "R3")])
    def test_the_earlier_end_holds_the_present_one_when_equal(self, months, code):
        assert self.of(replace(PLAIN, max_months=months)).rule_set == code

    @pytest.mark.parametrize(("months", "code"), [(2, "R2"), (3, "R3"), (4, "R3")])
    def test_of_equal_ends_the_earlier_repair(self, months, code):
        assert self.of(replace(PLAIN, min_months=months)).rule_set == code

    def test_not_shown_is_better_than_any_end(self):
        hidden = replace(PLAIN, published=False)
        assert self.of(hidden).rule_set == "R2"
        assert self.of(PLAIN, new_rule=hidden).rule_set == "R3"

    def test_an_end_is_better_than_none_and_repair_better_than_none(self):
        assert self.of(PLAIN, new_rule=replace(PLAIN, max_months=None)).rule_set == "R2"
        assert self.of(PLAIN, new_rule=replace(PLAIN, repairable=False)).rule_set == "R2"
        assert self.of(replace(PLAIN, repairable=False)).rule_set == "R3"

    def test_the_comparison_is_told(self):
        assert len(self.of(PLAIN).explained) == 6, "the lines of the period, and the comparison"
        assert self.of(replace(PLAIN, max_months=6)).explained[-1] == (
            "决定时施行的规则对当事人更为有利，按从旧兼从轻适用R2（现行为R3）。"
        )
        assert self.of(PLAIN).explained[-1] == "与决定时施行的R2比较，现行规则R3不重于原规则，适用现行规则。"

    def test_the_day_of_decision_says_which_rule_set_is_compared(self):
        def rules(day):
            return self.of(replace(PLAIN, max_months=6), facts=penalty("没收", decided_on=day)).rule_set

        assert around(START, rules) == ("R2", "R3", "R3")

    def test_without_the_switch_or_without_a_class_nothing_is_compared(self):
        shorter = replace(PLAIN, max_months=6)
        assert self.of(shorter, favourable=False).rule_set == "R3"
        asked = self.of(shorter, new_rule=GRAVE)
        assert (asked.asks, asked.rule_set) == (True, "R3")
        assert self.of(GRAVE).rule_set == "R3", "what the former rule set would have to ask is no answer"

    def test_without_a_rule_set_in_force_nothing_is_known(self):
        found = evaluate(penalty("没收"), book(), on=date(2026, 3, 31), published_on=SHOWN)
        assert found == PeriodResult(explained=("2026年3月31日无适用的公示期规则，公示期未定。",))

    def test_the_one_in_force_on_both_days_is_not_compared_with_itself(self):
        found = evaluate(penalty("没收"), book(rule_set(PLAIN)), on=SHOWN, published_on=SHOWN)
        assert not any("比较" in line for line in found.explained)

    def test_equal_burdens_leave_the_present(self):
        same = PeriodResult(rule_set="R2"), PeriodResult(rule_set="R3")
        assert more_favourable(*same).rule_set == "R3"


def test_what_a_period_is_unless_said_otherwise():
    plain = PeriodResult()
    assert (plain.published, plain.waits, plain.asks, plain.ends_on) == (True, False, False, None)


def test_a_missing_class_asks_and_no_rule_at_all_does_not():
    asked = period_under(rule_set(), penalty("罚款"), book(), on=SHOWN, published_on=SHOWN)
    assert (asked.asks, asked.ends_on, asked.explained) == (True, None, ("适用规则：R3 甲规定（甲规定全文）。",))
    nothing = period_under(rule_set(), replace(penalty(), kind="permit"), book(), on=SHOWN, published_on=SHOWN)
    assert (nothing.asks, nothing.findings) == (False, ())


def test_what_would_be_over_in_its_own_class_too_is_made_lighter_by_nobody():
    rules = rule_set(period_start="decision")

    def claim(day):
        return period_under(rules, penalty("没收", stated="轻微"), book(rules), on=day, published_on=SHOWN).lowered

    before, last, after = around(END, claim)
    assert (before is not None, last is not None, after) == (True, True, None)
    endless = rule_set(LIGHT, replace(PLAIN, max_months=None))
    found = period_under(
        endless, penalty("没收", stated="轻微"), book(endless), on=date(2040, 1, 1), published_on=SHOWN
    )
    assert found.lowered is not None


class TestOtherChannel:
    MARKET = rule_set(PLAIN, code="R4b", channel="market", organ_word="市场监督", valid_from=SHOWN)

    def test_told_of_the_authorities_of_that_system_only(self):
        rules = book(self.MARKET)
        told = beside(penalty("没收"), rules, authority="哈尔滨市市场监督管理局", published_on=SHOWN)
        assert (told.rule_set, told.ends_on) == ("R4b", date(2027, 5, 28))
        assert beside(penalty("没收"), rules, authority="哈尔滨市生态环境局", published_on=SHOWN) is None

    def test_from_the_day_on_which_its_rules_hold_and_only_of_a_known_class(self):
        rules = book(self.MARKET)

        def told(day):
            return beside(penalty("没收"), rules, authority="市场监督管理局", published_on=day) is not None

        assert around(SHOWN, told) == (False, True, True)
        assert beside(penalty("罚款"), rules, authority="市场监督管理局", published_on=SHOWN) is None
