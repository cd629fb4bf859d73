from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "complaints.take": "接收违法行为举报",
    "complaints.undo": "撤回投诉举报批次",
    "complaints.report.open": "查看违法行为举报",
}


class ComplaintsConfig(AppConfig):
    name = "supervision.complaints"
    label = "complaints"
    verbose_name = "消费投诉"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from companies import home
        from credit_platform import resealing
        from credit_platform.accounts import policy
        from credit_platform.audit import verbs
        from credit_platform.web import navigation, worklists
        from supervision.complaints.pages.company import sections
        from supervision.complaints.queries.desk import REPORTS, VIEW, complaint_work
        from supervision.complaints.sealed_places import PLACES

        policy.declare(permissions())
        verbs.declare(VERBS)
        self._records()
        resealing.register(*PLACES)
        worklists.register(complaint_work)
        home.register(sections)
        home.add_link("消费投诉", "complaints:mine", order=70)
        for label, name, may, order in (
            ("消费投诉", "list", VIEW, 40),
            ("违法行为举报", "reports", REPORTS, 41),
            ("投诉统计", "statistics", VIEW, 42),
        ):
            allowed = partial(policy.allows, permission=may)
            navigation.register(label, f"complaints:{name}", allowed=allowed, group="监管", order=order)

    def _records(self) -> None:
        """What the ledger and the public site learn of complaints."""
        from disclosure import kinds
        from disclosure.public import extras
        from records import base_data, doors, followers, panels
        from records.standards import codetables, registry
        from supervision.complaints import checks  # noqa: F401 - its rule registers itself
        from supervision.complaints.actions import ComplaintDoor, follower
        from supervision.complaints.kinds import COMPLAINT
        from supervision.complaints.pages.item import about_complaint, panel
        from supervision.complaints.standard import COMPLAINTS, ITEM, KIND, TABLES

        codetables.register(*TABLES)
        registry.register(COMPLAINTS)
        base_data.register(ITEM)
        kinds.register(COMPLAINT)
        extras.register(KIND, about_complaint)
        doors.register(KIND, ComplaintDoor())
        followers.register(follower)
        panels.register(panel)


def permissions() -> dict[str, Grant]:
    """Who may do what with complaints and reports of violations."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER

    return {
        "complaints.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "complaints.reports": policy.grant(own=[CLERK, REVIEWER]),
    }
