"""Field by field of a small standard: what passes to the public, what is masked, what never passes. No name, number or home gets through."""

from __future__ import annotations

import pytest

from disclosure.rules import masking
from disclosure.rules.masking import SHORT, findings_of, mask_free, private_names, public_name, shown_of
from records.standards.declaration import Field, FieldType, Standard, Visibility

STANDARD = Standard(
    code="sample",
    name="示例",
    version="1",
    kind="local",
    fields=(
        Field(code="NAME", label="名称"),
        Field(code="CODE", label="代码"),
        Field(code="REP", label="法定代表人", type=FieldType.PERSON_NAME),
        Field(code="OTHER", label="其他人员", type=FieldType.PERSON_NAME),
        Field(code="ID", label="证件号码", type=FieldType.ID_NUMBER),
        Field(code="ID_TYPE", label="证件类型", type=FieldType.ID_TYPE),
        Field(code="PLACE", label="住所"),
        Field(code="TEXT", label="事实", type=FieldType.LONG_TEXT),
        Field(code="AUTHORITY", label="机关"),
        Field(code="SOURCE", label="来源"),
        Field(code="KIND", label="类别", type=FieldType.CHOICE),
        Field(code="CF_GSJZQ", label="公示截止期"),
        Field(code="INNER", label="备注", visibility=Visibility.PRIVATE),
    ),
    roles={
        "subject_name": "NAME",
        "uscc": "CODE",
        "legal_rep": "REP",
        "premises": "PLACE",
        "authority_name": "AUTHORITY",
        "source_name": "SOURCE",
    },
)
HOME = "哈尔滨市道里区友谊路示范小区3栋2单元501室"
PHONE = "13804511234"
CONTENT = {
    "NAME": "王小明",
    "CODE": "92230103MA1C00026P",
    "REP": "王小明",
    "OTHER": "李四光",
    "ID": "230102199003071237",
    "ID_TYPE": "身份证",
    "PLACE": HOME,
    "TEXT": f"王小明在店内，家住{HOME}，电话{PHONE}",
    "AUTHORITY": "道里区通达街道办事处",
    "SOURCE": "道里区通达街道办事处",
    "KIND": f"电话{PHONE}",
    "CF_GSJZQ": "2027-01-01",
    "INNER": "内部意见",
}


def shown(kind, **changes):
    return shown_of(STANDARD, CONTENT | changes, subject_kind=kind)


@pytest.mark.parametrize("kind", ["legal", "sole_trader", "person"])
def test_what_never_passes(kind):
    found = shown(kind)
    assert not {"ID", "ID_TYPE", "CF_GSJZQ", "INNER"} & set(found)
    assert PHONE not in found["TEXT"] + found["PLACE"]
    assert found["OTHER"] == "李**"
    assert found["AUTHORITY"] == found["SOURCE"] == "道里区通达街道办事处"
    assert found["KIND"] == f"电话{PHONE}", "a value of a table is no free text"


def test_an_organisation_shows_its_representative_its_premises_and_its_code():
    found = shown("legal")
    assert (found["NAME"], found["REP"], found["CODE"]) == ("王小明", "王小明", CONTENT["CODE"])
    assert "501室" in found["PLACE"]
    assert "501室" not in found["TEXT"]
    assert "138" in shown("legal", PLACE=f"{HOME}，电话{PHONE}")["PLACE"]
    assert PHONE not in shown("legal", PLACE=f"{HOME}，电话{PHONE}")["PLACE"]


def test_a_sole_trader_shows_its_name_and_its_code_and_not_who_it_is():
    found = shown("sole_trader")
    assert (found["NAME"], found["REP"], found["CODE"]) == ("王小明", "王**", CONTENT["CODE"])
    assert "501室" not in found["PLACE"]
    assert found["TEXT"].startswith("王**在店内")


def test_a_person_shows_a_surname():
    found = shown("person")
    assert (found["NAME"], found["REP"]) == ("王**", "王**")
    assert "CODE" not in found
    assert found["TEXT"].startswith("王**在店内")


@pytest.mark.parametrize("empty", [None, "", {"sealed": "t"}, [], ()])
def test_what_is_empty_or_sealed_is_left_out(empty):
    assert "TEXT" not in shown("legal", TEXT=empty)
    assert "ID" not in shown("legal", ID=empty)


def test_several_values_are_one_text():
    assert shown("legal", TEXT=["警告", "罚款"])["TEXT"] == "警告；罚款"
    assert shown("legal", TEXT=("警告", 2))["TEXT"] == "警告；2"


def test_the_scanner_looks_into_public_free_text_and_nowhere_else():
    assert findings_of(STANDARD, CONTENT | {"TEXT": "", "PLACE": ""}) == ()
    fields = {finding.field for finding in findings_of(STANDARD, CONTENT)}
    assert fields == {"TEXT", "PLACE"}
    told = findings_of(STANDARD, dict.fromkeys(CONTENT, f"电话{PHONE}"))
    assert {finding.field for finding in told} == {"NAME", "CODE", "PLACE", "TEXT", "CF_GSJZQ"}
    assert findings_of(STANDARD, {}) == ()


@pytest.mark.parametrize("length", [SHORT - 1, SHORT, SHORT + 1])
def test_a_text_is_masked_whatever_its_length(length):
    text = f"电话{PHONE}".ljust(length, "。")
    assert mask_free(text, {}) == "电话138****1234".ljust(length, "。")


def test_long_texts_are_not_remembered():
    """Titles and bases repeat and are kept; of a long text nothing stays in the memory of the process."""
    assert SHORT == 300
    masking._masked_text.cache_clear()
    for length, kept in ((SHORT, 1), (SHORT + 1, 1)):
        mask_free("甲" * length, {})
        assert masking._masked_text.cache_info().currsize == kept


def test_whose_names_free_text_must_not_show():
    assert private_names("王小明", "李四", "person") == {"王小明": "王**"}
    assert private_names("某店", "李四", "sole_trader") == {"李四": "李*"}
    assert private_names("某公司", "李四", "legal") == {}
    assert private_names("王", "", "person") == {}, "one character stands in too many words"


def test_the_name_of_a_subject_in_public():
    assert [public_name("王小明", kind) for kind in ("person", "sole_trader", "legal")] == ["王**", "王小明", "王小明"]
