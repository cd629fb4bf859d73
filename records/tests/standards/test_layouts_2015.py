"""Rows of the layouts of 2015 arrive in the fields of 2018."""

from __future__ import annotations

import pytest

from records.standards import registry
from records.tests.standards.rows import COMPANY, PERSON_ID, TRADER, check, told

ORG_CODE = "MA1B00017"


def old_penalty(**changes):
    return {
        "CF_WSH": "哈工商处字〔2017〕15号",
        "CF_CFMC": "虚假宣传案",
        "CF_CFLB1": "罚款",
        "CF_SY": "发布虚假广告",
        "CF_YJ": "《广告法》第五十五条",
        "CF_XDR_MC": "哈尔滨示范商贸有限公司",
        "CF_XDR_SHXYM": COMPANY,
        "CF_FR": "王某某",
        "CF_JG": "罚款2000元",
        "CF_JDRQ": "2017/05/06",
        "CF_XZJG": "哈尔滨市工商行政管理局",
        "CF_ZT": "0",
        "DFBM": "230100",
        "SJC": "2017/05/08",
    } | changes


def old_permit(**changes):
    return {
        "XK_WSH": "哈食药许〔2017〕15号",
        "XK_XMMC": "食品经营许可",
        "XK_SPLB": "普通",
        "XK_NR": "预包装食品销售",
        "XK_XDR": "哈尔滨示范商贸有限公司",
        "XK_XDR_SHXYM": COMPANY,
        "XK_FR": "王某某",
        "XK_JDRQ": "2017/05/06",
        "XK_JZQ": "2022/05/05",
        "XK_XZJG": "哈尔滨市食品药品监督管理局",
        "XK_ZT": "0",
        "DFBM": "230100",
        "SJC": "2017/05/08",
    } | changes


def test_a_penalty_is_stored_in_the_fields_of_2018():
    result = check(old_penalty(), "penalty-2015")
    assert result.ok
    assert result.standard == "penalty-2018"
    expected = {
        "CF_XDR_LB": "法人及非法人组织",
        "CF_FRDB": "王某某",
        "CF_WFXW": "虚假宣传案",
        "CF_NR": "罚款2000元",
        "CF_NR_FK": "0.2",
        "CF_CFLB": "罚款",
        "CF_CFJG": "哈尔滨市工商行政管理局",
    }
    assert expected.items() <= result.content.items()
    assert told(result) == {("warning", "amount.from-text", "CF_JG")}
    assert (result.keys.state, result.keys.authority_name) == ("valid", "哈尔滨市工商行政管理局")


def test_a_permit_is_stored_in_the_fields_of_2018():
    result = check(old_permit(), "permit-2015")
    assert result.findings == ()
    assert result.standard == "permit-2018"
    assert {
        "XK_XKWS": "食品经营许可",
        "XK_XKLB": "普通",
        "XK_YXQZI": "2022-05-05",
        "XK_ZT": "1",
    }.items() <= result.content.items()


@pytest.mark.parametrize(
    ("written", "state", "stored", "hidden"),
    [
        ("0", "valid", "1", False),
        (None, "valid", "1", False),
        ("1", "withdrawn", "2", True),
        ("2", "disputed", "1", False),
        ("3", "other", "2", True),
    ],
)
def test_the_old_state_is_mapped_by_layout_never_by_value(written, state, stored, hidden):
    result = check(old_permit(XK_ZT=written), "permit-2015")
    assert result.ok
    assert (result.keys.state, result.content["XK_ZT"], bool(result.keys.not_public)) == (state, stored, hidden)


@pytest.mark.parametrize(("written", "visibility"), [("0", "public"), ("1", "shared"), ("2", "authorised"), (None, "")])
def test_the_scope_of_use_becomes_the_visibility(written, visibility):
    assert check(old_penalty(CF_SYFW=written), "penalty-2015").keys.visibility == visibility


def test_two_columns_of_kinds_are_joined_and_the_combined_kind_is_two():
    result = check(old_penalty(CF_CFLB1="没收违法所得、没收非法财物", CF_CFLB2="罚款"), "penalty-2015")
    assert result.content["CF_CFLB"] == "没收违法所得；没收非法财物；罚款"
    assert "CF_CFLB2" not in result.content


def test_the_amount_is_not_guessed_when_the_text_names_several():
    assert "CF_NR_FK" not in check(old_penalty(CF_JG="罚款2000元、罚款3000元"), "penalty-2015").content


def test_an_organisation_code_is_enough_and_none_is_too_little():
    result = check(old_penalty(CF_XDR_SHXYM=None, CF_XDR_ZDM="12345678-8"), "penalty-2015")
    assert result.ok == (result.keys.identifiers == (("org_code", "123456788"),))
    nothing = check(old_penalty(CF_XDR_SHXYM=None), "penalty-2015")
    assert ("error", "subject.some-code", "CF_XDR_SHXYM") in told(nothing)


def test_the_number_of_a_representative_and_of_a_person_go_to_their_own_fields():
    company = check(old_penalty(CF_XDR_SFZ=PERSON_ID), "penalty-2015")
    assert (company.keys.legal_rep_id, company.keys.person_id) == (PERSON_ID, "")
    assert "CF_XDR_ZJHM" not in company.content
    person = check(old_penalty(CF_XDR_SHXYM=None, CF_FR=None, CF_XDR_MC="王小明", CF_XDR_SFZ=PERSON_ID), "penalty-2015")
    assert person.ok
    assert (person.keys.person_id, person.keys.subject_kind) == (PERSON_ID, "person")
    assert PERSON_ID not in str(person.content) + str(company.content)


def test_a_sole_trader_is_told_by_its_code():
    assert check(old_penalty(CF_XDR_SHXYM=TRADER), "penalty-2015").keys.subject_kind == "sole_trader"


def test_a_foreigners_passport_is_told_by_the_remark():
    row = old_penalty(
        CF_XDR_SHXYM=None, CF_FR=None, CF_XDR_MC="JOHN SMITH", CF_XDR_SFZ="E12345678", BZ="证件类型为护照"
    )
    result = check(row, "penalty-2015")
    assert result.ok
    assert result.keys.person_id_type == "护照号"


def test_findings_speak_of_the_columns_of_the_old_file():
    result = check(old_penalty(CF_JG=None, CF_XZJG="无"), "penalty-2015")
    assert {each.field for each in result.errors} == {"CF_JG", "CF_XZJG"}


@pytest.mark.parametrize(("gravity", "stored"), [("1", "一般"), ("3", "严重"), ("0", None), ("2", None)])
def test_gravity_is_taken_over_only_where_it_means_the_same(gravity, stored):
    assert check(old_penalty(CF_SXYZCD=gravity), "penalty-2015").content.get("HRB_YZCD") == stored


@pytest.mark.parametrize("code", ["permit-2015", "penalty-2015"])
def test_an_old_layout_moves_only_into_fields_that_exist_or_are_derived_away(code):
    old = registry.get(code)
    new = registry.get(old.accepted_as)
    kept = {f"{prefix}_{name}" for prefix in ("XK", "CF") for name in ("ZT_2015", "BM", "SYFW")} | {
        "DFBM",
        "SJC",
        "CF_CFLB2",
        "HRB_YZCD_2015",
    }
    targets = {old.moves.get(each.code, each.code) for each in old.fields}
    assert targets - {each.code for each in new.fields} <= kept


def test_a_wrong_number_of_the_representative_is_told_in_the_column_where_it_stands():
    result = check(old_penalty(CF_XDR_SFZ="230102199003071238"), "penalty-2015")
    assert ("error", "id.check-digit", "CF_XDR_SFZ") in told(result)
    assert "CF_FR_ZJHM" not in result.content
