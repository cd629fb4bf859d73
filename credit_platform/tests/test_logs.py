import logging

import pytest

from credit_platform.logs import DiscreetFormatter, discreet


@pytest.mark.parametrize(
    "number", ["230102199001010028", "23010219900101002X", "13800138000", "6222021234567890123", "230102900101002"]
)
def test_numbers_of_persons_do_not_reach_the_log(number):
    assert number not in discreet(f"查询 {number}，未找到")


@pytest.mark.parametrize(
    "text", ["91230100MA1B2C3D4E", "哈卫罚〔2026〕12号", "took 1250 ms", "20261123", "0451-84664123"]
)
def test_what_is_public_stays(text):
    assert discreet(text) == text


def test_the_values_of_a_row_are_left_out_of_a_traceback():
    database_says = "\n".join(["duplicate key", "DETAIL:  Key (name)=(王某某) already exists.", "CONTEXT: x"])
    try:
        raise ValueError(database_says)
    except ValueError as error:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": (type(error), error, error.__traceback__)})
    text = DiscreetFormatter("%(message)s").format(record)
    assert "王某某" not in text
    assert "CONTEXT" in text
