"""What the house learns of the events of the national system: verbs, who may, the procedure, the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions.national.rules import APPROVE, EVENT, RECEIVE, RUN, SCOPE, VERIFY, VIEW

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "sanctions.national.open": "登记国家系统事件",
    "sanctions.national.receive": "接收国家系统事件",
    "sanctions.national.change": "更新国家系统事件",
    "sanctions.national.assign": "分办国家系统事件",
    "sanctions.national.give_back": "退回国家系统事件",
    "sanctions.national.verify": "核查国家系统事件",
    "sanctions.national.approve": "审核国家系统事件",
    "sanctions.national.send_back": "退回重新核查",
    "sanctions.national.dispatch": "上报核查结果",
    "sanctions.national.feedback": "生成国家系统反馈文件",
    "sanctions.national.download": "下载国家系统反馈文件",
    "sanctions.national.receipt": "登记国家系统回执",
    "sanctions.national.acknowledge": "国家系统接受核查结果",
    "sanctions.national.reject": "国家系统退回核查结果",
    "sanctions.national.attachment": "查看国家系统事件附件",
    "sanctions.national.person": "查看事件所涉证件号码",
}


def permissions() -> dict[str, Grant]:
    """Who may do what with events."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER

    return {
        VIEW: policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        RUN: policy.grant(city=[CREDIT_OFFICE]),
        RECEIVE: policy.grant(scope=SCOPE),
        VERIFY: policy.grant(own=[CLERK, REVIEWER]),
        APPROVE: policy.grant(own=[REVIEWER]),
    }


def register() -> None:
    """Called once by AppConfig.ready()."""
    from casework import procedure
    from credit_platform import resealing
    from credit_platform.accounts import policy
    from credit_platform.audit import verbs
    from credit_platform.web import navigation
    from sanctions.national.sealed_places import PLACES

    policy.declare(permissions())
    verbs.declare(VERBS)
    resealing.register(*PLACES)
    procedure.register(EVENT, group="联合奖惩", order=250)

    def runs(user: object) -> bool:
        return policy.allows(user, RUN)

    navigation.register("国家系统收发", "national:inbox", allowed=runs, group="联合奖惩", order=249)
