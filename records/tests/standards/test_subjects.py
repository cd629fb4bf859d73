"""Who a row is about."""

from __future__ import annotations

import pytest

from records.tests.standards.rows import (
    COMPANY,
    MINOR_ID,
    PERSON_ID,
    PLACEHOLDER,
    TRADER,
    check,
    penalty,
    permit,
    person,
    told,
)

EXEMPT = "91350203M0001FUE2P"


def test_a_person_has_a_document_that_is_sealed_and_never_told_in_full():
    result = check(penalty(**person()))
    assert result.findings == ()
    assert result.keys.person_id == PERSON_ID
    assert result.keys.subject_kind == "person"
    assert PERSON_ID not in str(result.content)
    assert PERSON_ID not in repr(result.keys)
    assert result.content["CF_XDR_ZJHM"]["masked"] == "230102********1237"


def test_the_seal_from_outside_is_used():
    result = check(penalty(**person()), seal=lambda number: {"sealed": number[::-1]})
    assert result.content["CF_XDR_ZJHM"] == {"sealed": PERSON_ID[::-1]}


def test_a_person_without_document_is_refused():
    result = check(penalty(**person(CF_XDR_ZJHM=None)))
    assert told(result) == {("error", "required", "CF_XDR_ZJHM")}


def test_a_person_with_a_code_is_refused():
    result = check(penalty(**person(CF_XDR_SHXYM=COMPANY)))
    assert told(result) == {("error", "subject.person-with-code", "CF_XDR_SHXYM")}


def test_a_person_has_no_representative():
    assert told(check(penalty(**person(CF_FRDB="李某")))) == {
        ("warning", "subject.person-with-representative", "CF_FRDB")
    }


def test_a_person_called_like_a_company_is_told():
    assert told(check(penalty(**person(CF_XDR_MC="哈尔滨示范商贸有限公司")))) == {
        ("warning", "subject.person-name", "CF_XDR_MC")
    }


def test_an_organisation_without_code_is_refused():
    assert told(check(penalty(CF_XDR_SHXYM=None))) == {("error", "required", "CF_XDR_SHXYM")}


def test_an_organisation_with_a_persons_document_is_refused():
    result = check(penalty(CF_XDR_ZJLX="身份证", CF_XDR_ZJHM=PERSON_ID))
    assert ("error", "subject.legal-with-document", "CF_XDR_ZJHM") in told(result)


@pytest.mark.parametrize("number", ["430407199312020025", "362322198709086409", PERSON_ID])
def test_an_id_number_in_the_field_of_the_code_is_told_as_that_and_masked(number):
    result = check(penalty(CF_XDR_SHXYM=number))
    assert told(result) == {("error", "uscc.is-id-card", "CF_XDR_SHXYM")}
    assert "身份证" in result.errors[0].text
    assert number not in result.errors[0].value
    assert result.keys.code == ""


def test_the_same_placeholder_in_two_fields_is_told_with_the_label_of_each():
    result = check(penalty(CF_CFJGDM=PLACEHOLDER, CF_SJLYDM=PLACEHOLDER))
    texts = {finding.field: finding.text for finding in result.errors}
    assert texts["CF_CFJGDM"] == "“处罚机关统一社会信用代码”填写了占位符，不是真实代码。"
    assert texts["CF_SJLYDM"] == "“数据来源单位统一社会信用代码”填写了占位符，不是真实代码。"


@pytest.mark.parametrize("code", ["91230102ma1b00017u", "９１２３０１０２ＭＡ１Ｂ０００１７Ｕ", " 91230102MA1B00017U "])
def test_codes_are_raised_to_normal_form(code):
    assert check(penalty(CF_XDR_SHXYM=code)).content["CF_XDR_SHXYM"] == COMPANY


def test_a_lower_case_x_of_an_id_number_is_raised():
    result = check(penalty(**person(CF_XDR_ZJHM="23010219900307004x")))
    assert result.ok
    assert result.keys.person_id == "23010219900307004X"


def test_a_number_of_fifteen_digits_is_the_same_person():
    result = check(penalty(**person(CF_XDR_ZJHM="230102900307123")))
    assert result.ok
    assert result.keys.person_id == PERSON_ID


def test_a_wrong_id_number_is_refused_and_not_stored():
    result = check(penalty(**person(CF_XDR_ZJHM="230102199003071238")))
    assert told(result) == {("error", "id.check-digit", "CF_XDR_ZJHM")}
    assert "CF_XDR_ZJHM" not in result.content
    assert result.keys.person_id == ""
    assert "19900307" not in result.errors[0].value


def test_an_id_number_that_excel_has_damaged_is_refused_without_telling_it():
    result = check(penalty(**person(CF_XDR_ZJHM=2.30102199003071e17)))
    assert told(result) == {("error", "format.number", "CF_XDR_ZJHM")}
    assert "丢失" in result.errors[0].text


def test_a_passport_is_checked_as_a_passport():
    assert check(penalty(**person(CF_XDR_ZJLX="护照", CF_XDR_ZJHM="E12345678"))).ok


def test_a_minor_is_collected_and_never_public():
    result = check(penalty(**person(CF_XDR_ZJHM=MINOR_ID)))
    assert told(result) == {("warning", "subject.minor", "CF_XDR_ZJHM")}
    assert result.content["not_public"] == result.keys.not_public == "未成年人"


def test_a_sole_trader_is_not_a_legal_person_whatever_the_row_says():
    result = check(penalty(CF_XDR_SHXYM=TRADER))
    assert told(result) == {("warning", "subject.kind-vs-code", "CF_XDR_SHXYM")}
    assert result.keys.subject_kind == "sole_trader"
    assert check(penalty(CF_XDR_SHXYM=TRADER, CF_XDR_LB="个体户")).keys.subject_kind == "sole_trader"


def test_the_code_of_a_company_for_a_sole_trader_is_told():
    result = check(penalty(CF_XDR_LB="个体工商户"))
    assert told(result) == {("warning", "subject.kind-vs-code", "CF_XDR_SHXYM")}


def test_the_placeholder_is_for_sole_traders_with_a_registration_number():
    trader = {"CF_XDR_LB": "个体工商户", "CF_XDR_SHXYM": PLACEHOLDER}
    assert told(check(penalty(**trader))) == {("error", "subject.placeholder-needs-number", "CF_XDR_GSZC")}
    accepted = check(penalty(**trader, CF_XDR_GSZC="230100100000005"))
    assert told(accepted) == {("warning", "subject.placeholder", "CF_XDR_SHXYM")}
    assert (accepted.keys.code, accepted.keys.placeholder) == ("", True)
    assert accepted.keys.identifiers == (("reg_no", "230100100000005"),)
    assert told(check(penalty(CF_XDR_SHXYM=PLACEHOLDER))) == {("error", "uscc.placeholder", "CF_XDR_SHXYM")}


def test_two_sole_traders_with_the_placeholder_are_two():
    trader = penalty(CF_XDR_LB="个体工商户", CF_XDR_SHXYM=PLACEHOLDER, CF_XDR_GSZC="230100100000005")
    first = check(trader).keys.natural()
    second = check(trader | {"CF_XDR_GSZC": "230100600000014", "CF_FRDB": "李某某"}).keys.natural()
    assert first != second


@pytest.mark.parametrize(
    "code", ["G1230000MD00000756", "N2230110MF00000807", "81230100MC0000098W", "51230100501200035D"]
)
def test_codes_of_every_registrar_are_accepted(code):
    assert check(penalty(CF_XDR_SHXYM=code)).ok


def test_a_real_code_that_fails_the_check_is_accepted_with_its_exemption():
    assert not check(penalty(CF_XDR_SHXYM=EXEMPT)).ok
    result = check(penalty(CF_XDR_SHXYM=EXEMPT), exempt_codes=frozenset({EXEMPT}))
    assert result.ok
    assert ("warning", "uscc.exempt", "CF_XDR_SHXYM") in told(result)


@pytest.mark.parametrize("word", ["法人", "企业", "法人和非法人组织"])
def test_synonyms_of_the_kind_are_mapped_and_told(word):
    result = check(permit(XK_XDR_LB=word))
    assert told(result) == {("warning", "choice.mapped", "XK_XDR_LB")}
    assert result.content["XK_XDR_LB"] == "法人及非法人组织"


def test_an_unknown_kind_is_refused_with_the_choices():
    result = check(permit(XK_XDR_LB="机器人"))
    assert ("error", "choice.unknown", "XK_XDR_LB") in told(result)
    assert "自然人" in result.errors[0].mend
