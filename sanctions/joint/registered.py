"""What the house learns of joint action: verbs, who may, the procedures, what hangs on entries, the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions.joint.rules import ACTION, CONFIRM, HANDLE, INITIATE, LIFTING, PUSH, SUPERVISE, TASK, VIEW

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "sanctions.joint.open": "发起联合奖惩",
    "sanctions.joint.push": "推送联合奖惩",
    "sanctions.joint.finish": "完成联合奖惩推送",
    "sanctions.joint.withdraw": "撤回联合奖惩",
    "sanctions.joint.attachment": "查看联合奖惩附件",
    "sanctions.joint.task.open": "下达联合奖惩任务",
    "sanctions.joint.task.accept": "接受联合奖惩任务",
    "sanctions.joint.task.refuse": "拒绝联合奖惩任务",
    "sanctions.joint.task.agree": "同意不执行联合奖惩任务",
    "sanctions.joint.task.insist": "要求执行联合奖惩任务",
    "sanctions.joint.task.settle": "填写联合奖惩反馈",
    "sanctions.joint.task.report": "提交联合奖惩反馈",
    "sanctions.joint.task.confirm": "确认联合奖惩反馈",
    "sanctions.joint.task.send_back": "退回联合奖惩反馈",
    "sanctions.joint.task.cancel": "取消联合奖惩任务",
    "sanctions.joint.task.attachment": "查看联合奖惩任务附件",
    "sanctions.joint.lifting.open": "要求解除联合奖惩措施",
    "sanctions.joint.lifting.lift": "解除联合奖惩措施",
    "sanctions.joint.lifting.attachment": "查看联合奖惩解除附件",
}


def permissions() -> dict[str, Grant]:
    """Who may do what in joint action."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER

    return {
        VIEW: policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        INITIATE: policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        PUSH: policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE], system=True),
        HANDLE: policy.grant(own=[CLERK, REVIEWER], system=True),
        CONFIRM: policy.grant(own=[REVIEWER]),
        SUPERVISE: policy.grant(city=[CREDIT_OFFICE]),
    }


def register() -> None:
    """Called once by AppConfig.ready()."""
    from casework import procedure
    from credit_platform.accounts import policy
    from credit_platform.audit import verbs
    from credit_platform.web import navigation
    from sanctions import followers
    from sanctions.joint.following import follower

    policy.declare(permissions())
    verbs.declare(VERBS)
    procedure.register(ACTION, group="联合奖惩", order=241)
    procedure.register(TASK, group="联合奖惩", order=242)
    procedure.register(LIFTING, group="联合奖惩", order=243)
    followers.register(follower)

    def supervises(user: object) -> bool:
        return policy.allows(user, SUPERVISE)

    navigation.register("联合奖惩看板", "joint:board", allowed=supervises, group="联合奖惩", order=240)
