from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "repair.open": "申请信用修复",
    "repair.ask": "要求补正修复材料",
    "repair.supply": "补正修复材料",
    "repair.accept": "受理信用修复",
    "repair.refuse": "不予受理信用修复",
    "repair.verify": "反馈修复核实情况",
    "repair.extend": "延长修复办理期限",
    "repair.review": "初审信用修复",
    "repair.grant": "准予信用修复",
    "repair.reject": "不予信用修复",
    "repair.shield": "临时屏蔽",
    "repair.follow": "登记重整计划回访",
    "repair.free": "通知解除妨碍重整的措施",
    "repair.complete": "计划执行完毕，准予修复",
    "repair.lapse": "终止临时屏蔽",
    "repair.retract": "撤回修复申请",
    "repair.notify": "告知拟撤销修复",
    "repair.serve": "送达拟撤销修复告知",
    "repair.hear": "登记拟撤销修复的陈述申辩",
    "repair.respond": "拟撤销修复的陈述申辩",
    "repair.end": "终止办理信用修复",
    "repair.undo": "撤销信用修复",
    "repair.clear": "维持信用修复",
    "repair.block": "登记不受理修复申请的期限",
    "repair.attachment": "查看信用修复材料",
    "repair.notice": "制发信用修复告知书",
}


class RepairConfig(AppConfig):
    name = "repair"
    label = "repair"
    verbose_name = "信用修复"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import disputes, procedure
        from companies import home
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import verbs
        from credit_platform.web import counter, navigation
        from disclosure import followers
        from repair import disputes as results
        from repair.actions import ending
        from repair.actions.notices import follower
        from repair.company_home import sections
        from repair.queries.waiting import to_accept
        from repair.rules.procedure import APPLY, REPAIR

        policy.declare(permissions())
        verbs.declare(VERBS)
        admin_rights.declare({"repair.blockrule": "repair.rules"})
        procedure.register(REPAIR, group="修复与异议", order=10)
        disputes.register(results.PLACE, results.find, results.own)
        followers.register(follower)
        followers.register(ending.follower)
        navigation.register(
            "登记修复申请",
            "repair:choose",
            allowed=lambda user: policy.allows(user, APPLY),
            group="窗口",
            order=24,
        )
        counter.wait(
            counter.Waiting(
                "待受理的修复申请",
                "repair:cases",
                to_accept,
                order=25,
                allowed=lambda user: policy.allows(user, "repair.view"),
            )
        )
        home.register(sections)
        home.add_link("信用修复", "repair:mine", order=55)


def permissions() -> dict[str, Grant]:
    """Who may do what with repairs."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN, WINDOW

    return {
        "repair.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "repair.apply": policy.grant(city=[WINDOW, CREDIT_OFFICE], company=True, system=True),
        "repair.speak": policy.grant(city=[WINDOW, CREDIT_OFFICE], company=True),
        "repair.accept": policy.grant(city=[CREDIT_OFFICE]),
        "repair.verify": policy.grant(own=[CLERK, REVIEWER], scope="repair.verify"),
        "repair.review": policy.grant(city=[CREDIT_OFFICE]),
        "repair.decide": policy.grant(city=[CREDIT_OFFICE]),
        "repair.undo": policy.grant(city=[CREDIT_OFFICE]),
        "repair.respond": policy.grant(company=True),
        "repair.end": policy.grant(system=True),
        "repair.rules": policy.grant(city=[SYSTEM_ADMIN], system=True),
    }
