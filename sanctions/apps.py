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
    "sanctions.entry.restore": "恢复名单条目",
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
        self._lists()
        self._rooms()

    def _records(self) -> None:
        """What the ledger and the public site learn of the records of this app."""
        from disclosure import kinds
        from records import base_data
        from records.standards import registry
        from sanctions import standards
        from sanctions.catalogue import ITEMS
        from sanctions.kinds import KINDS

        registry.register(*standards.ALL)
        base_data.register(*ITEMS)
        kinds.register(*KINDS)

    def _lists(self) -> None:
        """What follows the ledger, and what its standards ask."""
        from disclosure.queries import book
        from records import followers
        from records.queries.context import register_codes
        from sanctions import standards
        from sanctions.lists.actions.following import follower
        from sanctions.lists.queries import registers, terms

        followers.register(follower)
        register_codes(standards.LISTS, registers.lists)
        register_codes(standards.GROUNDS, registers.grounds)
        register_codes(standards.TERMS, registers.terms)
        book.register_rule_sets("lists", terms.rule_sets)

    def _rooms(self) -> None:
        """What the rooms themselves tell the house."""
        from sanctions.joint import registered as joint
        from sanctions.measures import registered as measures
        from sanctions.national import registered as national

        for room in (measures, joint, national):
            room.register()


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN

    return {
        "sanctions.list.manage": policy.grant(city=[SYSTEM_ADMIN], system=True),
        "sanctions.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "sanctions.entry.enter": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE], system=True),
        "sanctions.entry.end": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE], system=True),
    }
