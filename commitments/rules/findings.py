"""Findings at their fields, and all findings of a step in one refusal."""

from __future__ import annotations

from collections.abc import Iterable

from credit_platform.errors import Finding, Level, Refused


def at_field(rule: str, field: str, text: str) -> Finding:
    """What stands against one field of a form."""
    return Finding(rule, Level.ERROR, text, field=field)


def refuse(findings: Iterable[Finding]) -> None:
    """Refused with all findings, each at its field; nothing when there are none."""
    found = tuple(findings)
    if found:
        text = found[0].text if len(found) == 1 else f"有{len(found)}处问题，暂不能办理。"
        raise Refused(found[0].rule, text, mend=found[0].mend or "请按提示更正。", findings=found)
