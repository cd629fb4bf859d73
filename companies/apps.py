from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS = {
    "companies.apply": "申请主体账户",
    "companies.confirm": "确认主体账户",
    "companies.refuse": "不予确认主体账户",
    "companies.suspend": "停用主体账户",
    "companies.resume": "恢复主体账户",
    "companies.close": "注销主体账户",
    "companies.lapse": "账户申请逾期",
    "companies.login": "主体登录",
    "companies.login_failed": "主体登录失败",
    "companies.expelled": "主体会话中多次输错密码，强制退出",
    "companies.logout": "主体退出",
    "companies.idle_logout": "主体超时自动退出",
    "companies.change_password": "主体修改密码",
    "companies.reset_password": "重置主体账户密码",
}


class CompaniesConfig(AppConfig):
    name = "companies"
    label = "companies"
    verbose_name = "主体账户"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from companies.queries import waiting
        from companies.sealed_places import PLACES
        from companies.views.window import window_for
        from credit_platform import resealing
        from credit_platform.accounts import policy
        from credit_platform.audit import verbs
        from credit_platform.web import counter, navigation

        policy.declare(permissions())
        verbs.declare(VERBS)
        resealing.register(*PLACES)

        def may_confirm(user: object) -> bool:
            from companies.queries import register_unit

            name = "companies.confirm"
            return policy.allows(user, name) and policy.allows(user, name, register_unit())

        def may_view(user: object) -> bool:
            return policy.allows(user, "companies.view")

        counter.wait(counter.Waiting("待确认的主体账户", "companies:window", waiting, order=10, allowed=may_confirm))
        counter.offer(counter.Offer("账户核验", window_for, order=20, allowed=may_confirm))
        navigation.register("账户核验", "companies:window", allowed=may_confirm, group="窗口", order=20)
        navigation.register("经营主体账户", "companies:desk", allowed=may_view, group="窗口", order=30)


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, WINDOW

    return {
        "companies.view": policy.grant(city=[CLERK, WINDOW, CREDIT_OFFICE]),
        # `unit`: the registering authority; of a reset and of what follows the unit that confirmed the account.
        "companies.confirm": policy.grant(own=[CLERK], city=[WINDOW]),
        "companies.reset": policy.grant(own=[CLERK, CREDIT_OFFICE], city=[WINDOW]),
        "companies.keep": policy.grant(own=[CLERK], city=[WINDOW, CREDIT_OFFICE]),
        "companies.lapse": policy.grant(system=True),
    }
