"""The kinds of information that commitments bring to the public: the letter, that it was kept, that it was broken."""

from __future__ import annotations

from disclosure.kinds import Kind, Withheld

NOT_KEPT = Withheld(
    "outcome",
    ("未履行", "部分履行"),
    "承诺未履行或部分履行的，依法听取陈述申辩并作出违诺决定后，公示违背承诺信息；复核结果不单独公示。",
)
"""Adverse outcomes: the subject is heard before the public reads of a breach."""

COMMITMENT = Kind(
    code="commitment",
    label="信用承诺",
    address="/commitments/",
    parts=("承诺内容", "承诺主体", "受理单位与来源"),
    day_word="承诺",
    number_label="承诺编码",
    said_by="受理",  # the letter of a subject is taken, not made, by the authority
    results=("CN_LX", "CN_NR"),
    persons_shown=True,
)
FULFILMENT = Kind(
    code="commitment-fulfilment",
    label="履约践诺",
    parts=("履约情况", "承诺主体", "认定单位与来源"),
    day_word="认定",
    number_label="承诺编码",
    said_by="认定",
    results=("LY_ZT", "LY_HCFS"),
    persons_shown=True,
    withheld=(NOT_KEPT,),
)
BREACH = Kind(
    code="commitment-breach",
    label="违背承诺",
    address="/commitments/breaches/",
    parts=("违诺认定", "承诺主体", "认定单位与来源"),
    said_by="认定",
    results=("WN_ZL", "WN_SS", "WN_CS"),
    serious=True,
)
KINDS = (COMMITMENT, FULFILMENT, BREACH)
