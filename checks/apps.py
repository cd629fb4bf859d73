from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "checks.ask": "信用核查",
    "checks.look": "查看核查结果",
    "checks.tell": "反馈核查结果",
    "checks.report": "报送办结件",
    "checks.job": "提交文件批量核查",
    "checks.job_cancelled": "取消文件批量核查",
    "checks.job_ended": "文件批量核查结束",
    "checks.note": "知悉核查变化",
    "checks.register": "更新核查依据版本",
    "checks.sweep": "核对主体核查状态",
}


class ChecksConfig(AppConfig):
    name = "checks"
    label = "checks"
    verbose_name = "信用核查"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import followers as case_followers
        from checks.actions import following
        from checks.queries import freshness
        from checks.queries.askers import who_asked
        from checks.queries.coverage import work
        from checks.receipts.verifying import verified
        from commitments.breaches.rules import BREACH
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import verbs
        from credit_platform.web import navigation, worklists
        from deliveries import holders
        from disclosure import followers as public_followers
        from disclosure.public import verifiers
        from objections.rules.procedure import OBJECTION
        from records import followers as record_followers
        from sanctions import followers as entry_followers
        from sanctions.bans.rules import BAN

        policy.declare(permissions())
        verbs.declare(VERBS)
        verifiers.register("check", "信用核查回执", verified)
        entry_followers.register(following.entries)
        record_followers.register(following.records)
        public_followers.register(following.public)
        case_followers.register(BREACH.slug, following.breach_stepped)
        for procedure in (OBJECTION, BAN):
            case_followers.register(procedure.slug, following.subject_stepped)
        freshness.register_supplies(freshness.filed_lists)
        holders.register(who_asked)
        worklists.register(work)
        admin_rights.declare({f"checks.{model}": "checks.manage" for model in ("checkmatter", "recordrule")})

        def may(permission: str) -> navigation.Allowed:
            return lambda user: policy.allows(user, permission)

        navigation.register("信用核查", "checks:list", allowed=may("checks.view"), group="联合奖惩", order=10)
        navigation.register("应查必查", "checks:coverage", allowed=may("checks.view"), group="统计与考核", order=40)


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import AUDITOR, CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN, WINDOW

    return {
        "checks.ask": policy.grant(own=[CLERK, REVIEWER, WINDOW], city=[CREDIT_OFFICE], scope="checks.ask"),
        "checks.ask_person": policy.grant(
            own=[CLERK, REVIEWER, WINDOW], city=[CREDIT_OFFICE], scope="checks.ask_person"
        ),
        "checks.tell": policy.grant(own=[CLERK, REVIEWER, WINDOW], scope="checks.ask"),
        "checks.view": policy.grant(own=[CLERK, REVIEWER, WINDOW], city=[CREDIT_OFFICE, AUDITOR]),
        "checks.view_all": policy.grant(city=[CREDIT_OFFICE, AUDITOR]),
        "checks.manage": policy.grant(city=[SYSTEM_ADMIN], system=True),
    }
