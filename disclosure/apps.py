from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant


class DisclosureConfig(AppConfig):
    name = "disclosure"
    label = "disclosure"
    verbose_name = "信息公示"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform.accounts import policy
        from credit_platform.workdays import registry
        from disclosure import actions
        from records import followers

        policy.declare(permissions())
        followers.register(actions.follower)
        registry.register(actions.due_days)


def permissions() -> dict[str, Grant]:
    """Who may do what here, beside the lines that the policy table already has."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER

    return {
        "disclosure.prepare": policy.grant(
            own=[CLERK, REVIEWER], city=[CREDIT_OFFICE], scope="records.write", system=True
        ),
        "disclosure.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "disclosure.return": policy.grant(own=[REVIEWER]),
        "disclosure.exempt": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
        "disclosure.reopen": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
        "disclosure.state_severity": policy.grant(own=[CLERK, REVIEWER]),
        "disclosure.state_performance": policy.grant(own=[CLERK, REVIEWER]),
        "disclosure.repair": policy.grant(city=[CREDIT_OFFICE], system=True),
        "disclosure.restore": policy.grant(city=[CREDIT_OFFICE], system=True),
        "disclosure.remind": policy.grant(system=True),
        "disclosure.read_reminders": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "statistics.recount": policy.grant(city=[CREDIT_OFFICE], system=True),
    }
