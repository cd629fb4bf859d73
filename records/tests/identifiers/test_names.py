"""Names: what search compares, its pieces, and masks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.identifiers.names import bigrams, is_like_company, mask_person_name, normalise


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("哈尔滨（道里）商店", "哈尔滨道里商店"),
        ("ＡＢＣ 科技-有限公司", "abc科技有限公司"),
        ("阿里·买买提", "阿里买买提"),
        ("【新】〔区〕《店》", "新区店"),
        (None, ""),
        ("·-（）", ""),
    ],
)
def test_the_normal_form(name, normal):
    assert normalise(name) == normal


def test_pieces_of_a_name():
    assert bigrams("哈尔滨哈尔") == ["哈尔", "尔滨", "滨哈"]
    assert bigrams("哈") == ["哈"]
    assert bigrams("") == []


@given(st.text(min_size=2), st.data())
def test_every_part_of_a_name_has_only_pieces_of_the_whole(name, data):
    normal = normalise(name)
    start = data.draw(st.integers(0, max(0, len(normal) - 2)))
    end = data.draw(st.integers(min(start + 2, len(normal)), len(normal)))
    part = normal[start:end]
    if len(part) >= 2:
        assert set(bigrams(part)) <= set(bigrams(normal))


@given(st.text())
def test_normalising_twice_changes_nothing(name):
    assert normalise(normalise(name)) == normalise(name)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳修", "欧阳*"),
        ("司马", "司*"),
        ("爱新觉罗溥仪", "爱新觉罗**"),
        ("张 三", "张*"),
        ("张某", "张*"),
        ("张**", "张**"),
        ("John Smith", "J***"),
        ("ＪＯＨＮ", "J***"),
        ("阿卜杜拉·买买提", "阿***"),
        ("张三、李四丰", "张*、李**"),
        ("张三（身份证230102199003071237）", "张*"),
        ("㐂一", "㐂*"),
        ("王", "王*"),
        ("", ""),
    ],
)
def test_masks_keep_the_surname(name, masked):
    assert mask_person_name(name) == masked


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4))
def test_a_mask_never_shows_the_last_character(name):
    assert mask_person_name(name)[-1] == "*"


@pytest.mark.parametrize(
    "name",
    [
        "哈尔滨云成纺织有限公司",
        "讷河市财鼎豆饼加工厂",
        "巴彦县腾飞种植专业合作社",
        "道里区小美理发店",
        "双鸭山市公安局",
        "庆安县五厂经销处",
    ],
)
def test_organisations_read_like_organisations(name):
    assert is_like_company(name)


@pytest.mark.parametrize("name", ["张三", "欧阳修", "李学校", "王店", "John Smith", "阿卜杜拉·买买提", ""])
def test_persons_do_not(name):
    assert not is_like_company(name)
