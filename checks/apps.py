from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "checks.ask": "信用核查",
    "checks.tell": "反馈核查结果",
}


class ChecksConfig(AppConfig):
    name = "checks"
    label = "checks"
    verbose_name = "信用核查"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from checks.receipts.verifying import verified
        from credit_platform.accounts import policy
        from credit_platform.audit import verbs
        from disclosure.public import verifiers

        policy.declare(permissions())
        verbs.declare(VERBS)
        verifiers.register("check", "信用核查回执", verified)


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
