"""The kind of information that grades bring to the public: what a sector, the province or the nation says of a firm and lets everybody read."""

from __future__ import annotations

from disclosure.kinds import Kind
from supervision.grading.rules.schemes import RECEIVED

EVALUATION = Kind(
    code=RECEIVED,
    label="信用评价结果",
    parts=("评价结果", "评价对象", "评价机关与来源"),
    day_word="评价",
    number_label="评价编号",
    said_by="评价",
    results=("_DJ", "_SM"),
    persons_reason="自然人不评定信用等级。",
)
