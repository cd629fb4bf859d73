from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "alerts.sweep": "预警扫描",
    "alerts.alert.open": "发出信用预警",
    "alerts.alert.append": "补充预警依据",
    "alerts.alert.acknowledge": "签收信用预警",
    "alerts.alert.handle": "开始处置信用预警",
    "alerts.alert.interview": "由预警责令整改、约谈",
    "alerts.alert.inspect": "由预警建立计划外检查",
    "alerts.alert.close": "办结信用预警",
    "alerts.alert.clear": "预警情形消失",
    "alerts.alert.reopen": "预警情形再现",
    "alerts.alert.lapse": "预警依据消失",
    "alerts.alert.attachment": "查看预警附件",
    "alerts.verification.open": "提请核实信息",
    "alerts.verification.correct": "登记信息更正",
    "alerts.verification.uphold": "登记信息核实无误",
    "alerts.verification.attachment": "查看信息核实附件",
    "alerts.rule.revise": "修改预警规则",
    "alerts.rule.backtest": "完成预警规则回测",
    "alerts.rule.shadow": "预警规则试运行",
    "alerts.rule.activate": "启用预警规则",
    "alerts.rule.pause": "停用预警规则",
    "alerts.rule.renew": "预警规则续期",
    "alerts.rule.retire": "废止预警规则",
    "alerts.backtest.order": "提交预警规则回测",
    "alerts.backtest.end": "预警规则回测结束",
}


class AlertsConfig(AppConfig):
    name = "supervision.alerts"
    label = "alerts"
    verbose_name = "信用分析预警"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import procedure
        from credit_platform.accounts import policy
        from credit_platform.audit import verbs
        from credit_platform.web import navigation, worklists
        from disclosure import followers as faces
        from records import followers
        from supervision.alerts.actions.following import FaceFollower, LedgerFollower
        from supervision.alerts.queries.desk import work
        from supervision.alerts.rules.alerts import ALERT, VERIFICATION
        from supervision.alerts.rules.ruling import RULES_VIEW

        policy.declare(permissions())
        verbs.declare(VERBS)
        procedure.register(ALERT, group="监管", order=10)
        procedure.register(VERIFICATION, group="监管", order=12)
        followers.register(LedgerFollower())
        faces.register(FaceFollower())
        worklists.register(work)
        navigation.register(
            "预警规则", "alert_rules:list", allowed=lambda user: policy.allows(user, RULES_VIEW), group="监管", order=11
        )


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import AUDITOR, CLERK, CREDIT_OFFICE, REVIEWER

    return {
        "alerts.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "alerts.handle": policy.grant(own=[CLERK, REVIEWER, CREDIT_OFFICE]),
        "alerts.verify": policy.grant(own=[CLERK, REVIEWER]),
        "alerts.sweep": policy.grant(system=True),
        "alerts.rules.view": policy.grant(city=[CREDIT_OFFICE, AUDITOR]),
        "alerts.rules.draft": policy.grant(city=[CREDIT_OFFICE]),
        "alerts.rules.activate": policy.grant(city=[CREDIT_OFFICE]),
        "alerts.rules.pause": policy.grant(city=[CREDIT_OFFICE], system=True),
    }
