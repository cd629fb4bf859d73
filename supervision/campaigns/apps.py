from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "campaigns.open": "新建专项治理",
    "campaigns.freeze": "冻结治理清单",
    "campaigns.approve": "审核通过治理清单",
    "campaigns.deny": "退回治理清单",
    "campaigns.close": "完成专项治理",
    "campaigns.cancel": "取消专项治理",
    "campaigns.targets": "查看治理清单",
    "campaigns.enter": "登记治理办理",
    "campaigns.take_back": "撤回治理办理登记",
    "campaigns.write": "撰写治理案例",
    "campaigns.publish": "公开治理案例",
    "campaigns.withdraw": "撤下治理案例",
    "campaigns.attachment": "查看专项治理附件",
}


class CampaignsConfig(AppConfig):
    name = "supervision.campaigns"
    label = "campaigns"
    verbose_name = "专项治理"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import procedure
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import verbs
        from supervision.campaigns.rules import CAMPAIGN

        policy.declare(permissions())
        verbs.declare(VERBS)
        admin_rights.declare({"campaigns.campaignfield": "campaigns.fields"})
        procedure.register(CAMPAIGN, group="监管", order=60)


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN

    return {
        "campaigns.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "campaigns.handle": policy.grant(own=[CLERK, REVIEWER]),
        "campaigns.approve": policy.grant(own=[REVIEWER]),
        "campaigns.withdraw": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
        "campaigns.fields": policy.grant(city=[SYSTEM_ADMIN], system=True),
    }
