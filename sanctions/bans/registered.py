"""What the house learns of bans: verbs, who may, the procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions.bans.rules import BAN, CONFIRM, REGISTER

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "sanctions.ban.open": "登记市场和行业禁入",
    "sanctions.ban.confirm": "确认市场和行业禁入",
    "sanctions.ban.refuse": "不予登记市场和行业禁入",
    "sanctions.ban.lift": "解除市场和行业禁入",
    "sanctions.ban.attachment": "查看禁入附件",
}


def permissions() -> dict[str, Grant]:
    """Who registers, who confirms."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, REVIEWER

    return {REGISTER: policy.grant(own=[CLERK, REVIEWER]), CONFIRM: policy.grant(own=[REVIEWER])}


def register() -> None:
    """Called once by AppConfig.ready()."""
    from casework import procedure
    from credit_platform.accounts import policy
    from credit_platform.audit import verbs

    policy.declare(permissions())
    verbs.declare(VERBS)
    procedure.register(BAN, group="联合奖惩", order=50)
