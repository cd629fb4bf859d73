"""What the house learns of removals: verbs and the procedure; who may ask and end is said with the lists."""

from __future__ import annotations

from sanctions.removals.rules import REMOVAL

VERBS: dict[str, str] = {
    "sanctions.removal.open": "提出移出名单",
    "sanctions.removal.confirm": "确认移出名单",
    "sanctions.removal.refuse": "不予移出名单",
    "sanctions.removal.attachment": "查看名单移出附件",
}


def register() -> None:
    """Called once by AppConfig.ready()."""
    from casework import procedure
    from credit_platform.audit import verbs

    verbs.declare(VERBS)
    procedure.register(REMOVAL, group="联合奖惩", order=40)
