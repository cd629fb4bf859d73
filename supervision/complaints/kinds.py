"""The kind of information that complaints bring to the public: neutral, never coloured, never an honour or a mark against anybody."""

from __future__ import annotations

from disclosure.kinds import Kind
from supervision.complaints.standard import KIND

COMPLAINT = Kind(
    code=KIND,
    label="消费投诉",
    address="/complaints/",
    parts=("投诉内容", "被投诉经营者", "办理机关与来源"),
    day_word="登记",
    number_label="12315登记编号",
    said_by="办理",
    results=("TS_WT", "TS_BLJG"),
    about="TS_WT",
    about_word="问题类别",
    outcome=("TS_BLJG",),
    outcome_word="办理结果",
    validity=False,
)
