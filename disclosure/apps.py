from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

ADMIN_MODELS = (
    "disclosure.ruleset",
    "disclosure.periodrule",
    "disclosure.finethreshold",
    "disclosure.simpleprocedurelimit",
)
VERBS = {
    "disclosure.prepare": "建立公示事项",
    "disclosure.object": "决定机关提出异议",
    "disclosure.objection.retract": "撤回异议",
    "disclosure.objection.reject": "异议不成立",
    "disclosure.objection.uphold": "异议成立",
    "disclosure.revive": "恢复入库即公示事项",
    "disclosure.submit": "提交审核",
    "disclosure.return": "退回",
    "disclosure.approve": "审核通过",
    "disclosure.publish": "公示",
    "disclosure.exempt": "提出依法不公示",
    "disclosure.bulk.order": "批量办理",
    "disclosure.bulk.stop": "停止批量办理",
    "disclosure.reopen": "恢复办理",
    "disclosure.annul": "登记原决定撤销，中止公示待复核",
    "disclosure.confirm": "确认较轻认定、不公示或撤销",
    "disclosure.deny": "不予确认",
    "disclosure.state_severity": "填写失信严重程度",
    "disclosure.state_performance": "登记履行情况",
    "disclosure.correct": "更正公示内容",
    "disclosure.suspend": "中止公示",
    "disclosure.resume": "恢复公示",
    "disclosure.withdraw": "撤回公示",
    "disclosure.end": "公示期届满",
    "disclosure.repair": "修复终止公示",
    "disclosure.restore": "错修恢复公示",
    "disclosure.follow": "随记录变更",
    "disclosure.undo": "随批次撤回",
    "disclosure.anchor": "补记公示内容校验值",
    "disclosure.remind": "到期提醒",
    "disclosure.recompute": "重算公示时限",
    "disclosure.recompute_periods": "重算公示期",
    "disclosure.revisit": "复查不公示事项",
    "statistics.recount": "核对及时性统计",
}


class DisclosureConfig(AppConfig):
    name = "disclosure"
    label = "disclosure"
    verbose_name = "信息公示"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import rereading, verbs
        from credit_platform.web import freshness, worklists
        from credit_platform.workdays import registry
        from disclosure import actions, audited, kinds
        from disclosure.own_kinds import OWN_KINDS
        from disclosure.panels import panel
        from disclosure.public import verifiers
        from disclosure.public.figures import data_as_of
        from disclosure.public.views.checkpoints import at_entrance
        from disclosure.queries.bulk import bulk_work
        from disclosure.queries.objections import objection_work
        from disclosure.queries.publication import publications_of
        from disclosure.queries.withdrawn import remarks
        from disclosure.queries.worklists import work
        from disclosure.rereading import readers
        from records import followers, panels, publication

        policy.declare(permissions())
        kinds.register(*OWN_KINDS)
        verbs.declare(VERBS)
        for reader in readers:
            rereading.register(reader)
        audited.register()
        admin_rights.declare(dict.fromkeys(ADMIN_MODELS, "rulesets.manage"))
        followers.register(actions.follower)
        followers.register_hold(actions.held)
        followers.register_remarks(remarks)
        registry.register(actions.due_days)
        panels.register(panel)
        publication.register(publications_of)
        for provider in (work, bulk_work, objection_work):
            worklists.register(provider)
        freshness.register(data_as_of)
        verifiers.register("checkpoint", "审计检查点和入链证明", at_entrance)
        self._menu()

    def _menu(self) -> None:
        from credit_platform.accounts import policy
        from credit_platform.web import navigation

        def may(permission: str) -> navigation.Allowed:
            return lambda user: policy.allows(user, permission)

        navigation.register("公示事项", "disclosure:list", allowed=may("disclosure.view"), group="公示", order=10)
        navigation.register(
            "较轻认定、不公示与撤销", "disclosure:lowerings", allowed=may("disclosure.view"), group="公示", order=15
        )
        navigation.register(
            "公示截止日变动", "disclosure:moved-ends", allowed=may("disclosure.view"), group="公示", order=18
        )
        navigation.register(
            "到期提醒", "disclosure:reminders", allowed=may("disclosure.read_reminders"), group="公示", order=20
        )
        navigation.register("以本机关名义", "disclosure:named", allowed=may("disclosure.view"), group="公示", order=30)
        navigation.register("机关异议", "disclosure:objections", allowed=may("disclosure.view"), group="公示", order=40)
        navigation.register(
            "报送及时性", "disclosure:timeliness", allowed=may("statistics.view"), group="统计与考核", order=10
        )


def permissions() -> dict[str, Grant]:
    """Who may do what here, beside the lines that the policy table already has."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN

    return {
        "disclosure.prepare": policy.grant(
            own=[CLERK, REVIEWER], city=[CREDIT_OFFICE], scope="records.write", system=True
        ),
        "disclosure.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "disclosure.object": policy.grant(own=[CLERK, REVIEWER]),
        "disclosure.decide_objection": policy.grant(city=[CREDIT_OFFICE]),
        "disclosure.bulk.stop": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
        "disclosure.return": policy.grant(own=[REVIEWER]),
        "disclosure.exempt": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
        "disclosure.reopen": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
        "disclosure.confirm_lowering": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
        "disclosure.state_severity": policy.grant(own=[CLERK, REVIEWER]),
        "disclosure.state_performance": policy.grant(own=[CLERK, REVIEWER]),
        "rulesets.manage": policy.grant(city=[SYSTEM_ADMIN]),
        "disclosure.repair": policy.grant(city=[CREDIT_OFFICE], system=True),
        "disclosure.restore": policy.grant(city=[CREDIT_OFFICE], system=True),
        "disclosure.mark": policy.grant(city=[CREDIT_OFFICE], system=True),
        "disclosure.anchor": policy.grant(system=True),
        "disclosure.remind": policy.grant(system=True),
        "disclosure.recompute_periods": policy.grant(system=True),
        "disclosure.read_reminders": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "statistics.recount": policy.grant(city=[CREDIT_OFFICE], system=True),
    }
