from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "inspections.inspector.save": "登记执法检查人员",
    "inspections.inspector.upload": "导入执法检查人员",
    "inspections.inspector.duty": "执法检查人员停用或者恢复",
    "inspections.recusal.declare": "登记回避",
    "inspections.recusal.end": "解除回避",
    "inspections.tag.save": "登记检查对象标签",
    "inspections.tag.mark": "标注检查对象",
    "inspections.tag.unmark": "取消检查对象标注",
    "inspections.share.save": "登记抽查比例",
    "inspections.cap.save": "登记检查频次上限",
    "inspections.plan.save": "起草年度抽查计划",
    "inspections.plan.approve": "批准年度抽查计划",
    "inspections.plan.return": "退回年度抽查计划",
    "inspections.plan.publish": "公布年度抽查计划",
    "inspections.plan.close": "结束年度抽查计划",
    "inspections.task.draft": "起草抽查任务",
    "inspections.task.edit": "修改抽查任务",
    "inspections.task.freeze": "冻结抽查名单",
    "inspections.task.commit": "公布抽查名单摘要",
    "inspections.task.draw": "抽取检查对象和检查人员",
    "inspections.task.void": "抽查任务作废",
    "inspections.task.cancel": "取消抽查任务",
    "inspections.task.begin": "抽查任务开始检查",
    "inspections.task.finish": "抽查任务完成",
    "inspections.task.enlarge": "增加抽取户数",
    "inspections.task.redraw": "重新抽取",
    "inspections.object.skip": "检查对象未检查",
    "inspections.object.replace": "更换检查人员",
    "inspections.drawn": "查看抽中名单",
}


class InspectionsConfig(AppConfig):
    name = "supervision.inspections"
    label = "inspections"
    verbose_name = "双随机、一公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import sampling
        from credit_platform import resealing
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import verbs
        from credit_platform.editions import registry
        from credit_platform.web import navigation, worklists
        from supervision.inspections.items.actions import LISTS
        from supervision.inspections.plans.actions import SAMPLING
        from supervision.inspections.plans.queries.work import work
        from supervision.inspections.sealed_places import PLACES
        from supervision.inspections.visits import registered as visits

        policy.declare(permissions())
        verbs.declare(VERBS)
        resealing.register(*PLACES)
        registry.register(LISTS)
        sampling.register(SAMPLING)
        worklists.register(work)
        visits.register()

        def may_view(user: object) -> bool:
            return policy.allows(user, "inspections.view")

        navigation.register("双随机抽查", "inspections:tasks", allowed=may_view, group="监管", order=20)
        navigation.register("年度抽查计划", "inspections:plans", allowed=may_view, group="监管", order=22)
        navigation.register("执法检查人员", "inspections:inspectors", allowed=may_view, group="监管", order=24)
        admin_rights.declare({f"inspections.{name}": "inspections.rows.manage" for name in ROWS})


ROWS = ("sharerow", "frequencycap", "objecttag")
"""Tables that the system administrator writes."""


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN

    return {
        "inspections.items.manage": policy.grant(city=[SYSTEM_ADMIN], system=True),
        "inspections.rows.manage": policy.grant(city=[SYSTEM_ADMIN], system=True),
        "inspections.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "inspections.libraries": policy.grant(own=[CLERK, REVIEWER]),
        "inspections.plan": policy.grant(own=[CLERK]),
        "inspections.approve": policy.grant(own=[REVIEWER]),
        "inspections.draft": policy.grant(
            own=[CLERK, REVIEWER], system=True
        ),  # what follows from the visits of partners
        "inspections.draw": policy.grant(own=[CLERK, REVIEWER]),
        "inspections.redraw": policy.grant(own=[REVIEWER]),
    }
