"""One name written differently, and names that are only alike: each with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.identifiers.likeness import Alike, Held, compare, parts
from records.identifiers.traditional import SIMPLIFIED, simplified

NAME = "哈尔滨鑫源商贸有限公司"


def like(listed, held=NAME, *former):
    return compare(listed, [Held(held), *(Held(each, is_current=False) for each in former)])


@pytest.mark.parametrize(
    ("listed", "held", "reason"),
    [
        (NAME, NAME, "名称相同"),
        ("鑫源商贸(哈尔滨)有限公司", "鑫源商贸（哈尔滨）有限公司", "括号、空格等写法不同"),
        (" 哈尔滨 鑫源商贸 有限公司", NAME, "括号、空格等写法不同"),
        ("哈爾濱鑫源商貿有限公司", NAME, "繁体字写法不同"),
        ("哈尔滨鑫源商贸有限责任公司", NAME, "组织形式写法不同（有限责任公司、有限公司）"),
        (
            "哈尔滨鑫源商贸有限责任公司道里分公司",
            "哈尔滨鑫源商贸有限公司道里分公司",
            "组织形式写法不同（有限责任公司、有限公司）",
        ),
    ],
)
def test_one_name_written_differently_agrees(listed, held, reason):
    found = like(listed, held)
    assert (found.alike, found.agrees, found.reasons[-1]) == (Alike.SAME, True, reason)


def test_a_former_name_agrees_and_is_told_as_one():
    found = like("哈爾濱宏達商貿有限公司", NAME, "哈尔滨宏达商贸有限公司")
    assert (found.alike, found.agrees, found.held) == (Alike.FORMER, True, "哈尔滨宏达商贸有限公司")
    assert found.reasons == ("与曾用名“哈尔滨宏达商贸有限公司”相同", "繁体字写法不同")


@pytest.mark.parametrize(
    ("listed", "held", "alike", "reason"),
    [
        ("鑫源商贸有限公司", NAME, Alike.NEAR, "一方没有行政区划（“哈尔滨”）"),
        ("哈尔滨鑫元商贸有限公司", NAME, Alike.NEAR, "字号或行业相差一字（“鑫元商贸”、“鑫源商贸”）"),
        ("哈尔滨源鑫商贸有限公司", NAME, Alike.NEAR, "字号或行业相差一字（“源鑫商贸”、“鑫源商贸”）"),
        ("鑫源商贸（哈尔滨）有限公司", NAME, Alike.NEAR, "行政区划在名称中的位置不同"),
        ("哈尔滨鑫源商贸股份有限公司", NAME, Alike.NEAR, "组织形式不同（股份有限公司、有限公司）"),
        ("黑龙江鑫源商贸有限公司", NAME, Alike.SIBLING, "行政区划不同（“黑龙江”、“哈尔滨”）"),
        ("大庆市鑫源商贸有限公司", NAME, Alike.SIBLING, "行政区划不同（“大庆”、“哈尔滨”）"),
        ("哈尔滨市道里区鑫源商贸有限公司", "哈尔滨市道外区鑫源商贸有限公司", Alike.SIBLING, "行政区划不同（“哈尔滨、道里”、“哈尔滨、道外”）"),
        ("哈尔滨鑫源商贸连锁有限公司", NAME, Alike.SIBLING, "一方多出“连锁”"),
        ("哈尔滨鑫源商贸有限公司道里分公司", NAME, Alike.SIBLING, "总机构与分支机构（“道里分公司”）"),
        ("哈尔滨鑫源商贸有限公司第一分店", "哈尔滨鑫源商贸有限公司第二分店", Alike.SIBLING, "不同的分支机构（“第一分店”、“第二分店”）"),
        ("哈尔滨大成商贸有限公司", NAME, Alike.OTHER, "名称不同"),
        ("", NAME, Alike.OTHER, "名称不同"),
    ],
)  # fmt: skip
def test_names_that_are_only_alike_never_agree_and_say_why(listed, held, alike, reason):
    found = like(listed, held)
    assert (found.alike, found.agrees) == (alike, False)
    assert reason in found.reasons


def test_a_district_counts_only_behind_its_city():
    assert parts("方正科技有限公司").places == frozenset()
    assert parts("哈尔滨市方正县方正科技有限公司").places == {"哈尔滨", "方正"}


def test_the_nearer_of_several_names_is_told():
    assert like("哈尔滨宏达商贸有限公司", NAME, "哈尔滨宏大商贸有限公司").held == "哈尔滨宏大商贸有限公司"
    with pytest.raises(ValueError, match="a subject has a name"):
        compare(NAME, [])


def test_what_is_simplified_is_simplified_already():
    assert all(simplified(each) == each for each in SIMPLIFIED.values())


@given(st.text(alphabet="哈尔滨道里鑫源商贸有限责任公司股份分店（）() 第一黑龙江省市", max_size=30))
def test_a_name_is_itself_and_no_grade_depends_on_the_side(text):
    assert compare(text, [Held(text)]).alike is Alike.SAME
    one, other = like(text, NAME), like(NAME, text)
    assert (one.alike, one.closeness) == (other.alike, other.closeness)
