"""The steps of a task and of a plan as pages: words, form, who is offered it, and the action behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.forms import EditForm
from supervision.inspections.plans import actions, forms
from supervision.inspections.plans.actions.planning import APPROVE
from supervision.inspections.plans.actions.steps import DRAFT, DRAW, REDRAW
from supervision.inspections.plans.models import InspectionPlan, InspectionTask
from supervision.inspections.plans.rules.states import PLAN_MOVES, TASK_MOVES, PlanState, TaskState


@dataclass(frozen=True, slots=True)
class Step:
    """`run` gets the row and what the action takes (`by`, `version`, the form's fields); `but` names the column of who may not take it."""

    label: str
    lead: str
    permission: str
    form: type[EditForm]
    run: Callable[..., Any]
    done: str
    but: str = ""
    states: tuple[str, ...] = field(default=())


def _freeze(row: InspectionTask, **given: Any) -> None:
    actions.freeze(row, **given)


def _commit(row: InspectionTask, *, form: forms.CommitForm, by: User, version: str, **given: Any) -> None:
    actions.commit(row, named=form.named(), load_cap=given["load_cap"], by=by, version=version)


def _today(action: Callable[..., Any]) -> Callable[..., Any]:
    """The action with the day of today."""

    def run(row: Any, **given: Any) -> Any:
        return action(row, on=timezone.localdate(), **given)

    return run


TASK_STEPS = {
    "freeze": Step(
        "冻结名单", "按今天的登记信息、监管等级和检查次数上限确定名单、户数；冻结后不能再改。",
        DRAFT, forms.FreezeForm, _freeze, "名单已冻结，请另一人公布。",
    ),
    "commit": Step(
        "公布并承诺", "公布名单摘要、各层抽取数、随机数摘要和将要采用的公开值。由冻结人以外的人办理。",
        DRAW, forms.CommitForm, _commit, "已公布，等待公开值产生。", but="frozen_by_id",
    ),
    "cancel": Step("取消任务", "尚未公布的任务可以取消，原因留存。", DRAFT, forms.ReasonForm, actions.cancel, "任务已取消。"),
    "enlarge": Step(
        "增加抽取户数", "从同一次抽取的签号往后增加，已抽中的不变；不能减少。", REDRAW, forms.EnlargeForm, _today(actions.enlarge),
        "已增加抽取户数。", states=(TaskState.DRAWN, TaskState.RUNNING),
    ),
    "finish": Step(
        "完成任务", "全部对象已公示结果或者写明未检查原因的，任务完成。", DRAFT, forms.FreezeForm, _today(actions.finish), "任务已完成。"
    ),
    "redraw": Step(
        "重新抽取", "另起内容相同的任务；原任务及其结果仍然公开，原因予以公布。",
        REDRAW, forms.ReasonForm, _today(actions.redraw), "已另起任务，请核对后冻结名单。",
        states=(TaskState.DRAWN, TaskState.RUNNING, TaskState.VOID),
    ),
}  # fmt: skip
PLAN_STEPS = {
    "approve": Step(
        "批准", "由起草人以外的人批准。", APPROVE, forms.ApproveForm, _today(actions.approve), "计划已批准，可以公布。", but="drafted_by_id"
    ),
    "return": Step("退回修改", "已批准尚未公布的，可以退回起草。", APPROVE, forms.ReasonForm, actions.send_back, "已退回起草。"),
    "publish": Step("公布", "公布后任何人都可以查看，任务据此立项。", APPROVE, forms.FreezeForm, _today(actions.publish), "计划已公布。"),
    "close": Step("结束", "年度检查安排到期后结束。", APPROVE, forms.FreezeForm, _today(actions.close), "计划已结束。"),
}  # fmt: skip


def steps_for(row: InspectionTask | InspectionPlan, user: User) -> list[tuple[str, Step]]:
    """What a person may do with a task or a plan now."""
    steps = TASK_STEPS if isinstance(row, InspectionTask) else PLAN_STEPS
    return [
        (verb, step)
        for verb, step in steps.items()
        if _open(row, verb, step)
        and policy.allows(user, step.permission, row.department)
        and not (step.but and getattr(row, step.but) == user.pk)
    ]


def _open(row: InspectionTask | InspectionPlan, verb: str, step: Step) -> bool:
    if step.states:
        return row.state in step.states
    if isinstance(row, InspectionTask):
        return (TaskState(row.state), verb) in TASK_MOVES
    return (PlanState(row.state), verb) in PLAN_MOVES
