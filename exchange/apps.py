from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "exchange.make": "形成交换消息",
    "exchange.send": "发送交换批次",
    "exchange.acknowledge": "对方已收交换批次",
    "exchange.accept": "对方入库交换消息",
    "exchange.reject": "对方退回交换消息",
    "exchange.lose": "交换批次未得到答复",
    "exchange.park": "暂存交换消息",
    "exchange.resend": "重发交换消息",
    "exchange.reconcile": "与交换对象对账",
    "exchange.renew": "重新报送对账差异",
    "exchange.key": "设置交换对象密钥",
    "exchange.map": "录入交换字段映射",
    "exchange.open": "开通交换通道",
    "exchange.close": "停用交换通道",
}
ABOUT_MESSAGES = ("make", "send", "accept", "reject", "park", "resend")


class ExchangeConfig(AppConfig):
    name = "exchange"
    label = "exchange"
    verbose_name = "数据交换"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform import resealing
        from credit_platform.accounts import policy
        from credit_platform.audit import members, verbs
        from disclosure import followers
        from exchange.actions import following
        from exchange.sealed_places import PLACES

        policy.declare(permissions())
        verbs.declare(VERBS)
        followers.register(following.public)
        resealing.register(*PLACES)
        kind = members.Kind("exchange.message", "条交换消息")
        members.register(kind, *(f"exchange.{verb}" for verb in ABOUT_MESSAGES))


def permissions() -> dict[str, Grant]:
    """Who may do what here. Who prepares a channel does not open it."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import AUDITOR, CREDIT_OFFICE, SYSTEM_ADMIN

    return {
        "exchange.view": policy.grant(city=[CREDIT_OFFICE, AUDITOR]),
        "exchange.prepare": policy.grant(city=[SYSTEM_ADMIN]),
        "exchange.open": policy.grant(city=[CREDIT_OFFICE]),
        "exchange.mend": policy.grant(city=[CREDIT_OFFICE]),
        "exchange.reconcile": policy.grant(city=[CREDIT_OFFICE], system=True),
        "exchange.send": policy.grant(system=True),
    }
