"""How dates, money and numbers read."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from credit_platform.web import formats
from credit_platform.web.templatetags import kit


@pytest.mark.parametrize(
    ("value", "text"),
    [(date(2026, 1, 3), "2026年1月3日"), ("2026-11-23", "2026年11月23日"), (None, ""), ("", ""), ("不详", "不详")],
)
def test_dates_read_in_chinese(value, text):
    assert kit.cn_date(value) == text


def test_the_end_of_time_reads_long_term():
    assert kit.cn_date_or_longterm("2099-12-31") == "长期"
    assert kit.cn_date_or_longterm(date(2099, 12, 30)) == "2099年12月30日"


def test_moments_are_told_in_the_time_of_the_city():
    moment = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)
    assert kit.cn_datetime(moment) == "2026年11月23日 00:05"
    assert kit.cn_date(moment) == "2026年11月23日"
    assert kit.cn_datetime(date(2026, 11, 23)) == "2026年11月23日"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.200000"), "0.2万元（2,000元）"),
        ("12.5", "12.5万元（125,000元）"),
        ("0", "0万元（0元）"),
        ("0.000001", "0.000001万元（0.01元）"),
        ("100", "100万元（1,000,000元）"),
        ("123456", "123,456万元（1,234,560,000元）"),
        (None, ""),
        ("详见决定书", "详见决定书"),
        ("NaN", "NaN"),
    ],
)
def test_amounts_name_both_units(value, text):
    assert formats.money_wan(value) == text


def test_yuan_and_thousands():
    assert formats.money_yuan(2000) == "2,000元"
    assert kit.thousands(1234567) == "1,234,567"
    assert kit.thousands("—") == "—"
    assert kit.thousands(1000) == "1,000"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("23010219900101002X", "230102********002X"),
        ("13800001234", "138****1234"),
        ("王小明", "王**"),
        ("王", "*"),
        ("", ""),
        ("6222020200112345678", "622202*********5678"),
        ({"sealed": "t", "masked": "230102********002X"}, "230102********002X"),
        ({"sealed": "t"}, "已隐藏"),
    ],
)
def test_masks_keep_what_cannot_identify(value, text):
    assert formats.masked(value) == text
