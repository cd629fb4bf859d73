"""What stands against a publication: findings of the scanner, a missing class, nothing to show, doubts about the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from credit_platform.errors import Finding, Level, Refused

# Warnings of the data standards that say that the decision and its record may not agree. They refuse no row, for the decision may
# really say so; but nobody publishes such a row without having held it against the decision.
DOUBTS = frozenset(
    {
        "amount.matches-text",
        "amount.confiscated-text",
        "subject.kind-vs-code",
        "subject.name-differs",
        "subject.person-name",
        "subject.minor",
        "disclosure.withdrawn-before",
    }
)


def doubts(warnings: Iterable[Mapping[str, str]]) -> tuple[Finding, ...]:
    """The warnings kept beside a record that stop its publication until a reviewer says that the decision really reads so."""
    return tuple(
        Finding(each["rule"], Level.ERROR, each["text"], each.get("mend", ""), field=each.get("field", ""))
        for each in warnings
        if each.get("rule") in DOUBTS
    )


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
    if all(finding.rule in DOUBTS for finding in found):
        mend = "请与决定书核对：有误的退回更正；无误的勾选“已与决定书核对，内容无误”。"
    if any(finding.rule.startswith("personal.") for finding in found):
        mend = "请退回录入人删除个人信息；或核对遮盖后的预览，勾选“已核对，按遮盖后内容公示”。"
    raise Refused("disclosure.findings", f"有{len(found)}处问题，暂不能办理。", mend=mend, findings=found)
