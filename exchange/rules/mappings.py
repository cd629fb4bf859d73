"""From our fields to the partner's: what a version of a mapping may say. Pure.

Only what the public sees can be sent, so a mapping names public fields of the standard, and facts of the item that every kind has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from credit_platform.errors import Finding, at_field

FACTS: dict[str, str] = {
    "@subject_name": "主体名称",
    "@subject_code": "统一社会信用代码",
    "@title": "事项",
    "@document_number": "文书号",
    "@decided_on": "决定日期",
    "@published_on": "公示日期",
    "@ends_on": "公示截止日",
}
"""What every public item has beside the fields of its standard."""
NEEDED = ("@subject_name", "@subject_code")
"""Without these nobody knows whom a row is about."""
THEIRS = re.compile(r"[A-Za-z_\u4e00-\u9fff][0-9A-Za-z_\u4e00-\u9fff]{0,63}")
BAD = "exchange.mapping"


def findings(fields: Mapping[str, str], known: Collection[str]) -> Iterable[Finding]:
    """What stands against a mapping, our field → theirs; `known`: the public fields of the standard."""
    if not fields:
        yield at_field(BAD, "fields", "映射不能为空。", mend="每行写一项：本平台字段=对方字段。")
        return
    for ours, theirs in fields.items():
        if ours not in FACTS and ours not in known:
            yield at_field(BAD, "fields", f"“{ours}”不是该类信息可公开的字段。", mend="请核对数据标准中的字段代码。")
        if not THEIRS.fullmatch(theirs):
            yield at_field(BAD, "fields", f"对方字段名“{theirs[:64]}”不合规则。", mend="只用字母、数字、下划线或汉字。")
    if len(set(fields.values())) != len(fields):
        yield at_field(BAD, "fields", "两个字段映射到了对方的同一个字段。", mend="对方的每个字段只写一次。")
    for ours in NEEDED:
        if ours not in fields:
            yield at_field(BAD, "fields", f"缺少“{FACTS[ours]}”（{ours}）。", mend="请补上这一项。")


def start_findings(valid_from: date, latest: date | None, today: date) -> Iterable[Finding]:
    """A version begins after the one before it, and not in the past: what was sent under a mapping stays as it was sent."""
    if latest is not None and valid_from <= latest:
        yield at_field(BAD, "valid_from", "新版本的生效日期应晚于上一版本。", mend="请改用更晚的日期。")
    if latest is not None and valid_from < today:
        yield at_field(BAD, "valid_from", "新版本不能从过去的日期起生效。", mend="请填写今天或以后的日期。")


def parsed(text: str) -> dict[str, str]:
    """The lines `ours=theirs` of a form; a line without “=” keeps itself as a name that no standard has."""
    pairs = (line.partition("=") for line in text.splitlines() if line.strip())
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def as_lines(fields: Mapping[str, str]) -> str:
    """The reverse."""
    return "\n".join(f"{ours}={theirs}" for ours, theirs in fields.items())
