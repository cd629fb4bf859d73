from __future__ import annotations

from django.apps import AppConfig


class ToyConfig(AppConfig):
    name = "casework.tests.toy"
    label = "toy"
    verbose_name = "示例事项"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform.accounts import policy
        from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER

        policy.declare(
            {
                "toy.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
                "toy.handle": policy.grant(own=[CLERK, REVIEWER], system=True),
                "toy.decide": policy.grant(own=[REVIEWER]),
                "toy.respond": policy.grant(company=True),
            }
        )
