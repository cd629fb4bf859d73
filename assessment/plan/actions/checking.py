"""Chance picks accepted evidence; one looks whether it is true, another confirms. What is untrue counts no longer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.urls import reverse

from assessment.plan import rules
from assessment.plan.models import EvidenceCase, SpotCheckCase
from assessment.plan.rules import RESULT_LABELS, SPOT_CHECK, Result
from casework.actions import step
from casework.actions.hearing import close as end_case
from casework.actions.hearing import scanned
from casework.actions.opening import open_many
from casework.models import Case, Draw
from casework.rules.drawing import at_least
from casework.rules.draws import Stratum
from casework.sampling import Sampling
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department, User
from credit_platform.errors import Forbidden, at_field, required

REACH = 366
"""Calendar days back from the draw (parameter of the platform)."""
GROUND = "抽查范围是近一年内审核通过、没有抽查过的任务落实情况（哈政办规〔2020〕12号组织实施第4项）。"


def population(department: Department, on: date) -> list[Stratum]:
    """Evidence of the whole city that was accepted within a year and nobody has looked at again; the credit office draws for all departments."""
    since = on - timedelta(days=REACH)
    rows = EvidenceCase.objects.accepted().filter(case__closed_on__range=(since, on), spot_checks__isnull=True)
    ids = [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]
    if not ids:
        return []
    ground = f"该层的 {rules.SHARE.normalize():f}%，向上取整。"
    return [Stratum("accepted", "审核通过的落实情况", ids, at_least(len(ids), rules.SHARE), ground)]


def gone(ids: Iterable[str]) -> list[str]:
    """Evidence that stands otherwise since the list was frozen, or is looked at already."""
    asked = {int(each) for each in ids}
    there = EvidenceCase.objects.accepted().filter(pk__in=asked, spot_checks__isnull=True)
    return [str(each) for each in sorted(asked - set(there.values_list("pk", flat=True)))]


def carry_out(draw: Draw, ids: Sequence[str], by: Actor, on: date) -> None:
    """The kit's: what follows when a draw was confirmed."""
    begin(draw, ids, by, on)


def begin(draw: Draw | None, ids: Sequence[str], by: Actor, on: date) -> list[Case]:
    """A spot check of each of these pieces of evidence, in the caller's transaction."""
    rows = EvidenceCase.objects.filter(pk__in=[int(each) for each in ids]).select_related("case__department")
    begun = [(None, row.case.department, {"evidence": row, "draw": draw}) for row in rows.order_by("pk")]
    return open_many(SPOT_CHECK, begun, by=by, on=on, days=rules.CHECK_DAYS)


def objects_of(draw: Draw, ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """For the desk: each that was drawn, what it is about, and its check."""
    rows = EvidenceCase.objects.select_related("case__department", "assignment__task")
    by_id = rows.in_bulk([int(each) for each in ids])
    begun = dict(draw.spot_checks.values_list("evidence_id", "pk"))
    return [
        (
            each,
            f"{by_id[int(each)].case.department} {by_id[int(each)].assignment.task}",
            reverse("spot_check:case", args=[begun[int(each)]]) if int(each) in begun else "",
        )
        for each in ids
    ]


SAMPLING = Sampling(
    slug="assessment-evidence",
    label="任务落实抽查",
    counted="件落实情况",
    ground=GROUND,
    permission=rules.DRAW,
    population=population,
    gone=gone,
    carry_out=carry_out,
    objects=objects_of,
)


def inspect(
    case: Case, *, result: str, finding: str, by: User, on: date | None = None, version: str | None = None
) -> Case:
    """Enter what was seen. The credit office, never who accepted the evidence; who enters it first becomes the drafter. From DRAWN.

    Refused without a result or a finding, and for who accepted what is looked at.
    """
    with step(SPOT_CHECK, case, "inspect", by=by, on=on, version=version) as at:
        found = list(required(finding, "finding", "请写明核查情况。", rule="spot-check.finding", most=2000))
        if result not in set(Result):
            words = f"请选择“{'”或者“'.join(RESULT_LABELS.values())}”。"
            found.append(at_field("spot-check.result", "result", words))
        _not_who_accepted(at.own, by)
        at.refuse([*found, *scanned(finding=finding)])
        at.own.result, at.own.finding = result, finding.strip()
        at.case.drafted_by = by
    return at.case


def confirm(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The result holds; untrue evidence counts no longer from the next figures on. The credit office, never who inspected. From INSPECTED."""
    with step(SPOT_CHECK, case, "confirm", by=by, on=on, version=version) as at:
        _not_who_accepted(at.own, by)
        at.case.decided_by, at.case.decided_on = by, at.on
        if at.own.result == Result.UNTRUE:
            EvidenceCase.objects.filter(pk=at.own.evidence_id).update(refuted_on=at.on)
        end_case(at, reason=f"抽查结果：{at.own.get_result_display()}。")
    return at.case


def deny(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """It has to be looked at again. Who: as `confirm`. From INSPECTED."""
    with step(SPOT_CHECK, case, "deny", by=by, on=on, version=version) as at:
        at.refuse(required(reason, "reason", "请写明需要重新核查的内容。", rule="spot-check.reason", most=500))
        at.reason = reason.strip()
    return at.case


def _not_who_accepted(row: SpotCheckCase, by: User) -> None:
    if row.evidence.case.decided_by_id == by.pk:
        raise Forbidden("spot-check.oneself", "审核通过这件落实情况的人不能参与抽查。", mend="请由其他人员办理。")
