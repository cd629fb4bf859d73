"""What the house learns of listings: verbs, who may, the procedure, the ground that a decision is, the company's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions.designations.rules import DECIDE, DESIGNATION, HANDLE, RESPOND

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "sanctions.designation.open": "提出名单认定",
    "sanctions.designation.notify": "告知拟列入名单",
    "sanctions.designation.serve": "登记列入告知送达",
    "sanctions.designation.hear": "登记列入名单陈述申辩",
    "sanctions.designation.respond": "在线陈述申辩（列入名单）",
    "sanctions.designation.determine": "认定应列入名单",
    "sanctions.designation.decide": "决定列入名单",
    "sanctions.designation.deliver": "登记列入决定送达",
    "sanctions.designation.dismiss": "不予列入名单",
    "sanctions.designation.attachment": "查看名单认定附件",
}


def permissions() -> dict[str, Grant]:
    """Who may do what in a listing."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, REVIEWER

    return {
        HANDLE: policy.grant(own=[CLERK, REVIEWER]),
        DECIDE: policy.grant(own=[REVIEWER]),
        RESPOND: policy.grant(company=True),
    }


def register() -> None:
    """Called once by AppConfig.ready()."""
    from casework import procedure
    from companies import home
    from credit_platform.accounts import policy
    from credit_platform.audit import verbs
    from sanctions.designations.company_home import sections
    from sanctions.designations.queries import ground
    from sanctions.lists.queries.registers import register_ground

    policy.declare(permissions())
    verbs.declare(VERBS)
    procedure.register(DESIGNATION, group="联合奖惩", order=30)
    register_ground("designations", ground)
    home.register(sections)
