from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "objections.open": "提出异议",
    "objections.ask": "要求补正",
    "objections.supply": "补正材料",
    "objections.accept": "受理异议",
    "objections.refuse": "不予受理异议",
    "objections.forward": "转办异议",
    "objections.answer": "核实反馈",
    "objections.extend": "延长核实期限",
    "objections.silent": "来源逾期未核实",
    "objections.decide": "答复异议",
    "objections.retract": "撤回异议",
    "objections.appeal": "申请复核",
    "objections.settle": "复核答复",
    "objections.attachment": "查看异议材料",
}


class ObjectionsConfig(AppConfig):
    name = "objections"
    label = "objections"
    verbose_name = "异议"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import procedure
        from companies import home
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import verbs
        from credit_platform.web import navigation
        from objections.company_home import sections
        from objections.rules.procedure import OBJECTION

        policy.declare(permissions())
        verbs.declare(VERBS)
        admin_rights.declare({"objections.suppressionrule": "objections.rules"})
        procedure.register(OBJECTION, group="修复与异议", order=20)
        navigation.register(
            "登记异议",
            "objection:choose",
            allowed=lambda user: policy.allows(user, "objections.file"),
            group="窗口",
            order=25,
        )
        home.register(sections)
        home.add_link("异议", "objection:mine", order=60)


def permissions() -> dict[str, Grant]:
    """Who may do what with objections."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN, WINDOW

    return {
        "objections.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "objections.file": policy.grant(city=[WINDOW, CREDIT_OFFICE], company=True),
        "objections.speak": policy.grant(city=[WINDOW, CREDIT_OFFICE], company=True),
        "objections.accept": policy.grant(city=[CREDIT_OFFICE]),
        "objections.verify": policy.grant(own=[CLERK, REVIEWER]),
        "objections.decide": policy.grant(city=[CREDIT_OFFICE]),
        "objections.rules": policy.grant(city=[SYSTEM_ADMIN], system=True),
        "objections.tell_silent": policy.grant(system=True),
    }
