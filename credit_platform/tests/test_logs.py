import logging

import pytest
from celery import shared_task
from celery.app import trace

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


ROW = "张三丰 家住示例区示例街9号3单元501室\ud800"


@shared_task(name="credit_platform.tests.breaks")
def breaks() -> None:
    try:
        ROW.encode()
    except UnicodeEncodeError as error:
        raise ValueError(ROW[:-1]) from error


def test_a_task_that_breaks_is_told_by_its_type_and_not_by_what_it_held(caplog):
    """Celery writes the error and its arguments; what a worker prints has neither."""
    with caplog.at_level(logging.ERROR, "celery"):
        trace.build_tracer(breaks.name, breaks, app=breaks.app)("1", (), {}, request={})
    (record,) = [each for each in caplog.records if each.name.startswith("celery")]
    text = DiscreetFormatter("%(message)s").format(record)
    for word in ("张三丰", "示例街", "501"):
        assert word not in text
    assert "builtins.ValueError" in text
    assert "builtins.UnicodeEncodeError" in text
    assert "test_logs.py" in text
    assert "breaks" in text


def test_what_celery_says_of_an_error_in_its_words_is_left_out_too():
    record = logging.makeLogRecord(
        {"name": "celery.worker", "msg": "handler raised %r", "args": (ValueError("张三丰"),)}
    )
    text = DiscreetFormatter("%(message)s").format(record)
    assert text == "handler raised 'ValueError'"
