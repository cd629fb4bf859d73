"""From a tried version to the one in use: proposed by one, adopted by another, and never against what the inspections say."""

from __future__ import annotations

from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Forbidden, Refused, at_field, refuse
from supervision.grading.actions.drawing import locked
from supervision.grading.models import GradingModel, Trial
from supervision.grading.queries.models import against, last_trial
from supervision.grading.rules.permissions import ADOPT, DRAW
from supervision.grading.rules.states import ModelState, next_state
from supervision.grading.rules.trials import Verdict

ARTICLE = "哈政办规〔2020〕12号第16项"


def propose(model: GradingModel, *, by: User) -> GradingModel:
    """Hand a tried version on for adoption. Who: `grading.models.draw`. Conflict when it is not tried as it stands."""
    with acting(by):
        row = locked(model, DRAW, by=by)
        row.state = next_state(row.state, "propose").value
        _tried(row)
        row.proposed_by, row.proposed_at = by, timezone.now()
        row.save(update_fields=["state", "proposed_by", "proposed_at"])
        audit.record("grading.model.propose", row, by=by, after={"number": row.number})
    return row


def revise(model: GradingModel, *, by: User, reason: str) -> GradingModel:
    """Back to a draft, by who draws up or by who should adopt. Refused without a reason."""
    with acting(by):
        row = locked(model, DRAW, by=by)
        row.state = next_state(row.state, "revise").value
        if not reason.strip():
            raise Refused("grading.reason", "请填写退回修改的理由。")
        row.proposed_by, row.proposed_at = None, None
        row.save(update_fields=["state", "proposed_by", "proposed_at"])
        audit.record("grading.model.revise", row, by=by, reason=reason.strip())
    return row


def adopt(model: GradingModel, *, by: User, reason: str) -> GradingModel:
    """Put a proposed version into use; the former one is retired. Grades follow as soon as a worker has computed them (`computing.compute_due`).

    Who: `grading.models.adopt`, never who drew it up or proposed it (403). Refused when its dry run says that inspections found no more the worse
    the class (it is no better than chance), and without a reason where too few were inspected to tell. Source: 哈政办规〔2020〕12号 no. 16.
    """
    with acting(by):
        row = locked(model, ADOPT, by=by)
        state = next_state(row.state, "adopt")
        if by.pk in (row.drawn_by_id, row.proposed_by_id):
            raise Forbidden("grading.two_people", "模型由编制人、提请人以外的人采用。", article=ARTICLE)
        refuse(against(row), code="grading.unsound")
        _require_better_than_chance(_tried(row), reason)
        former = (
            GradingModel.objects.select_for_update().filter(scheme=row.scheme, state=ModelState.ADOPTED.value).first()
        )
        if former is not None:
            _retire(former, by=by)
        row.state, row.adopted_by, row.adopted_at, row.adopted_why = state.value, by, timezone.now(), reason.strip()
        row.save(update_fields=["state", "adopted_by", "adopted_at", "adopted_why"])
        after = {"number": row.number, "former": former.number if former else None}
        audit.record("grading.model.adopt", row, by=by, after=after, reason=reason.strip(), basis=row.basis)
    return row


def _tried(row: GradingModel) -> Trial:
    trial = last_trial(row)
    if trial is None:
        raise Refused(
            "grading.untried", "该版本还没有按现在的内容试算。", mend="请先试算，再提请采用。", article=ARTICLE
        )
    return trial


def _require_better_than_chance(trial: Trial, reason: str) -> None:
    if trial.verdict == Verdict.FLAT:
        text = "近一年检查发现问题的比例没有随等级变差而上升，该版本不优于随机，不能采用。"
        raise Refused("grading.no-better-than-chance", text, mend="请退回修改指标和分值，重新试算。", article=ARTICLE)
    if trial.verdict == Verdict.UNKNOWN and not reason.strip():
        text = "有检查结果的等级不足，无法用检查结果印证，请说明采用的理由。"
        refuse([at_field("grading.reason", "reason", text, article=ARTICLE)])


def _retire(row: GradingModel, *, by: User) -> None:
    row.state, row.retired_at = next_state(row.state, "retire").value, timezone.now()
    row.save(update_fields=["state", "retired_at"])
    audit.record("grading.model.retire", row, by=by, after={"number": row.number})
