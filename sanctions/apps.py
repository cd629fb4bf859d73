from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "sanctions.list.save": "登记名单",
    "sanctions.list.enforce": "名单施行",
    "sanctions.list.repeal": "名单废止",
    "sanctions.entry.enter": "列入名单",
    "sanctions.entry.end": "移出名单",
    "sanctions.entry.reinstate": "恢复列入名单",
    "sanctions.entry.raise": "恢复因错误认定取消的守信激励",
    "sanctions.entry.attach": "登记名单条目所附的禁入期限",
}


class SanctionsConfig(AppConfig):
    name = "sanctions"
    label = "sanctions"
    verbose_name = "失信惩戒与守信激励"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform.accounts import policy
        from credit_platform.audit import verbs

        policy.declare(permissions())
        verbs.declare(VERBS)
        self._records()
        self._rooms()

    def _records(self) -> None:
        """What the ledger and the public site learn of the records of this app."""
        from disclosure import kinds
        from disclosure.public import extras
        from records import base_data
        from records.standards import registry
        from sanctions import standards
        from sanctions.catalogue import ITEMS
        from sanctions.kinds import KINDS
        from sanctions.lists.public.entry import about_entry

        registry.register(*standards.ALL)
        base_data.register(*ITEMS)
        kinds.register(*KINDS)
        for kind in KINDS:
            extras.register(kind.code, about_entry)

    def _rooms(self) -> None:
        """What the rooms themselves tell the house."""
        from sanctions.bans import registered as bans
        from sanctions.corrections import registered as corrections
        from sanctions.designations import registered as designations
        from sanctions.filed import registered as filed
        from sanctions.joint import registered as joint
        from sanctions.lists import registered as lists
        from sanctions.measures import registered as measures
        from sanctions.national import registered as national
        from sanctions.removals import registered as removals

        for room in (lists, measures, filed, corrections, designations, removals, bans, joint, national):
            room.register()


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN

    return {
        "sanctions.list.manage": policy.grant(city=[SYSTEM_ADMIN], system=True),
        "sanctions.list.watch": policy.grant(city=[CREDIT_OFFICE]),
        "sanctions.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "sanctions.entry.enter": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE], system=True),
        "sanctions.entry.ask": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "sanctions.entry.end": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE], system=True),
    }
