from __future__ import annotations

import pytest

from credit_platform.errors import Refused
from records.standards import headers
from records.standards.compile import Validator
from records.standards.declaration import Visibility
from records.standards.fromdict import standard_from_items
from records.standards.schema import json_schema
from records.standards.template import build_template
from records.tests.standards.rows import COMPANY, PERSON_ID, TODAY, context, told

FIELDS = [
    {"code": "ZT_MC", "label": "主体名称", "required": True, "role": "subject_name", "max_length": 200},
    {"code": "ZT_DM", "label": "统一社会信用代码", "type": "uscc", "required": True, "role": "uscc"},
    {
        "code": "RY_MC",
        "label": "荣誉名称",
        "required": True,
        "role": "title",
        "synonyms": ["称号"],
        "visibility": "public",
    },
    {"code": "RY_JB", "label": "级别", "type": "choice", "choices": ["市级", "区县级"]},
    {
        "code": "RY_SM",
        "label": "级别说明",
        "required": {"field": "RY_JB", "any_of": ["区县级"], "wording": "区县级须说明"},
    },
    {"code": "RY_JE", "label": "奖金", "type": "amount_yuan", "decimals": 2},
    {"code": "LXR", "label": "联系人证件号码", "type": "id_number", "visibility": "public"},
    {"code": "RQ", "label": "授予日期", "type": "date", "required": True, "past_only": True, "role": "decided_on"},
]
ROW = {"ZT_MC": "哈尔滨示范商贸有限公司", "ZT_DM": COMPANY, "RY_MC": "诚信单位", "RQ": "2026-05-01"}


def local():
    return standard_from_items("local-honour", "诚信荣誉", FIELDS, basis="市信用办目录")


def test_a_list_of_fields_becomes_a_standard_that_checks_rows():
    validator = Validator(local())
    result = validator.validate_row(ROW | {"RY_JB": "市级", "RY_JE": "5000元", "LXR": PERSON_ID}, context())
    assert result.ok
    assert result.content["RY_JE"] == "5000"
    assert PERSON_ID not in str(result.content)
    assert (result.keys.title, result.keys.code, result.keys.subject_kind) == ("诚信单位", COMPANY, "legal")
    assert told(validator.validate_row(ROW | {"RY_JB": "区县级"}, context())) == {("error", "required", "RY_SM")}
    assert told(validator.validate_row(ROW | {"RY_JB": "省级"}, context())) == {("error", "choice.unknown", "RY_JB")}


def test_header_template_and_schema_follow():
    standard = local()
    assert list(headers.match(["称号", "授予日期"], standard).columns.values()) == ["RY_MC", "RQ"]
    assert build_template(standard, TODAY)
    assert json_schema(standard, TODAY)["properties"]["RY_JB"]["enum"] == ["市级", "区县级", None]


def test_personal_numbers_stay_private_whatever_the_list_says():
    assert local().field("LXR").visibility is Visibility.PRIVATE


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "小写"}, "代码"),
        ({"label": ""}, "名称"),
        ({"type": "picture"}, "类型"),
        ({"colour": "red"}, "colour"),
        ({"visibility": "everyone"}, "公开属性"),
        ({"type": "choice"}, "选项"),
        ({"choices": ["甲"]}, "选择类"),
        ({"type": "choice", "code_table": "nowhere"}, "nowhere"),
        ({"max_length": -1}, "max_length"),
        ({"max_length": "20"}, "max_length"),
        ({"required": "yes"}, "required"),
        ({"required": {"field": "NONE", "wording": "x"}}, "NONE"),
        ({"role": "king"}, "king"),
        ({"role": "uscc"}, "uscc"),
        ({"role": "title"}, "title"),
        ({"code": "ZT_MC"}, "重复"),
        ({"help": 3}, "help"),
        ({"synonyms": "a"}, "同义"),
        ({"role": "valid_until"}, "valid_until"),
    ],
)
def test_an_unsound_list_is_refused_with_every_finding(change, words):
    extra = {"code": "XTRA", "label": "另一项"} | change
    with pytest.raises(Refused) as refused:
        standard_from_items("local", "本市", [*FIELDS, extra])
    assert any(words in each.text for each in refused.value.findings)


@pytest.mark.parametrize("fields", [[], {}, None, "x", [1], [None], [[]]])
def test_what_is_no_list_of_fields_is_refused(fields):
    with pytest.raises(Refused):
        standard_from_items("local", "本市", fields)


def test_the_ledger_needs_a_name_and_a_day():
    with pytest.raises(Refused) as refused:
        standard_from_items("local", "本市", [{"code": "AB", "label": "甲"}])
    assert {"subject_name", "decided_on"} <= {
        role for each in refused.value.findings for role in ("subject_name", "decided_on") if role in each.text
    }
