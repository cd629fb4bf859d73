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
    "reports.take_in": "登记异地信用报告",
    "reports.foreign_look": "下载异地信用报告",
    "reports.use_ask": "申请使用信用报告",
    "reports.use_withdraw": "撤回使用申请",
    "reports.use_consent": "同意使用信用报告",
    "reports.use_decline": "不同意使用信用报告",
    "reports.use_revoke": "撤回对使用的同意",
    "reports.use_lapse": "使用申请逾期未答复",
    "reports.use_take": "打开经同意使用的信用报告",
}


MANAGED = ("reportlayout", "prooffield", "reportpurpose", "reportissuer")
"""Models that a system administrator keeps."""


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
        from patrols import readers
        from reports.reading import REPORTS
        from reports.verifying import verified

        policy.declare(permissions())
        verbs.declare(VERBS)
        verifiers.register("report", "公共信用信息报告", verified)
        admin_rights.declare({f"reports.{model}": "reports.manage" for model in MANAGED})
        readers.register(REPORTS)
        navigation.register(
            "信用报告", "reports:list", allowed=lambda user: policy.allows(user, "reports.view"), group="窗口", order=30
        )
        home.add_link("信用报告", "reports:mine", order=70)
        self._uses()
        self._retention()
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

    def _retention(self) -> None:
        """What of reports is disposed of when its time is over."""
        from lookups.retention import kinds
        from reports.actions.disposing import ForeignReports, Reports

        kinds.register(kinds.Kind("report", "信用报告文件", Reports()))
        kinds.register(kinds.Kind("foreign", "异地信用报告", ForeignReports()))

    def _uses(self) -> None:
        """What departments use with the consent of whom it is about."""
        from companies import home
        from credit_platform.accounts import policy
        from credit_platform.web import counter, navigation, worklists
        from reports.uses.queries import sections, to_answer, work

        def view(user: object) -> bool:
            return policy.allows(user, "reports.view")

        navigation.register("报告应用统计", "reports:statistics", allowed=view, group="统计与考核", order=45)
        navigation.register("异地报告", "reports:foreign", allowed=view, group="窗口", order=32)
        navigation.register("报告使用", "reports:uses", allowed=view, group="窗口", order=31)
        worklists.register(work)
        home.register(sections)
        home.add_link("报告使用", "reports:my-uses", order=71)
        counter.wait(counter.Waiting("待主体同意的报告使用", "reports:uses", to_answer, order=50, allowed=view))
        counter.offer(
            counter.Offer(
                "报告使用的答复",
                answered_at_window,
                order=60,
                allowed=lambda user: policy.allows(user, "reports.use_answer"),
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


def answered_at_window(slip: Slip) -> str:
    """What the visitor may answer, when the query was his own."""
    return reverse("reports:uses-before", args=[slip.number]) if slip.is_own else ""


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
        "reports.take_in": policy.grant(city=[CLERK, REVIEWER, WINDOW, CREDIT_OFFICE]),
        "reports.use": policy.grant(own=[CLERK, REVIEWER, CREDIT_OFFICE]),
        "reports.use_answer": policy.grant(city=[WINDOW, CREDIT_OFFICE], company=True),
        "reports.use_lapse": policy.grant(system=True),
        "reports.manage": policy.grant(city=[SYSTEM_ADMIN], system=True),
    }
