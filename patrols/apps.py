from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "patrols.begin": "开始公示巡查",
    "patrols.finish": "完成公示巡查",
    "patrols.abandon": "公示巡查中断",
    "patrols.alarm.open": "公示巡查告警",
    "patrols.alarm.close": "处置公示巡查告警",
}


class PatrolsConfig(AppConfig):
    name = "patrols"
    label = "patrols"
    verbose_name = "公示巡查"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import procedure
        from credit_platform.accounts import policy
        from credit_platform.audit import verbs
        from credit_platform.web import navigation, worklists
        from patrols import readers, reading
        from patrols.rules import ALARM, VIEW
        from patrols.work import work

        policy.declare(permissions())
        verbs.declare(VERBS)
        readers.register(reading.WIDE)
        readers.register(reading.STOPPED_ITEMS)
        worklists.register(work)
        procedure.register(ALARM)
        navigation.register(
            "公示巡查", "patrol:list", allowed=lambda user: policy.allows(user, VIEW), group="监督", order=30
        )


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import AUDITOR, CREDIT_OFFICE

    return {
        "patrols.view": policy.grant(city=[CREDIT_OFFICE, AUDITOR]),
        "patrols.order": policy.grant(city=[CREDIT_OFFICE], system=True),
        "patrols.handle": policy.grant(city=[CREDIT_OFFICE]),
    }
