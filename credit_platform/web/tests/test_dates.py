"""Dates as people type them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from credit_platform.web.dates import ChineseDateField, parse_date

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03",
        "2026/11/3",
        "2026.11.03",
        "20261103",
        "2026年11月3日",
        "2026 年 11 月 3 日",
        " 2026-11-3 ",
        "２０２６－１１－０３",
    ],
)
def test_every_spelling_is_the_same_day(text):
    assert ChineseDateField().clean(text) == DAY


@pytest.mark.parametrize(
    "text", ["2026-02-30", "26-11-03", "2026113", "11/03/2026", "昨天", "2026-11", "0000-00-00", "²026-11-03x"]
)
def test_what_is_no_date_is_told_with_an_example(text):
    with pytest.raises(ValidationError, match="例如 2026-11-23"):
        ChineseDateField().clean(text)


@pytest.mark.parametrize("text", ["1899-12-31", "2100-01-01", "9999-12-31"])
def test_a_year_out_of_range_is_a_typing_error(text):
    with pytest.raises(ValidationError, match="1900"):
        ChineseDateField().clean(text)


def test_long_term_is_the_end_of_2099_where_it_is_allowed():
    field = ChineseDateField(long_term=True)
    assert field.clean("长期") == date(2099, 12, 31)
    assert field.prepare_value(date(2099, 12, 31)) == "长期"
    with pytest.raises(ValidationError):
        ChineseDateField().clean("长期")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_all_spellings_of_any_day(day):
    assert {parse_date(f"{day:%Y}{sign}{day:%m}{sign}{day:%d}") for sign in "-/."} == {day}
    assert parse_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert parse_date(f"{day:%Y%m%d}") == day


@given(st.text(max_size=12))
def test_no_text_breaks_it(text):
    assert parse_date(text) is None or parse_date(text)
