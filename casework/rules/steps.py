"""The steps of a hearing as people meet them, the same in every procedure that decides against somebody (行政处罚法 arts. 44, 45). Pure."""

from __future__ import annotations

from casework.rules.procedures import Step


def serving(permission: str, more: str = "") -> Step:
    """The notice reached its subject; `more` is a sentence of what runs from then on."""
    return Step("serve", "登记送达", permission, f"登记送达方式和日期，上传送达回证。{more}", "已登记送达。")


def determining(permission: str) -> Step:
    """A second person finds that it is so, once the subject was heard."""
    return Step(
        "determine",
        "认定",
        permission,
        "由提出人以外的审核员认定，写明理由以及对陈述申辩的意见。",
        "已认定，请作出决定。",
        second_person=True,
        after_hearing=True,
    )


def hearing(handle: str, respond: str) -> tuple[Step, Step]:
    """The subject speaks: on paper, taken in at the desk, or online by itself."""
    return (
        Step("hear", "登记陈述申辩", handle, "登记当事人的陈述申辩，或者书面放弃。", "已登记。"),
        Step("respond", "陈述申辩", respond),
    )


def dismissing(permission: str, label: str, unless: str) -> Step:
    """The case ends because there is nothing to decide; `unless` says what was not the case."""
    return Step(
        "dismiss",
        label,
        permission,
        f"{unless}的，写明理由后结案；不留任何不利记录。",
        f"已结案：{label}。",
        second_person=True,
    )
