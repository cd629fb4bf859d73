"""The verdict of a check: how far what is known of a subject binds an approval. Only the force of measures speaks."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Force(StrEnum):
    """How far a measure binds who decides (措施清单)."""

    INFORM = "inform"
    WEIGH = "weigh"
    MUST = "must"


class Verdict(StrEnum):
    """What the answer comes to, the weightiest last."""

    NONE = "none"
    INFORM = "inform"
    WEIGH = "weigh"
    BARRED = "barred"


VERDICT_LABELS = {Verdict.NONE: "无", Verdict.INFORM: "参考", Verdict.WEIGH: "审慎", Verdict.BARRED: "禁止"}
VERDICT_TONES = {Verdict.NONE: "neutral", Verdict.INFORM: "info", Verdict.WEIGH: "warn", Verdict.BARRED: "serious"}
VERDICT_WORDS = {
    Verdict.NONE: "没有对本事项有约束或者参考意义的信用信息。没有信息不等于守信。",
    Verdict.INFORM: "有信用信息供参考，没有须由本事项采取的措施；不得据此不予办理。",
    Verdict.WEIGH: "有应当审慎考量的措施，由办理单位依法裁量并说明理由；不是不予办理。",
    Verdict.BARRED: "有必须执行的措施或者在期的禁入，依所列法律条款办理。",
}
WEIGHT = {Force.INFORM: Verdict.INFORM, Force.WEIGH: Verdict.WEIGH, Force.MUST: Verdict.BARRED}
_ORDER = list(Verdict)


def verdict(forces: Iterable[Force], *, banned: bool, told: bool) -> Verdict:
    """What follows from the forces of the measures that apply to the matter; `banned`: a ban on this field runs; `told`: something is known at all.

    A list without a measure for the matter is for information (参考); incentives and what others do on their own never come in here.
    """
    found = [Verdict.BARRED] if banned else [Verdict.INFORM] if told else [Verdict.NONE]
    found += [WEIGHT[force] for force in forces]
    return max(found, key=_ORDER.index)
