from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "deliveries.make": "形成变更送达",
    "deliveries.void": "变更送达不再需要",
    "deliveries.acknowledge": "回执变更送达",
    "deliveries.recompute": "重算变更送达期限",
    "deliveries.case.open": "提醒更新",
    "deliveries.case.order": "责令更新",
    "deliveries.case.pause": "暂停共享",
    "deliveries.case.apply": "提请恢复共享",
    "deliveries.case.resume": "恢复共享",
    "deliveries.case.deny": "不予恢复共享",
    "deliveries.case.settle": "更新完毕",
}


class DeliveriesConfig(AppConfig):
    name = "deliveries"
    label = "deliveries"
    verbose_name = "变更送达"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import procedure
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import members, verbs
        from credit_platform.web import navigation, worklists
        from credit_platform.workdays import registry
        from deliveries import holders
        from deliveries.actions import following, reading
        from deliveries.actions.recalculation import delivery_days
        from deliveries.rules.enforcement import ENFORCEMENT, VIEW
        from deliveries.work import work
        from disclosure import followers
        from disclosure.public import readers

        policy.declare(permissions())
        verbs.declare(VERBS)
        holders.register(reading.who_read)
        readers.register(reading.keep)
        followers.register(following.public)
        registry.register(delivery_days)
        worklists.register(work)
        procedure.register(ENFORCEMENT, group="修复与异议", order=60)
        kind = members.Kind("deliveries.delivery", "条变更送达")
        members.register(kind, *(verb for verb in VERBS if not verb.startswith(ENFORCEMENT.audit)))
        admin_rights.declare({"deliveries.recipient": "apiclients.manage"})
        navigation.register(
            "变更送达",
            "delivery:list",
            allowed=lambda user: policy.allows(user, VIEW),
            group="修复与异议",
            order=50,
        )


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import AUDITOR, CLERK, CREDIT_OFFICE, REVIEWER

    return {
        "deliveries.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE, AUDITOR]),
        "deliveries.view_all": policy.grant(city=[CREDIT_OFFICE, AUDITOR]),
        "deliveries.acknowledge": policy.grant(own=[CLERK, REVIEWER]),
        "deliveries.enforce": policy.grant(city=[CREDIT_OFFICE]),
        "deliveries.settle": policy.grant(system=True),
        "deliveries.sweep": policy.grant(system=True),
    }
