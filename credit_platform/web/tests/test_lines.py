"""Lists that are written line by line."""

import json

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from credit_platform.web.lines import LinesField, Part, lines_of, rows_of

PARTS = (
    Part("name", "名称"),
    Part("kind", "类型", {"文字": "text", "日期": "date"}, default="text"),
    Part("required", "是否必填", {"必填": True, "选填": False}, default=True),
    Part("choices", "选项", many=True, default=[]),
    Part("length", "字数", whole=True, default=0),
)
LONG = [{"name": "地址"}, {"name": "开工日", "kind": "date", "required": False, "choices": ["甲", "乙"], "length": 20}]


class Form(forms.Form):
    rows = LinesField(parts=PARTS, required=False)


def test_lines_are_read():
    text = "地址\n\n 开工日 | 日期 ｜选填｜甲，乙；｜20 "
    assert rows_of(text, PARTS) == LONG
    assert lines_of(LONG, PARTS) == "地址\n开工日｜日期｜选填｜甲、乙｜20"
    assert lines_of([{"name": "a", "length": 3}], PARTS) == "a｜文字｜必填｜｜3"
    assert not Form({"rows": "a｜文字"}, initial={"rows": [{"name": "a"}]}).has_changed()


def test_every_wrong_line_is_told():
    form = Form({"rows": "地址｜图片\n｜日期\n甲｜文字｜必填｜｜二十\n甲｜文字｜必填｜｜1｜多\n好"})
    assert form.errors["rows"] == [
        "第1行：类型应为文字、日期，填写的是“图片”。",
        "第2行：缺少名称。",
        "第3行：字数应为整数，填写的是“二十”。",
        "第4行：最多5项，填写了6项。",
    ]
    assert form["rows"].value().startswith("地址｜图片")


@pytest.mark.parametrize(
    "row", [{"name": "a|b"}, {"name": "a", "more": 1}, {"name": 3}, {"name": "a", "kind": "other"},
            {"name": "a", "choices": ["甲、乙"]}, {"name": "a", "length": True}, "a", {"name": ""}, {"name": "[a"}, {"name": "a\u2028b"}]
)  # fmt: skip
def test_what_a_line_cannot_say_is_shown_and_read_as_json(row):
    assert lines_of([row], PARTS) is None
    shown = Form(initial={"rows": [row]})["rows"].value()
    form = Form({"rows": shown}, initial={"rows": [row]})
    assert form.is_valid()
    assert form.cleaned_data["rows"] == [row]
    assert not form.has_changed()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('[{"name": "a"', "JSON"),
        ("[" * 100_000, "JSON"),
        ('[{"name": "\\u0000"}]', "不能保存"),
        ('[{"name": "\\ud800"}]', "不能保存"),
        ("a\x00b", "不能保存"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(text, word):
    assert word in Form({"rows": text}).errors["rows"][0]


def test_a_field_that_must_be_filled():
    class Needed(forms.Form):
        rows = LinesField(parts=PARTS, error_messages={"required": "请填写。"})

    assert Needed({"rows": " \n"}).errors["rows"] == ["请填写。"]


texts = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=12)
rows = st.lists(
    st.fixed_dictionaries(
        {"name": texts},
        optional={
            "kind": st.sampled_from(["text", "date"]),
            "required": st.booleans(),
            "choices": st.lists(texts, max_size=3),
            "length": st.integers(0, 999),
        },
    ),
    max_size=4,
)


@given(rows)
def test_what_is_shown_is_read_back(made):
    """Parts at their default may go; everything else stays, whatever the texts are."""
    form = Form({"rows": Form(initial={"rows": made})["rows"].value()})
    assert form.is_valid(), form.errors
    defaults = {part.key: part.default for part in PARTS if not part.needed}
    assert [defaults | row for row in form.cleaned_data["rows"]] == [defaults | row for row in made]
    assert json.dumps(form.cleaned_data["rows"])
