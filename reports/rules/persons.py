"""The report on a natural person: for that person, or for who holds its written authorisation, and for nobody else. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from credit_platform.errors import Finding, at_field

ARTICLE = "《个人信息保护法》第四十五条；哈政办规〔2020〕12号第33项"
ONESELF = "本人"
SOURCE, NOT_PUBLIC = "信息来源", "不公示"


@dataclass(frozen=True, slots=True)
class Asking:
    """The query that a report rests on. `own`: the person itself, whose identity was seen; `holder`: who holds its authorisation, "" without one;
    `is_person`: whether a natural person was asked for."""

    is_person: bool
    own: bool
    holder: str


def against(asking: Asking) -> list[Finding]:
    """What stands against a report on a person: it is about nobody, or neither the person nor a holder of its authorisation asks for it."""
    if not asking.is_person:
        text, mend = "这次查询的对象不是自然人。", "法人和个体工商户的报告请在“信用报告”中出具。"
    elif not asking.own and not asking.holder:
        text, mend = "个人报告只向本人或者持其书面授权书的人出具。", "请按“本人申请”或者“持书面授权书”重新登记查询。"
    else:
        return []
    return [at_field("report.person", "purpose", text, mend=mend, article=ARTICLE)]


def receiver_of(asking: Asking) -> str:
    """For whom a report is, as its front page and its watermark say."""
    return ONESELF if asking.own else asking.holder


def without_name(text: str, name: str, masked: str) -> str:
    """A text in which the person's name, wherever it stands, is the masked one: what a holder of an authorisation reads."""
    return text.replace(name, masked) if name else text
