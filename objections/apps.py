from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

MENU = (
    ("登记异议", "objection:choose", "objections.file", "窗口", 25),
    ("核对异议人身份", "objection:find", "objections.confirm", "窗口", 26),
    ("复议诉讼标注", "objection:contests", "objections.contest", "修复与异议", 22),
    ("异议统计", "objection:statistics", "objections.view", "统计与考核", 45),
)
VERBS: dict[str, str] = {
    "objections.open": "提出异议",
    "objections.confirm": "确认异议人身份",
    "objections.summon": "通知异议人到窗口核验",
    "objections.lapse": "异议逾期未确认身份",
    "objections.add": "补充异议证据",
    "objections.contact": "查看异议人联系方式",
    "objections.contest.enter": "登记复议诉讼",
    "objections.contest.end": "登记复议诉讼结果",
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
        from casework import disputes, procedure
        from companies import home
        from credit_platform import resealing
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import verbs
        from credit_platform.web import counter, navigation
        from disclosure.public import extras
        from objections.company_home import sections
        from objections.models import ITEM
        from objections.panels import panel
        from objections.public import about_objections
        from objections.queries.targets import item_found
        from objections.queries.waiting import to_accept, to_confirm
        from objections.rules.procedure import OBJECTION
        from objections.sealed_places import PLACES
        from records import panels

        policy.declare(permissions())
        verbs.declare(VERBS)
        admin_rights.declare({"objections.suppressionrule": "objections.rules"})
        procedure.register(OBJECTION, group="修复与异议", order=20)
        for label, name, may, group, order in MENU:
            navigation.register(label, name, allowed=partial(policy.allows, permission=may), group=group, order=order)
        disputes.register(ITEM, item_found)
        extras.register_for_every_kind(about_objections)
        panels.register(panel)
        resealing.register(*PLACES)
        may_file, may_view = (partial(policy.allows, permission=f"objections.{verb}") for verb in ("file", "view"))
        counter.wait(counter.Waiting("待确认身份的异议", "objection:find", to_confirm, order=20, allowed=may_file))
        counter.wait(counter.Waiting("待受理的异议", "objection:cases", to_accept, order=30, allowed=may_view))
        home.register(sections)
        home.add_link("异议", "objection:mine", order=60)


def permissions() -> dict[str, Grant]:
    """Who may do what with objections."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN, WINDOW

    return {
        "objections.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "objections.file": policy.grant(city=[WINDOW, CREDIT_OFFICE], company=True),
        "objections.lodge": policy.grant(system=True),
        "objections.speak": policy.grant(city=[WINDOW, CREDIT_OFFICE], company=True, system=True),
        "objections.confirm": policy.grant(city=[WINDOW, CREDIT_OFFICE]),
        "objections.lapse": policy.grant(system=True),
        "objections.contest": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "objections.accept": policy.grant(city=[CREDIT_OFFICE]),
        "objections.verify": policy.grant(own=[CLERK, REVIEWER]),
        "objections.decide": policy.grant(city=[CREDIT_OFFICE]),
        "objections.rules": policy.grant(city=[SYSTEM_ADMIN], system=True),
        "objections.tell_silent": policy.grant(system=True),
    }
