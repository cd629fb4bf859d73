from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "lookups.window": "窗口查询",
    "lookups.copy": "交付信息副本",
    "lookups.authorise": "登记查询授权书",
    "lookups.end_authorisation": "登记撤回授权书",
    "lookups.grant": "在线授权查询",
    "lookups.authorisation": "查看查询授权书",
    "lookups.sought": "按证件号码查找",
    "lookups.export": "导出查询登记",
    "lookups.ask_why": "询问查询理由",
    "lookups.draw": "每日抽取查询",
    "lookups.review.note": "审查查询",
    "lookups.review.warn": "提出提醒",
    "lookups.review.refer": "提出移送",
    "lookups.review.confirm": "确认审查处理",
    "lookups.review.reject": "不予确认审查处理",
    "lookups.notable": "登记重点关注对象",
    "lookups.notable_end": "移出重点关注对象",
    "lookups.hold": "提出推迟告知",
    "lookups.hold_confirm": "确认推迟告知",
    "lookups.hold_decline": "不予推迟告知",
    "lookups.dispose": "销毁到期的内容",
    "lookups.retention.propose": "提出保全",
    "lookups.retention.confirm": "确认保全",
    "lookups.retention.decline": "不予保全",
    "lookups.retention.ask_release": "提出解除保全",
    "lookups.retention.release": "确认解除保全",
    "lookups.retention.keep": "不予解除保全",
}


MANAGED = ("purpose", "servicewindow", "reviewlimits", "retentionrule")
"""Models that a system administrator keeps."""


class LookupsConfig(AppConfig):
    name = "lookups"
    label = "lookups"
    verbose_name = "查询登记"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from companies import home
        from credit_platform import resealing
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import looks, verbs
        from credit_platform.web import counter, navigation, worklists
        from lookups.actions.keeping import keep
        from lookups.queries.reviewing import work
        from lookups.queries.visits import slip_of
        from lookups.sealed_places import PLACES

        policy.declare(permissions())
        verbs.declare(VERBS)
        looks.register(keep)
        resealing.register(*PLACES)
        counter.answered_by(slip_of)

        self._retention()
        worklists.register(work)
        home.add_link("谁查过我", "lookups:my-looks", order=70)

        def may(permission: str) -> navigation.Allowed:
            return lambda user: policy.allows(user, permission)

        navigation.register("查询登记", "lookups:register", allowed=may("lookups.review"), group="监督", order=30)
        confirms = may("lookups.review.confirm")
        navigation.register("查询审查", "lookups:findings", allowed=confirms, group="监督", order=31)
        navigation.register("推迟告知", "lookups:holds", allowed=may("lookups.hold"), group="监督", order=35)
        navigation.register("窗口查询", "lookups:window", allowed=may("lookups.ask"), group="窗口", order=10)
        navigation.register(
            "查询授权书", "lookups:authorisations", allowed=may("lookups.authorise"), group="窗口", order=15
        )
        admin_rights.declare({f"lookups.{model}": "lookups.manage" for model in MANAGED})

    def _retention(self) -> None:
        """What is disposed of, and what is held back."""
        from credit_platform.accounts import policy
        from credit_platform.web import navigation, worklists
        from lookups.retention import kinds
        from lookups.retention.papers import Authorisations
        from lookups.retention.queries import work

        kinds.register(kinds.Kind("authorisation", "查询授权书", Authorisations()))
        worklists.register(work)
        navigation.register(
            "保存期限",
            "lookups:retention",
            allowed=lambda user: policy.allows(user, "lookups.retention.view"),
            group="监督",
            order=40,
        )


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import AUDITOR, CREDIT_OFFICE, SECURITY_ADMIN, SYSTEM_ADMIN, WINDOW

    return {
        "lookups.ask": policy.grant(city=[WINDOW, CREDIT_OFFICE]),
        "lookups.authorise": policy.grant(city=[WINDOW, CREDIT_OFFICE]),
        "lookups.grant": policy.grant(company=True),
        "lookups.hold": policy.grant(city=[CREDIT_OFFICE]),
        "lookups.ask_why": policy.grant(city=[WINDOW, CREDIT_OFFICE], company=True),
        "lookups.review": policy.grant(city=[AUDITOR]),
        "lookups.review.confirm": policy.grant(city=[AUDITOR, SECURITY_ADMIN]),
        "lookups.retention": policy.grant(city=[CREDIT_OFFICE, SECURITY_ADMIN]),
        "lookups.retention.view": policy.grant(city=[CREDIT_OFFICE, SECURITY_ADMIN, AUDITOR]),
        "lookups.dispose": policy.grant(system=True),
        "lookups.manage": policy.grant(city=[SYSTEM_ADMIN], system=True),
    }
