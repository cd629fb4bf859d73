"""Who and what is not public, and what one person's word about it needs."""

from dataclasses import replace
from datetime import date

import pytest

from credit_platform.errors import Finding, Level
from disclosure.own_kinds import ACTS, HONOURS, PERMIT
from disclosure.rules.claims import BARRED, claim_of, is_over
from disclosure.rules.periods import PeriodResult
from disclosure.rules.values import Claim
from disclosure.rules.who_is_shown import by_rule, by_the_record, exemption
from disclosure.tests.rules.rule_sets import penalty
from tests.days import ONE, around

LAST = date(2027, 5, 20)
SHOWN = PeriodResult(rule_set="R3", ends_on=LAST)
PLAIN = penalty("没收")


def test_what_everybody_may_see():
    assert exemption(PLAIN, SHOWN, on=LAST) == ""


@pytest.mark.parametrize("visibility", ["", "社会公开", "public"])
def test_the_words_for_public(visibility):
    assert by_the_record(replace(PLAIN, visibility=visibility)) == ""


def test_what_is_shared_among_authorities_only_is_not_shown():
    hidden = replace(PLAIN, visibility="政务共享")
    assert by_the_record(hidden) == "报送单位注明公开属性为“政务共享”，不对外公示。"
    assert by_rule(hidden) == "", "somebody said it; no rule does"
    assert exemption(hidden, SHOWN, on=LAST) == by_the_record(hidden)


def test_what_is_not_public_by_law():
    secret = replace(PLAIN, not_public="商业秘密")
    assert (by_rule(secret), by_the_record(secret)) == ("", "依法不予公开：商业秘密")
    minor = replace(PLAIN, not_public="未成年人违法")
    assert by_rule(minor) == "依法不予公开：未成年人违法", "the date of birth says it, nobody's word"
    assert by_rule(replace(PLAIN, catalogue_public=False)).startswith("目录规定")


def test_natural_persons():
    assert by_rule(replace(PLAIN, subject_kind="person")).startswith("自然人的行政处罚信息仅限政务共享")
    assert by_rule(replace(PLAIN, subject_kind="person", kind="permit")) == ""
    shown = {act for act in ACTS if by_rule(replace(PLAIN, subject_kind="person", kind=f"act-{act}")) == ""}
    assert shown == set(HONOURS) == {"award"}
    assert by_rule(replace(PLAIN, subject_kind="sole_trader")) == ""


@pytest.mark.parametrize(("state", "hidden"), [("1", False), ("2", True), ("无效", True), ("", False)])
def test_a_permit_that_is_no_longer_valid(state, hidden):
    permit = replace(PLAIN, kind="permit", state=state)
    assert by_the_record(permit) == (PERMIT.withheld[0].reason if hidden else "")


def test_shown_through_the_last_day():
    def reasons(day):
        return exemption(PLAIN, SHOWN, on=day)

    assert around(LAST, reasons) == ("", "", "按R3，公示期已于2027年5月20日届满，不再公示。")
    assert around(LAST, lambda day: exemption(PLAIN, replace(SHOWN, waits=True), on=day)) == ("", "", "")
    assert around(LAST, lambda day: is_over(SHOWN, day)) == (False, False, True)
    assert not is_over(replace(SHOWN, waits=True), LAST + ONE)
    assert not is_over(replace(SHOWN, published=False), LAST + ONE)
    assert not is_over(PeriodResult(), LAST)


def test_a_class_that_is_not_shown_has_its_reason():
    assert exemption(PLAIN, PeriodResult(published=False, reason="归集但不公示"), on=LAST) == "归集但不公示"


class TestClaims:
    SAID = Claim("class", "认定为“轻微”")

    def of(self, facts=PLAIN, on=LAST, **period):
        return claim_of(facts, replace(SHOWN, **period), on=on)

    def test_nobody_said_anything(self):
        assert self.of() is None

    def test_what_the_row_says_is_a_claim(self):
        assert self.of(replace(PLAIN, not_public="商业秘密")) == Claim("exemption", "依法不予公开：商业秘密")

    def test_what_a_rule_says_needs_nobody(self):
        assert self.of(replace(PLAIN, not_public="未成年人"), lowered=self.SAID) is None

    def test_what_would_not_be_shown_any_more_is_kept_back_by_nobody(self):
        secret = replace(PLAIN, not_public="商业秘密")
        said = around(LAST, lambda day: self.of(secret, on=day) is not None)
        assert said == (True, True, False)
        assert self.of(lowered=self.SAID, on=LAST + ONE) == self.SAID, "a lighter class may itself have ended it"

    def test_a_lighter_class_is_a_claim(self):
        assert self.of(lowered=self.SAID) == self.SAID

    @pytest.mark.parametrize(("rule", "what"), [("severity.barred", "class"), ("procedure.beyond-simple", "procedure")])
    def test_what_the_law_excludes_is_told_as_barred(self, rule, what):
        other = Finding("severity.missing", Level.ERROR, "请填写")
        barred = Finding(rule, Level.ERROR, "不能适用")
        assert self.of(findings=(other, barred), lowered=self.SAID) == Claim(what, "不能适用", barred=True)
        assert BARRED[rule] == what
        assert self.of(findings=(other,)) is None
