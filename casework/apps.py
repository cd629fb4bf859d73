from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "casework.remind": "办理事项提醒",
    "casework.recompute": "重算办理期限",
    "casework.urge": "督办",
    "casework.answer": "答复督办",
    "casework.read": "通知标为已读",
    "casework.draw.announce": "公布随机抽取",
    "casework.draw.enter": "录入抽取公开值",
    "casework.draw.confirm": "复核公开值并抽取",
    "casework.draw.reject": "退回抽取公开值",
    "casework.draw.void": "作废随机抽取",
}


class CaseworkConfig(AppConfig):
    name = "casework"
    label = "casework"
    verbose_name = "办理事项"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework.actions.clocks import case_days
        from casework.queries.work import work
        from casework.sealed_places import PLACES
        from credit_platform import resealing
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import verbs
        from credit_platform.web import navigation, worklists
        from credit_platform.workdays import registry

        policy.declare(permissions())
        verbs.declare(VERBS)
        admin_rights.declare({"casework.clockprofile": "casework.clocks"})
        registry.register(case_days)
        resealing.register(*PLACES)
        worklists.register(work)

        def board(user: object) -> bool:
            return policy.allows(user, "casework.board")

        navigation.register("办理事项", "casework:board", allowed=board, group="办理", order=180)
        navigation.register("随机抽取", "casework:draws", allowed=board, group="办理", order=182)
        navigation.register("督办", "casework:urgings", allowed=board, group="办理", order=185)
        navigation.register("通知", "casework:notices", allowed=board, group="办理", order=190)


def permissions() -> dict[str, Grant]:
    """Who may do what with cases of every procedure; what a procedure's steps want, it declares itself."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN

    return {
        "casework.board": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "casework.urge": policy.grant(city=[CREDIT_OFFICE]),
        "casework.answer": policy.grant(own=[CLERK, REVIEWER]),
        "casework.clocks": policy.grant(city=[SYSTEM_ADMIN], system=True),
        "casework.remind": policy.grant(system=True),
        "casework.draw.expire": policy.grant(system=True),
    }
