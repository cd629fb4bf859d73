from __future__ import annotations

import pytest

from records.standards.texts import clean, half_width, is_blank_word


@pytest.mark.parametrize("word", ["", "无", "null", "NULL", "None", "/", "-", "--", "N/A", "n/a", "空", "暂无", "NaN"])
def test_words_for_nothing(word):
    assert is_blank_word(word)


@pytest.mark.parametrize("word", ["无锡公司", "0", "否", "nullable", "A/B"])
def test_words_that_say_something(word):
    assert not is_blank_word(word)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("哈尔滨\n市", "哈尔滨市"),
        ("a\r\nb", "a b"),
        ("甲\t乙", "甲乙"),
        ("零\u200b宽", "零宽"),
        ("\ufeff开头", "开头"),
        ("<p>许可<br/>内容</p>", "许可内容"),
        ("a&nbsp;b", "a b"),
        ("x\x00y", "xy"),
        ("半\ud800个", "半个"),
    ],
)
def test_special_characters_are_stripped_and_told(text, cleaned):
    assert clean(text) == (cleaned, True)


@pytest.mark.parametrize("text", ["浓度<5mg/L", "A&B公司", "〔2026〕15号", "丈夫和妻子"])
def test_ordinary_texts_stay(text):
    assert clean(text) == (text, False)


def test_blanks_at_the_ends_and_our_own_apostrophe_go_silently():
    assert clean("　哈尔滨 ") == ("哈尔滨", False)
    assert clean("'=1+1") == ("=1+1", False)


def test_full_width_becomes_half_width_but_chinese_brackets_stay():
    assert half_width("ＡＢ１２（〔〕）　") == "AB12(〔〕) "
