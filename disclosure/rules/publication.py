"""What stands against a publication: findings of the scanner, a missing class, nothing to show."""

from __future__ import annotations

from collections.abc import Iterable

from credit_platform.errors import Finding, Level, Refused


def blocking(scanned: Iterable[Finding], others: Iterable[Finding], *, masking_confirmed: bool) -> tuple[Finding, ...]:
    """The findings that stop a publication. A reviewer who checked the masked preview lifts the scanner's, no others."""
    found = [*others, *(() if masking_confirmed else scanned)]
    return tuple(finding for finding in found if finding.level is Level.ERROR)


def refuse(findings: Iterable[Finding]) -> None:
    """Refused with all findings; nothing when there are none."""
    found = tuple(findings)
    if not found:
        return
    mend = "请按提示更正。"
    if any(finding.rule.startswith("personal.") for finding in found):
        mend = "请退回录入人删除个人信息；或核对遮盖后的预览，勾选“已核对，按遮盖后内容公示”。"
    raise Refused("disclosure.findings", f"有{len(found)}处问题，暂不能办理。", mend=mend, findings=found)
