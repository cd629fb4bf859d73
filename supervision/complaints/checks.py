"""What a row of 12315 must agree in: the cross-field rule of the standard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from records.identifiers import docnumber
from records.standards.rules.register import rule
from records.standards.working import Check, Row
from supervision.complaints import standard as fields
from supervision.complaints.rules.words import ACCEPTED, COMPLAINT

ARTICLE = "市场监督管理投诉举报处理暂行办法（总局令第20号）"
MOST_KEY = 64
ORDER = (
    (fields.RECEIVED, fields.ACCEPTED_ON, "受理决定日期早于登记日期。"),
    (fields.ACCEPTED_ON, fields.CLOSED_ON, "办结日期早于受理决定日期。"),
    (fields.RECEIVED, fields.CHECKED_ON, "核查日期早于登记日期。"),
    (fields.CHECKED_ON, fields.TOLD_ON, "告知举报人日期早于核查日期。"),
)


@rule("complaint.course", "登记、受理、办结的日期依次不早于前一环节；办结须填写结果", ARTICLE)
def course(roles: Mapping[str, str]) -> Check | None:
    """The days of a matter follow one another, and an end has a result."""

    def check(row: Row) -> None:
        for before, after, words in ORDER:
            first, second = row.values.get(before), row.values.get(after)
            if isinstance(first, date) and isinstance(second, date) and second < first:
                row.error(
                    "complaint.course", after, words, mend="请核对两个日期。", value=second.isoformat(), article=ARTICLE
                )
        for code in (fields.ACCEPTED_ON, fields.CLOSED_ON, fields.CHECKED_ON, fields.TOLD_ON):
            day = row.values.get(code)
            if isinstance(day, date) and day > row.ctx.today:
                row.error("complaint.future", code, "日期晚于今日。", mend="请核对日期。", value=day.isoformat())
        _number(row)
        if row.values.get(fields.TYPE) == COMPLAINT:
            _whole(row)

    return check


def _number(row: Row) -> None:
    """A number is compared by its key, in which one character may become several (㈠ is 〔一〕)."""
    number = row.values.get(fields.NUMBER)
    if number and len(docnumber.key(number)) > MOST_KEY:
        words = f"登记编号含有合并字符，展开后超过{MOST_KEY}个字符。"
        row.error("complaint.number-length", fields.NUMBER, words, mend="请按12315平台的登记编号填写。")


def _whole(row: Row) -> None:
    """Of a complaint: a decision has its day, an end its result, and only what was accepted can be mediated."""
    value = row.values.get
    if value(fields.DECISION) and not value(fields.ACCEPTED_ON):
        row.error(
            "complaint.decision-day",
            fields.ACCEPTED_ON,
            "填写了受理结果，没有受理决定日期。",
            mend="请补填作出受理决定的日期。",
        )
    if value(fields.RESULT) and not value(fields.CLOSED_ON):
        row.error("complaint.end-day", fields.CLOSED_ON, "填写了办理结果，没有办结日期。", mend="请补填办结日期。")
    if value(fields.CLOSED_ON) and value(fields.DECISION) == ACCEPTED and not value(fields.RESULT):
        row.error(
            "complaint.result",
            fields.RESULT,
            "已经办结，没有办理结果。",
            mend="请填写达成调解、未达成调解、终止调解、撤回投诉或者先行和解。",
        )
    if value(fields.RESULT) and value(fields.DECISION) != ACCEPTED:
        text = "填写了办理结果，受理结果不是“受理”。"
        row.error(
            "complaint.accepted",
            fields.DECISION,
            text,
            mend="请核对受理结果；不予受理的不填写办理结果。",
            article=ARTICLE,
        )
