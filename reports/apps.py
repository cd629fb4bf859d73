from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse
from django.utils.http import urlencode

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant
    from credit_platform.web.counter import Slip

VERBS: dict[str, str] = {
    "reports.issue": "出具信用报告",
    "reports.look": "下载信用报告",
    "reports.share": "生成报告链接",
    "reports.share_end": "停用报告链接",
    "reports.take": "通过链接下载报告",
    "reports.dispose": "销毁到期的报告文件",
}


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"
    verbose_name = "信用报告"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from companies import home
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import verbs
        from credit_platform.web import counter, navigation
        from disclosure.public import verifiers
        from reports.verifying import verified

        policy.declare(permissions())
        verbs.declare(VERBS)
        verifiers.register("report", "公共信用信息报告", verified)
        admin_rights.declare(
            {f"reports.{model}": "reports.manage" for model in ("reportlayout", "prooffield", "reportpurpose")}
        )
        navigation.register(
            "信用报告", "reports:list", allowed=lambda user: policy.allows(user, "reports.view"), group="窗口", order=30
        )
        home.add_link("信用报告", "reports:mine", order=70)
        counter.offer(
            counter.Offer(
                "信用报告",
                asked_at_window,
                kind=counter.Kind.PRINT,
                order=10,
                allowed=lambda user: policy.allows(user, "reports.issue"),
            )
        )
        counter.offer(
            counter.Offer(
                "个人信用报告",
                person_at_window,
                kind=counter.Kind.PRINT,
                order=10,
                allowed=lambda user: policy.allows(user, "reports.issue_person"),
            )
        )


def asked_at_window(slip: Slip) -> str:
    """The form of a report with what the window knows already: whose, and under which number the visit is registered."""
    if slip.is_person or not slip.code:
        return ""
    known = {"code": slip.code, "purpose": "self", "matter": "窗口查询", "case_number": slip.number}
    return f"{reverse('reports:desk-new')}?{urlencode(known)}"


def person_at_window(slip: Slip) -> str:
    """The report of the person who was asked for; a query of a person is always its own or under its authorisation."""
    return reverse("reports:person", args=[slip.number]) if slip.is_person else ""


def permissions() -> dict[str, Grant]:
    """Who may do what with reports."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import AUDITOR, CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN, WINDOW

    return {
        "reports.issue": policy.grant(city=[CLERK, REVIEWER, WINDOW, CREDIT_OFFICE], company=True, system=True),
        "reports.issue_person": policy.grant(city=[WINDOW, CREDIT_OFFICE]),
        "reports.prove": policy.grant(company=True),
        "reports.share": policy.grant(company=True),
        "reports.view": policy.grant(own=[CLERK, REVIEWER, WINDOW], city=[CREDIT_OFFICE, AUDITOR]),
        "reports.view_all": policy.grant(city=[CREDIT_OFFICE, AUDITOR]),
        "reports.dispose": policy.grant(system=True),
        "reports.manage": policy.grant(city=[SYSTEM_ADMIN], system=True),
    }
