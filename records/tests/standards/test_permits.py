from __future__ import annotations

from datetime import date

import pytest

from records.tests.standards.rows import check, permit, person, told


def test_a_right_row_is_accepted():
    result = check(permit())
    assert result.findings == ()
    assert (result.keys.state, result.content["XK_ZT"]) == ("valid", "1")
    assert result.keys.valid_until == date(2031, 10, 7)


@pytest.mark.parametrize(
    ("written", "state"),
    [("1", "valid"), (1, "valid"), (1.0, "valid"), ("有效", "valid"), ("2", "invalid"), ("无效", "invalid")],
)
def test_the_state_of_2018(written, state):
    assert check(permit(XK_ZT=written)).keys.state == state


@pytest.mark.parametrize("written", ["0", "3", "正在办理"])
def test_a_state_of_another_layout_is_refused(written):
    assert told(check(permit(XK_ZT=written))) == {("error", "choice.unknown", "XK_ZT")}


def test_validity_that_ends_before_it_begins_is_refused():
    assert told(check(permit(XK_YXQZI="2026-10-07"))) == {("error", "dates.until-after-from", "XK_YXQZI")}


def test_validity_that_begins_before_the_decision_is_only_told():
    assert told(check(permit(XK_YXQZ="2026-09-01"))) == {("warning", "dates.from-before-decision", "XK_YXQZ")}


def test_validity_may_begin_later_than_today():
    assert check(permit(XK_YXQZ="2027-01-01")).ok


def test_long_term_validity():
    assert check(permit(XK_YXQZI="2099/12/31")).keys.valid_until == date(2099, 12, 31)


def test_other_kinds_say_what_they_are():
    assert told(check(permit(XK_XKLB="其他"))) == {("error", "choice.needs-text", "XK_XKLB")}
    assert check(permit(XK_XKLB="其他（备案）")).content["XK_XKLB"] == "其他-备案"


def test_a_named_certificate_should_have_a_number():
    assert told(check(permit(XK_XKZS="食品经营许可证"))) == {("warning", "permit.certificate-number", "XK_XKBH")}
    assert check(permit(XK_XKZS="食品经营许可证", XK_XKBH="JY12301020000001")).findings == ()


def test_the_title_stands_without_the_number():
    assert told(check(permit(XK_XKWS="准予许可决定书〔2026〕15号"))) == {
        ("warning", "document.title-has-number", "XK_XKWS")
    }


def test_a_document_of_the_representative_is_sealed_too():
    result = check(permit(XK_FR_ZJLX="身份证", XK_FR_ZJHM="230102199003071237"))
    assert result.findings == ()
    assert result.keys.legal_rep_id == "230102199003071237"
    assert "230102199003071237" not in str(result.content)


def test_the_representatives_number_is_needed_when_its_kind_is_given():
    assert told(check(permit(XK_FR_ZJLX="身份证"))) == {("error", "required", "XK_FR_ZJHM")}


def test_a_person_is_given_a_permit():
    result = check(permit(**person("XK")))
    assert result.ok
    assert result.keys.subject_kind == "person"
