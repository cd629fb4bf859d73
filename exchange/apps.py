from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "exchange.partner.add": "登记交换对象",
    "exchange.partner.change": "修改交换对象",
    "exchange.channel.add": "登记交换通道",
    "exchange.channel.change": "修改交换通道",
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
    "exchange.receive": "接收交换批次",
    "exchange.key": "设置交换对象密钥",
    "exchange.map": "录入交换字段映射",
    "exchange.open": "开通交换通道",
    "exchange.close": "停用交换通道",
}
ADMINISTERED = ("exchange.partner", "exchange.channel", "exchange.mapping")
ABOUT_MESSAGES = ("make", "send", "accept", "reject", "park", "resend")


class ExchangeConfig(AppConfig):
    name = "exchange"
    label = "exchange"
    verbose_name = "数据交换"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform import resealing
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import members, verbs
        from credit_platform.web import navigation, worklists
        from disclosure import followers
        from exchange.actions import following
        from exchange.sealed_places import PLACES
        from exchange.work import work

        policy.declare(permissions())
        verbs.declare(VERBS)
        followers.register(following.public)
        resealing.register(*PLACES)
        worklists.register(work)
        admin_rights.declare(dict.fromkeys(ADMINISTERED, "exchange.prepare"))
        for label, name, order in (("数据交换", "overview", 70), ("撤下未确认", "board", 71)):
            allowed = partial(policy.allows, permission="exchange.view")
            navigation.register(label, f"exchange:{name}", allowed=allowed, group="归集", order=order)
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
