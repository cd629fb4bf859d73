"""What a unit tells of what it did with an answer: measures of that answer, or why one that had to be taken or weighed was not. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from checks.rules.states import RESULT_LABELS, Result
from credit_platform.errors import Finding, at_field, required
from sanctions.measures.rules import Force

CITY = "哈政办规〔2020〕12号第24项"
LONGEST_REASON = 1000


def against(
    *,
    result: str,
    decided_on: date,
    measures: Collection[str],
    reason: str,
    answered: Mapping[str, Force],
    banned: bool,
    asked_on: date,
    today: date,
) -> Iterable[Finding]:
    """What stands against an outcome; `answered` are the measures that the answer told, by code, `banned` whether it told of a ban that runs.

    A case that was withdrawn asks for nothing. Otherwise every measure that had to be taken or weighed is taken, or the reason says why
    not; and so it must be said why somebody who is banned was not refused (奖惩到位).
    """
    if result not in RESULT_LABELS:
        known = "、".join(f"{code}（{label}）" for code, label in RESULT_LABELS.items())
        yield at_field("checks.result", "result", "办理结果不在清单中。", mend=f"可用的办理结果：{known}。")
        return
    if not asked_on <= decided_on <= today:
        yield at_field("checks.decided-on", "decided_on", "决定日期应在核查之日至今天之间。")
    strange = sorted(set(measures) - set(answered))
    if strange:
        words = f"该次核查的答复中没有这些措施：{'、'.join(strange)}。"
        yield at_field("checks.measures", "measures", words, mend="只填答复中列出的措施编码。")
    if result == Result.WITHDRAWN:
        return
    left = sorted(code for code, force in answered.items() if force is not Force.INFORM and code not in measures)
    if left and not reason.strip():
        words = f"请说明未采取下列措施的理由：{'、'.join(left)}。"
        yield at_field("checks.reason", "reason", words, article=CITY)
    elif banned and result != Result.REFUSED and not reason.strip():
        yield at_field("checks.reason", "reason", "该主体在期被禁入，请说明仍予办理的理由。", article=CITY)
    elif reason:
        yield from required(reason, "reason", "请填写理由。", rule="checks.reason", most=LONGEST_REASON)
