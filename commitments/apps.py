from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {}


class CommitmentsConfig(AppConfig):
    name = "commitments"
    label = "commitments"
    verbose_name = "信用承诺"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform.accounts import policy
        from credit_platform.audit import verbs

        policy.declare(permissions())
        verbs.declare(VERBS)


def permissions() -> dict[str, Grant]:
    """Who may do what here; `company=True` is the company itself, for what is its own."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN

    return {
        "commitments.list.manage": policy.grant(city=[SYSTEM_ADMIN], system=True),
        "commitments.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "commitments.sign": policy.grant(company=True),
        "commitments.declare": policy.grant(company=True),
        "commitments.declaration.review": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
        "commitments.review": policy.grant(own=[CLERK, REVIEWER]),
        "commitments.review.open": policy.grant(system=True),
        "commitments.draw": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
        "commitments.breach.handle": policy.grant(own=[CLERK, REVIEWER], system=True),
        "commitments.breach.decide": policy.grant(own=[REVIEWER]),
        "commitments.remind": policy.grant(system=True),
    }
