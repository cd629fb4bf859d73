from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "reinspections.open": "抽取修复复核",
    "reinspections.inspect": "登记修复复核",
    "reinspections.confirm": "确认修复复核结果",
    "reinspections.deny": "退回修复复核",
}


class ReinspectionsConfig(AppConfig):
    name = "reinspections"
    label = "reinspections"
    verbose_name = "修复复核"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import procedure, sampling
        from credit_platform.accounts import policy
        from credit_platform.audit import verbs
        from reinspections.actions import SAMPLING
        from reinspections.rules import REINSPECTION

        policy.declare(permissions())
        verbs.declare(VERBS)
        sampling.register(SAMPLING)
        procedure.register(REINSPECTION, group="修复与异议", order=40)


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CREDIT_OFFICE, REVIEWER

    return {
        "reinspections.view": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
        "reinspections.draw": policy.grant(city=[CREDIT_OFFICE]),
        "reinspections.inspect": policy.grant(city=[CREDIT_OFFICE]),
        "reinspections.confirm": policy.grant(city=[CREDIT_OFFICE]),
    }
