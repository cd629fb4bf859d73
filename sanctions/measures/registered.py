"""What the house learns of the list of measures: verbs, who may, the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions.measures.rules import MANAGE

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "sanctions.field.add": "登记核查事项领域",
    "sanctions.field.change": "修改核查事项领域",
}


def permissions() -> dict[str, Grant]:
    """Who may draw the list up."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import SYSTEM_ADMIN

    return {MANAGE: policy.grant(city=[SYSTEM_ADMIN], system=True)}


def register() -> None:
    """Called once by AppConfig.ready()."""
    from credit_platform.accounts import admin_rights, policy
    from credit_platform.audit import verbs
    from credit_platform.editions import registry
    from sanctions.measures.actions import LISTS

    policy.declare(permissions())
    verbs.declare(VERBS)
    registry.register(LISTS)
    admin_rights.declare({"sanctions.matterfield": MANAGE})
