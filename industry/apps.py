from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "agencies.apply": "申请信用服务机构登记",
    "agencies.verify": "核对信用服务机构登记",
    "agencies.return": "退回信用服务机构登记",
    "agencies.register": "登记信用服务机构",
    "agencies.confirm": "信用服务机构年度确认",
    "agencies.leave": "信用服务机构退出登记",
    "agencies.connect": "开通信用服务机构接口",
    "agencies.struck": "信用服务机构被取消登记",
    "agencies.authorise": "授权信用服务机构查询",
    "agencies.call": "信用服务机构查询",
    "pilots.open": "申报试点",
    "pilots.agree": "同意试点",
    "pilots.deny": "不予同意试点",
    "pilots.measure": "登记试点指标值",
    "pilots.summarise": "总结试点",
    "pilots.spread": "推广试点",
    "pilots.terminate": "终止试点",
    "pilots.attachment": "查看试点附件",
    "associations.draft": "拟定行业协会授权",
    "associations.authorise": "授权行业协会",
    "associations.discard": "作废行业协会授权",
    "associations.end": "终止行业协会授权",
    "associations.admit": "登记协会会员",
    "associations.release": "登记会员退会",
    "associations.enter": "记录会员自律情况",
    "associations.consent": "会员同意公开",
    "associations.hide": "会员停止公开",
    "associations.appeal": "会员申诉",
    "associations.uphold": "协会答复申诉不成立",
    "associations.withdraw": "协会撤回记录",
    "agencies.strike.open": "提出取消机构登记",
    "agencies.strike.notify": "告知拟取消机构登记",
    "agencies.strike.serve": "登记取消机构登记告知送达",
    "agencies.strike.hear": "登记机构陈述申辩",
    "agencies.strike.respond": "机构陈述申辩",
    "agencies.strike.determine": "认定取消机构登记",
    "agencies.strike.decide": "决定取消机构登记",
    "agencies.strike.dismiss": "不予取消机构登记",
    "agencies.strike.attachment": "查看取消机构登记附件",
}


class IndustryConfig(AppConfig):
    name = "industry"
    label = "industry"
    verbose_name = "行业和机构"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import procedure
        from companies import home
        from credit_platform.accounts import policy
        from credit_platform.audit import verbs
        from credit_platform.web import navigation, worklists
        from deliveries import holders
        from industry.agencies import rules
        from industry.agencies.queries import agency_work, who_was_answered
        from industry.associations import rules as association_rules
        from industry.associations.queries import association_work
        from industry.pilots.rules import PILOT

        policy.declare(permissions())
        verbs.declare(VERBS)
        procedure.register(rules.STRIKE, group="监督", order=61)
        procedure.register(PILOT, group="统计与考核", order=65)
        holders.register(who_was_answered)
        worklists.register(agency_work)
        worklists.register(association_work)
        home.add_link("机构查询授权", "agencies:my-grants", order=82)
        home.add_link("行业自律记录", "associations:my-memberships", order=83)

        navigation.register(
            "信用服务机构",
            "agencies:list",
            allowed=lambda user: policy.allows(user, rules.VIEW),
            group="监督",
            order=60,
        )
        navigation.register(
            "行业协会授权",
            "associations:list",
            allowed=lambda user: policy.allows(user, association_rules.VIEW),
            group="信用承诺",
            order=70,
        )


def permissions() -> dict[str, Grant]:
    """Who may do what here; `company=True` is the company itself, for what is its own."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER

    return {
        "agencies.apply": policy.grant(company=True),
        "agencies.respond": policy.grant(company=True),
        "agencies.view": policy.grant(city=[CREDIT_OFFICE]),
        "agencies.handle": policy.grant(city=[CREDIT_OFFICE]),
        "agencies.decide": policy.grant(city=[CREDIT_OFFICE]),
        "pilots.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "pilots.handle": policy.grant(own=[CLERK, REVIEWER]),
        "pilots.decide": policy.grant(city=[CREDIT_OFFICE]),
        "associations.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "associations.handle": policy.grant(own=[CLERK, REVIEWER]),
        "associations.decide": policy.grant(own=[REVIEWER]),
        "associations.keep": policy.grant(company=True),
        "associations.answer": policy.grant(company=True),
        "agencies.read": policy.grant(scope="agency.read"),
    }
