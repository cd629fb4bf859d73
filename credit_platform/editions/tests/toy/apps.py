"""A toy list: what a new one costs. Its app stands only in the settings of the tests."""

from __future__ import annotations

from django.apps import AppConfig


class ToyListConfig(AppConfig):
    name = "credit_platform.editions.tests.toy"
    label = "toylist"
    verbose_name = "示例清单"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform.accounts import policy
        from credit_platform.accounts.rules import SYSTEM_ADMIN
        from credit_platform.editions import registry
        from credit_platform.editions.tests.toy.lists import TOYS

        policy.declare({TOYS.permission: policy.grant(city=[SYSTEM_ADMIN], system=True)})
        registry.register(TOYS)
