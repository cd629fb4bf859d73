"""How this room takes its place in the house; called once by AppConfig.ready()."""

from __future__ import annotations

from casework import procedure
from companies import home
from credit_platform.accounts import policy
from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER
from credit_platform.audit import verbs
from credit_platform.web import navigation
from supervision.inspections.visits.rules.procedure import DECIDE, HANDLE, RECUSE, VIEW, VISIT

VERBS = {
    "inspections.visits.open": "开始办理检查",
    "inspections.visits.notify": "审批并通知检查",
    "inspections.visits.recuse": "申请检查人员回避",
    "inspections.visits.rule": "决定回避申请",
    "inspections.visits.inspect": "开始检查",
    "inspections.visits.enter": "填写检查结果",
    "inspections.visits.return": "退回检查结果",
    "inspections.visits.review": "审核检查结果",
    "inspections.visits.publish": "公示检查结果",
    "inspections.visits.follow": "开始检查后续处理",
    "inspections.visits.settle": "登记检查后续处理结果",
    "inspections.visits.close": "办结检查",
    "inspections.visits.skip": "登记不能检查",
    "inspections.visits.attachment": "查看检查照片和材料",
}
PERMISSIONS = {
    VIEW: policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
    HANDLE: policy.grant(own=[CLERK, REVIEWER]),
    DECIDE: policy.grant(own=[REVIEWER]),
    RECUSE: policy.grant(company=True),
}


def register() -> None:
    """The procedure, rights, verbs, and where companies meet it."""
    policy.declare(PERMISSIONS)
    verbs.declare(VERBS)
    procedure.register(VISIT, group="监管", order=40)
    navigation.register(
        "待检查对象", "visit:waiting", allowed=lambda user: policy.allows(user, HANDLE), group="监管", order=39
    )
    navigation.register(
        "检查统计", "visit:figures", allowed=lambda user: policy.allows(user, VIEW), group="监管", order=41
    )
    home.add_link("检查", "visit:my-history", order=60)
