"""Days of commitments: reviews, missing documents, breaches, measures and bars, on the day before, the day and the day after."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from commitments.availability.rules import Availability, Barring, answer
from commitments.breaches.rules import ARTICLE, NOTE_WITHIN, Promise, Source, may_open, notice_text
from commitments.lists.rules.measures import MeasureFacts, against, bar, fits, until
from commitments.reviews.rules import cycles, days
from commitments.reviews.rules.cycles import Cycle, first_days
from commitments.reviews.rules.days import after, completion, is_entered, next_review, public_word
from commitments.rules.kinds import BreachKind, CommitmentType, MeasureKind, Unit
from commitments.rules.states import FULFILMENT_LABELS, Fulfilment
from credit_platform.workdays.rules import Calendar
from tests.days import ONE, around

WEEKS = Calendar({}, frozenset({2026}))
"""2026 without holidays: Saturdays and Sundays alone are free."""
MONDAY = date(2026, 6, 1)
F = Fulfilment


def rules(findings):
    return [each.rule for each in findings]


class TestPeriods:
    def test_the_parameters(self):
        assert (days.OPEN_AHEAD, days.SOON, days.TO_HEAD_AFTER, days.TO_OFFICE_AFTER) == (10, 5, 3, 10)
        assert (days.RANDOM_WITHIN, days.AGAIN_WITHIN, NOTE_WITHIN) == (20, 20, 3)
        assert cycles.DEFAULT_FIRST == (60, Unit.WORKDAY)

    @pytest.mark.parametrize(
        ("count", "unit", "on"),
        [
            (1, Unit.WORKDAY, date(2026, 6, 2)),
            (5, Unit.WORKDAY, date(2026, 6, 8)),
            (4, Unit.DAY, date(2026, 6, 5)),
            (5, Unit.DAY, date(2026, 6, 8)),
            (6, Unit.DAY, date(2026, 6, 8)),
            (7, Unit.DAY, date(2026, 6, 8)),
            (8, Unit.DAY, date(2026, 6, 9)),
            (1, Unit.MONTH, date(2026, 7, 1)),
            (2, Unit.MONTH, date(2026, 8, 3)),
        ],
    )
    def test_a_period_in_days_or_months_is_rolled_over_the_weekend(self, count, unit, on):
        found = after(MONDAY, count, unit, WEEKS)
        assert (found.on, found.provisional) == (on, False)

    def test_the_rolling_is_told_and_only_then(self):
        assert after(MONDAY, 5, Unit.DAY, WEEKS).lines == (
            "自2026年6月1日次日起计算5日，至2026年6月6日。",
            "2026年6月6日为休息日（周末休息），顺延至2026年6月8日（《民法典》第二百零三条）。",
        )
        assert after(MONDAY, 1, Unit.MONTH, WEEKS).lines == ("自2026年6月1日次日起计算1个月，至2026年7月1日。",)

    def test_a_year_without_notice_is_provisional(self):
        assert after(date(2026, 12, 1), 2, Unit.MONTH, WEEKS).provisional
        assert after(date(2026, 12, 31), 1, Unit.WORKDAY, WEEKS).provisional


class TestNextReview:
    def of(self, outcome=F.PERFORMING, every=1, unit=Unit.MONTH, **more):
        return next_review(outcome, on=MONDAY, every=every, unit=unit, calendar=WEEKS, **more)

    @pytest.mark.parametrize("outcome", [F.FULFILLED, F.UNFULFILLED])
    def test_what_is_settled_is_not_looked_at_again(self, outcome):
        assert (self.of(outcome).on, self.of(outcome).provisional) == (None, False)
        assert FULFILMENT_LABELS[outcome] in self.of(outcome).lines[0]

    def test_what_could_not_be_verified_is_looked_at_within_twenty_working_days(self):
        found = self.of(F.UNVERIFIABLE, every=None)
        assert (found.on, found.provisional) == (date(2026, 6, 29), False)
        assert found.lines == ("无法核实的，另行核查。", *WEEKS.deadline(MONDAY, 20).explain())
        late = next_review(F.UNVERIFIABLE, on=date(2026, 12, 30), every=None, unit=Unit.DAY, calendar=WEEKS)
        assert late.provisional

    @pytest.mark.parametrize("outcome", [F.PERFORMING, F.PARTLY])
    def test_others_by_the_interval_of_the_entry(self, outcome):
        assert self.of(outcome).on == date(2026, 7, 1)
        once = self.of(outcome, every=None)
        assert (once.on, once.provisional) == (None, False)
        assert "只规定首次复核" in self.of(outcome, every=None).lines[0]

    def test_nothing_is_due_after_the_commitment_has_ended(self):
        due = date(2026, 7, 1)
        assert around(due, lambda day: self.of(valid_until=day).on) == (None, due, due)
        ended = self.of(valid_until=due - ONE)
        assert not ended.provisional
        assert ended.lines[-1] == "承诺有效期至2026年6月30日，早于下次复核日2026年7月1日，不再安排。"
        assert ended.lines[0].startswith("自2026年6月1日")


class TestFirstDays:
    def of(self, cycle=Cycle(first=10), valid_until=None, kind=CommitmentType.APPROVAL, stated=None, made_on=MONDAY):  # noqa: B008
        return first_days(
            cycle,
            made_on=made_on,
            valid_until=valid_until,
            commitment_type=kind,
            shortfall_stated=stated,
            calendar=WEEKS,
        )

    def test_the_first_review_by_the_entry_else_after_sixty_working_days(self):
        assert self.of().review_on == date(2026, 6, 15)
        assert self.of(Cycle()).review_on == date(2026, 8, 24)
        assert (self.of().kind, self.of().provisional, self.of().shortfall_on) == ("first", False, None)

    def test_a_letter_that_ends_before_is_looked_at_at_its_end(self):
        due = date(2026, 6, 15)
        ends = around(due, lambda day: self.of(valid_until=day).review_on)
        assert ends == (due, due, due), "the day before is a Sunday, and rolled to the same Monday"
        assert self.of(valid_until=date(2026, 6, 12)).review_on == date(2026, 6, 12)
        assert self.of(Cycle(first=40), valid_until=date(2026, 6, 13), made_on=MONDAY).review_on == date(2026, 6, 15)

    def test_an_end_in_a_year_without_notice_is_provisional(self):
        found = self.of(Cycle(first=60), made_on=date(2026, 12, 1), valid_until=date(2027, 1, 5))
        assert (found.review_on, found.provisional) == (date(2027, 1, 5), True)
        near = self.of(Cycle(first=60), made_on=date(2026, 12, 1), valid_until=date(2026, 12, 31))
        assert (near.review_on, near.provisional) == (date(2026, 12, 31), False)

    def test_missing_documents_by_the_stated_day_else_by_the_entry(self):
        cycle = Cycle(first=10, shortfall=5)
        assert self.of(cycle).shortfall_on is None, "only a letter of that type"
        assert self.of(cycle, kind=CommitmentType.SHORTFALL).shortfall_on == date(2026, 6, 8)
        assert self.of(cycle, kind=CommitmentType.SHORTFALL, stated=date(2026, 6, 3)).shortfall_on == date(2026, 6, 3)
        assert self.of(Cycle(first=10), kind=CommitmentType.SHORTFALL).shortfall_on is None
        by_day = Cycle(first=10, shortfall=5, shortfall_unit=Unit.DAY)
        assert self.of(by_day, kind=CommitmentType.SHORTFALL, made_on=date(2026, 6, 2)).shortfall_on == date(2026, 6, 8)


class TestCompletion:
    MADE, TODAY = date(2026, 6, 1), date(2026, 6, 30)

    def of(self, outcome=F.FULFILLED, method="实地核查", finding="", on=TODAY):
        return rules(completion(outcome, method=method, finding=finding, made_on=self.MADE, on=on, today=self.TODAY))

    def test_between_the_commitment_and_today(self):
        assert around(self.MADE, lambda day: self.of(on=day)) == (["review.day"], [], [])
        assert around(self.TODAY, lambda day: self.of(on=day)) == ([], [], ["review.day"])

    def test_the_facts_whenever_something_is_missing(self):
        assert self.of(method=" ") == ["review.method"]
        silent = {outcome for outcome in set(F) - {F.WITHDRAWN} if not self.of(outcome)}
        assert silent == {F.FULFILLED, F.PERFORMING}
        assert self.of(F.PARTLY, finding=" ") == ["review.finding"]
        assert self.of(F.PARTLY, finding="少两台设备") == []


def test_nothing_adverse_is_public_before_a_breach_was_decided():
    hidden = {each for each in F if public_word(each, decided=False) != FULFILMENT_LABELS[each]}
    assert hidden == {F.UNFULFILLED, F.PARTLY}
    assert public_word(F.PARTLY, decided=False) == "复核处理中"
    assert [public_word(each, decided=True) for each in F] == [FULFILMENT_LABELS[each] for each in F]


def test_which_outcomes_are_entered():
    always = {each for each in F if is_entered(each, each)}
    assert always == {F.FULFILLED, F.PARTLY, F.UNFULFILLED, F.UNVERIFIABLE}
    assert is_entered(F.PERFORMING, F.PARTLY)


class TestBreach:
    DUE = date(2026, 6, 30)

    def of(self, promise, kind=BreachKind.UNFULFILLED, source=Source.DESK, facts="未开业", on=DUE):
        return rules(may_open(promise, kind=kind, source=source, facts=facts, on=on))

    def test_what_is_not_yet_due_is_no_breach(self):
        waits = Promise(MONDAY, self.DUE)
        early = ["breach.not-yet-due"]
        assert around(self.DUE, lambda day: self.of(waits, on=day)) == (early, early, [])
        assert self.of(waits, kind=BreachKind.FALSE) == [], "a false commitment was false from the start"
        assert self.of(Promise(MONDAY, self.DUE, self.DUE)) == [], "the documents have come"

    def test_without_missing_documents_there_is_no_breach_by_them(self):
        for promise in (Promise(MONDAY), Promise(MONDAY, self.DUE, self.DUE)):
            assert self.of(promise, source=Source.SHORTFALL) == ["breach.no-shortfall"]
        assert self.of(Promise(MONDAY, self.DUE), source=Source.SHORTFALL, on=self.DUE + ONE) == []

    def test_not_before_the_commitment_and_not_without_facts(self):
        assert around(MONDAY, lambda day: self.of(Promise(MONDAY), on=day)) == (["breach.day"], [], [])
        assert self.of(Promise(MONDAY), facts=" ") == ["breach.facts"]

    def test_the_notice_has_facts_basis_measures_and_the_right_to_respond(self):
        given = {
            "subject": "示例公司",
            "person": False,
            "promise": "甲",
            "made_on": MONDAY,
            "kind": "虚假承诺",
            "facts": " 乙 ",
            "basis": " ",
        }
        text = notice_text(**given, measures=[])
        assert text.splitlines()[:4] == [
            "示例公司：",
            "你单位于2026年6月1日就“甲”作出信用承诺。经核查，发现存在下列情形，拟认定为虚假承诺：",
            "乙",
            f"依据：{ARTICLE}。",
        ]
        assert "拟采取的措施：记入信用记录。" in text
        assert "5个工作日内" in text
        other = notice_text(**(given | {"person": True, "basis": "丙"}), measures=["丁", "戊"], days=7)
        assert "依据：丙。\n拟采取的措施：丁；戊。\n你对上述" in other
        assert "7个工作日内" in other


class TestMeasures:
    FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
    BAR = MeasureFacts("C3", "不再适用", MeasureKind.BAR, 12, True, True, FIRST, LAST)

    def test_from_the_first_day_through_the_last(self):
        def asked(day):
            return fits(self.BAR, BreachKind.FALSE, day)

        assert around(self.FIRST, asked) == (False, True, True)
        assert around(self.LAST, asked) == (True, True, False)
        assert fits(replace(self.BAR, valid_until=None), BreachKind.FALSE, date(2099, 1, 1))

    def test_after_the_kind_of_breach_that_it_is_for(self):
        only_false = replace(self.BAR, after_unfulfilled=False)
        assert [fits(only_false, kind, MONDAY) for kind in (BreachKind.FALSE, BreachKind.UNFULFILLED)] == [True, False]
        never_false = replace(self.BAR, after_false=False)
        assert [fits(never_false, kind, MONDAY) for kind in (BreachKind.FALSE, BreachKind.UNFULFILLED)] == [False, True]

    @pytest.mark.parametrize(
        ("listed", "announced", "on", "found"),
        [
            (["C3"], ["C3"], MONDAY, []),
            ([], ["C3"], MONDAY, ["measure.not-listed"]),
            (["C3"], [], MONDAY, ["measure.not-told"]),
            (["C3"], ["C3"], LAST + ONE, ["measure.not-fitting"]),
            ([], [], LAST + ONE, ["measure.not-listed"]),
        ],
    )
    def test_what_stands_against_a_measure(self, listed, announced, on, found):
        assert rules(against([self.BAR], listed=listed, announced=announced, kind=BreachKind.FALSE, on=on)) == found

    def test_the_longest_bar_counts_from_the_day_after_the_decision(self):
        short = replace(self.BAR, code="C2", name="短期不再适用", months=6)
        found = bar([short, self.BAR], MONDAY)
        assert found.until == date(2027, 6, 1)
        assert found.line.startswith("“不再适用”期限12个月，自决定之日（2026年6月1日）次日起计算，至2027年6月1日止")
        assert bar([replace(self.BAR, kind=MeasureKind.RECTIFY)], MONDAY) is None
        assert bar([replace(self.BAR, months=None)], MONDAY) is None
        assert until(self.BAR, date(2026, 2, 28)) == date(2027, 2, 28)
        assert until(replace(self.BAR, months=None), MONDAY) is None

    def test_available_again_the_day_after_the_last(self):
        barring = Barring("违诺〔2026〕000001号", "虚假承诺", "示诺决〔2026〕1号", MONDAY, self.LAST, "")
        told = answer(listed=True, letters_asked=True, bar=barring)
        assert (told.available, told.until, told.basis, told.case_number) == (
            False,
            self.LAST,
            "国办发〔2020〕42号",
            barring.number,
        )
        assert told.reason == (
            "不适用告知承诺至2026年12月31日，自2027年1月1日起可以适用。原因：2026年6月1日被认定虚假承诺（示诺决〔2026〕1号）。"
        )
        assert answer(listed=True, letters_asked=True, bar=replace(barring, basis="示例办法")).basis == "示例办法"
        assert answer(listed=True, letters_asked=False, bar=barring) == Availability(True, reason="可以适用告知承诺。")
        assert answer(listed=True, letters_asked=True, bar=None).basis == "国办发〔2020〕42号"
        assert not answer(listed=False, letters_asked=True, bar=None).available


def test_a_day_before_every_period_is_no_day_of_it():
    """The day on which something happens is day nought."""
    assert after(MONDAY, 1, Unit.DAY, WEEKS).on == MONDAY + timedelta(days=1)
