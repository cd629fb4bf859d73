"""The rules of 行政处罚, one spoilt row each."""

from __future__ import annotations

from datetime import date

import pytest

from records.tests.standards.rows import BUREAU, COMPANY, OTHER_BUREAU, PLACEHOLDER, check, context, penalty, told


def test_a_right_row_is_accepted_in_normal_form():
    result = check(penalty())
    assert result.findings == ()
    assert result.standard == "penalty-2018"
    assert result.content["CF_JDRQ"] == "2026-10-08"
    assert result.content["CF_NR_FK"] == "0.2"
    assert result.content["CF_CFLB"] == "警告；罚款"
    assert "BZ" not in result.content
    keys = result.keys
    assert (keys.subject_kind, keys.code, keys.decided_on) == ("legal", COMPANY, date(2026, 10, 8))
    assert keys.natural() == (BUREAU, "哈市监处罚〔2026〕15号", COMPANY, "2026-10-08", "legal")


@pytest.mark.parametrize("blank", ["", "  ", "无", "null", "/", None, float("nan")])
def test_a_required_field_that_says_nothing_is_an_error(blank):
    result = check(penalty(CF_SY=blank))
    assert ("error", "required", "CF_SY") in told(result)


def test_a_required_word_for_nothing_is_named_in_the_finding():
    finding = check(penalty(CF_YJ="无")).errors[0]
    assert "“无”" in finding.text


def test_length_counts_characters():
    assert check(penalty(CF_XDR_MC="哈" * 200)).ok
    assert told(check(penalty(CF_XDR_MC="哈" * 201))) == {("error", "length", "CF_XDR_MC")}


@pytest.mark.parametrize("separator", ["；", ";", "、", "，", ",", "|", "\n"])
def test_several_kinds_are_told_apart_by_any_separator(separator):
    result = check(penalty(CF_CFLB=f"警告{separator}罚款"))
    assert result.ok
    assert result.content["CF_CFLB"] == "警告；罚款"


def test_kinds_may_come_as_a_list():
    assert check(penalty(CF_CFLB=["警告", "罚款", "罚款"])).content["CF_CFLB"] == "警告；罚款"


def test_a_fine_without_amount_is_an_error_also_among_several_kinds():
    assert told(check(penalty(CF_NR_FK=None))) == {("error", "required", "CF_NR_FK")}


@pytest.mark.parametrize("amount", [0, "0.000000"])
def test_a_fine_of_nothing_is_an_error(amount):
    assert ("error", "amount.fine-positive", "CF_NR_FK") in told(check(penalty(CF_NR_FK=amount)))


def test_an_amount_without_its_kind_is_an_error():
    result = check(penalty(CF_CFLB="警告", CF_NR="警告"))
    assert told(result) == {("error", "amount.without-kind", "CF_NR_FK")}


def test_a_zero_without_its_kind_is_dropped_with_a_warning():
    result = check(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK=0))
    assert told(result) == {("warning", "amount.zero-ignored", "CF_NR_FK")}
    assert "CF_NR_FK" not in result.content


def test_yuan_in_the_field_of_wan_is_a_unit_error_that_tells_the_right_number():
    result = check(penalty(CF_NR_FK=2000))
    assert told(result) == {("warning", "amount.matches-text", "CF_NR_FK")}
    assert "0.2" in result.warnings[0].mend
    assert "一万倍" in result.warnings[0].text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("罚款贰仟元整", "0.2"),
        ("罚款12.5万元", 12.5),
        ("对甲罚款1000元，对乙罚款3000元", "0.4"),
        ("罚款1000元、罚款500元，合计罚款1500元", "0.15"),
    ],
)
def test_an_amount_that_agrees_with_the_text_is_silent(text, amount):
    assert check(penalty(CF_NR=text, CF_NR_FK=amount)).findings == ()


def test_an_amount_that_differs_from_the_text_is_told():
    assert told(check(penalty(CF_NR_FK="0.3"))) == {("warning", "amount.matches-text", "CF_NR_FK")}


def test_a_fine_in_the_text_without_the_kind_is_told():
    result = check(penalty(CF_CFLB="警告", CF_NR_FK=None))
    assert told(result) == {("warning", "amount.matches-text", "CF_CFLB")}


@pytest.mark.parametrize(
    ("amount", "rule"), [("0.1234567", "amount.decimals"), ("-1", "amount.negative"), ("若干", "amount.unreadable")]
)
def test_amounts_are_never_rounded(amount, rule):
    assert ("error", rule, "CF_NR_FK") in told(check(penalty(CF_NR_FK=amount)))


def test_large_fines_are_held():
    result = check(penalty(CF_NR="罚款125000000元", CF_NR_FK=12500))
    assert result.ok
    assert result.content["CF_NR_FK"] == "12500"


def test_confiscation_needs_an_amount_and_zero_needs_a_remark():
    row = penalty(CF_CFLB="没收非法财物", CF_NR="没收非法财物", CF_NR_FK=None)
    assert told(check(row)) == {("error", "required", "CF_NR_WFFF")}
    assert told(check(row | {"CF_NR_WFFF": 0})) == {("warning", "amount.confiscated-zero", "CF_NR_WFFF")}
    assert check(row | {"CF_NR_WFFF": 0, "BZ": "没收过期食品3箱"}).findings == ()


@pytest.mark.parametrize(
    ("kind", "day"),
    [("吊销许可证件", "2026-10-08"), ("暂扣许可证件", "2026-10-08"), ("暂扣或者吊销执照", "2021-07-14")],
)
def test_a_revoked_licence_is_named(kind, day):
    row = penalty(CF_CFLB=kind, CF_NR=kind, CF_NR_FK=None, CF_JDRQ=day)
    assert told(check(row)) == {("error", "required", "CF_NR_ZKDX")}
    assert check(row | {"CF_NR_ZKDX": "食品经营许可证JY12301020000001"}).ok


def test_kinds_follow_the_law_of_the_day_of_decision():
    row = penalty(
        CF_CFLB="吊销许可证件", CF_NR="吊销许可证件", CF_NR_FK=None, CF_NR_ZKDX="许可证", CF_JDRQ="2020-05-06"
    )
    result = check(row)
    assert told(result) == {("error", "choice.other-period", "CF_CFLB")}
    assert "暂扣或者吊销许可证" in result.errors[0].mend
    old = check(row | {"CF_CFLB": "暂扣或者吊销许可证", "CF_JDRQ": "2021-07-15"})
    assert told(old) == {("error", "choice.other-period", "CF_CFLB")}
    assert "吊销许可证件" in old.errors[0].mend


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("2062-10-08", "date.future"),
        ("2026-11-24", "date.future"),
        ("1949-09-30", "date.too-early"),
        ("昨天", "date.unreadable"),
    ],
)
def test_the_day_of_decision_is_a_day_that_can_be(value, rule):
    assert ("error", rule, "CF_JDRQ") in told(check(penalty(CF_JDRQ=value)))


def test_today_is_not_the_future():
    assert check(penalty(CF_JDRQ="2026-11-23")).ok


def test_an_end_before_the_decision_is_an_error():
    assert told(check(penalty(CF_YXQ="2026-10-07"))) == {("error", "dates.until-after-decision", "CF_YXQ")}
    assert told(check(penalty(CF_GSJZQ="2026-10-07"))) == {("warning", "dates.shown-until", "CF_GSJZQ")}


def test_long_term_is_written_as_2099_and_told_when_written_otherwise():
    result = check(penalty(CF_YXQ="9999-12-31"))
    assert told(result) == {("warning", "date.long-term", "CF_YXQ")}
    assert result.content["CF_YXQ"] == "2099-12-31"
    assert check(penalty(CF_YXQ="2099/12/31")).findings == ()


@pytest.mark.parametrize("cell", ["9.1E+17", "9.12301E+17", 9.12301e17, 912301020000000000])
def test_a_code_that_excel_has_damaged_is_refused_with_the_reason(cell):
    result = check(penalty(CF_XDR_SHXYM=cell))
    assert not result.ok
    assert "文本" in result.errors[0].mend
    assert "丢失" in result.errors[0].text


def test_a_small_whole_number_is_tolerated_in_a_text_column():
    result = check(penalty(CF_WSH=201312142.0))
    assert told(result) == {("warning", "format.number-tolerated", "CF_WSH")}
    assert result.keys.document_number == "201312142"
    assert not check(penalty(CF_WSH=2013.5)).ok


def test_special_characters_are_stripped_with_a_warning():
    result = check(penalty(CF_SY="<b>事实</b>\n\u200b如下"))
    assert told(result) == {("warning", "text.stripped", "CF_SY")}
    assert result.content["CF_SY"] == "事实如下"


def test_variants_of_a_document_number_are_one_key_and_the_original_is_kept():
    numbers = [
        "哈市监〔2020〕15号",
        "哈市监[2020]15号",
        "哈市监(2020)15号",
        "哈市监【2020】15号",
        "哈市监〔２０２０〕１５号",
        "哈市监〔2020〕 15 号",
    ]
    results = [check(penalty(CF_WSH=number)) for number in numbers]
    assert len({result.keys.document_key for result in results}) == 1
    assert results[3].content["CF_WSH"] == "哈市监【2020】15号"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (PLACEHOLDER, ("error", "uscc.placeholder", "CF_CFJGDM")),
        ("1123010000010001X9", ("error", "uscc.check-digit", "CF_CFJGDM")),
        ("12230100414000027P", ("error", "authority.unknown", "CF_CFJGDM")),
        (OTHER_BUREAU, ("warning", "authority.elsewhere", "CF_CFJGDM")),
    ],
)
def test_the_authority_is_in_the_register(code, expected):
    assert expected in told(check(penalty(CF_CFJGDM=code)))


def test_an_authority_that_did_not_exist_on_the_day_is_refused():
    result = check(penalty(CF_JDRQ="2018-11-30"))
    assert told(result) == {("error", "authority.not-in-force", "CF_CFJGDM")}


def test_a_second_name_of_the_authority_is_known_and_a_wrong_one_is_told():
    assert check(penalty(CF_CFJG="市市场监管局")).findings == ()
    assert told(check(penalty(CF_CFJG="哈尔滨市卫生健康委员会"))) == {("warning", "authority.name", "CF_CFJG")}


def test_local_fields_are_read_with_their_synonyms():
    result = check(penalty(HRB_CFCX="简易", HRB_YZCD="轻微", HRB_LY="食品", HRB_FDQX="2029/10/08"))
    assert result.ok
    assert (result.content["HRB_CFCX"], result.content["HRB_FDQX"]) == ("简易程序", "2029-10-08")


def test_the_same_context_gives_the_same_answer_twice():
    ctx = context()
    from records.tests.standards.rows import validator_for

    validator = validator_for("penalty-2018")
    row = penalty(CF_CFJGDM=OTHER_BUREAU, CF_XDR_SHXYM=PLACEHOLDER)
    assert validator.validate_row(row, ctx).findings == validator.validate_row(row, ctx).findings


def test_the_title_of_a_finding_about_the_registration_speaks_of_its_own_field():
    result = check({"QYMC": "哈尔滨示范商贸有限公司"}, "registration")
    assert [(each.field, each.mend) for each in result.errors] == [("TYSHXYDM", "请填写统一社会信用代码。")]


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"CF_WSH": "3"}, ("error", "docnumber.running", "CF_WSH")),
        ({"CF_WSH": "双示例罚2019"}, ("warning", "docnumber.no-serial", "CF_WSH")),
        ({"CF_WSH": "哈市监处罚〔2026〕15号。"}, ("warning", "docnumber.stop", "CF_WSH")),
        ({"CF_WSH": "哈市监不罚〔2026〕15号"}, ("error", "document.no-penalty-number", "CF_WSH")),
        ({"CF_WSH": False}, ("error", "format.boolean", "CF_WSH")),
        ({"CF_NR_FK": "$0.2"}, ("error", "amount.foreign", "CF_NR_FK")),
        ({"CF_YXQ": "1900-1-1"}, ("error", "date.too-early", "CF_YXQ")),
        ({"CF_YXQ": "无处罚期限"}, ("warning", "date.long-term", "CF_YXQ")),
        ({"CF_XDR_SHXYM": "2301021234567"}, ("error", "uscc.is-reg-no", "CF_XDR_SHXYM")),
        ({"CF_XDR_SHXYM": "230102600037341"}, ("error", "uscc.is-tax-no", "CF_XDR_SHXYM")),
        ({"CF_XDR_SHXYM": "MA1B00017"}, ("error", "uscc.is-org-code", "CF_XDR_SHXYM")),
        ({"CF_XDR_SHXYM": "230102MA1B00017"}, ("error", "uscc.is-tax-no", "CF_XDR_SHXYM")),
    ],
)
def test_what_a_cell_holds_by_mistake_is_called_by_its_name(changes, finding):
    assert finding in told(check(penalty(**changes)))


def test_a_day_that_does_not_exist_is_told_as_that():
    result = check(penalty(CF_JDRQ="2026/11/31"))
    assert [each.text for each in result.errors] == ["“处罚决定日期”不是有效日期：2026年11月没有31日。"]
    assert "1900年1月1日" in check(penalty(CF_JDRQ="1900-1-1")).errors[0].text


def test_a_stop_behind_the_number_makes_no_second_record():
    with_stop, without = check(penalty(CF_WSH="哈市监处罚〔2026〕15号。")), check(penalty())
    assert with_stop.keys.natural() == without.keys.natural()
    assert with_stop.content["CF_WSH"] == without.content["CF_WSH"]


def test_a_possible_id_number_of_fifteen_digits_is_not_called_a_registration_number():
    finding = check(penalty(CF_XDR_SHXYM="230102600101002")).errors[0]
    assert finding.rule == "uscc.length"
