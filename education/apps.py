from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "education.draft": "编写课程版本",
    "education.revise": "修改课程版本",
    "education.lesson": "编写课时",
    "education.question": "增减试题",
    "education.submit": "课程提交审核",
    "education.publish": "课程审核通过并启用",
    "education.return": "退回课程",
    "education.retire": "停用课程版本",
    "education.enrol": "学员登记",
    "education.pack": "建立入职教育包",
    "education.pack_close": "停用入职教育包",
    "education.begin": "开始考试",
    "education.hand_in": "交卷评分",
    "education.certify": "签发培训证书",
    "education.challenge": "提出撤销证书",
    "education.revoke": "撤销证书",
    "education.uphold": "不予撤销证书",
    "education.training_plan": "筹备修复培训",
    "education.training_announce": "通知修复培训",
    "education.training_accept": "预约修复培训",
    "education.training_enter": "登记培训签到",
    "education.training_strike": "划去培训签到",
    "education.training_hold": "培训签到待确认",
    "education.training_close": "确认培训签到",
    "education.training_return": "退回培训签到",
    "education.training_cancel": "取消修复培训",
}


class EducationConfig(AppConfig):
    name = "education"
    label = "education"
    verbose_name = "诚信教育"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from companies import home
        from credit_platform import resealing
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import verbs
        from credit_platform.web import navigation, worklists
        from disclosure.public import verifiers
        from education.company_home import sections
        from education.queries.courses import course_work
        from education.sealed_places import PLACES
        from education.verifying import LABEL, verified

        policy.declare(permissions())
        verbs.declare(VERBS)
        admin_rights.declare({"education.keygroup": "education.groups"})
        resealing.register(*PLACES)
        verifiers.register("training-certificate", LABEL, verified)
        worklists.register(course_work)
        home.register(sections)
        home.add_link("诚信教育", "education:mine", order=80)

        def view(user: object) -> bool:
            return policy.allows(user, "education.view")

        navigation.register("诚信教育课程", "education:courses", allowed=view, group="办理", order=70)
        navigation.register("信用修复培训", "trainings:list", allowed=view, group="修复与异议", order=80)
        navigation.register("培训证书", "education:certificates", allowed=view, group="办理", order=71)
        navigation.register("诚信教育统计", "education:figures", allowed=view, group="统计与考核", order=60)


def permissions() -> dict[str, Grant]:
    """Who may do what here; `company=True` is the company itself, for what is its own."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN

    return {
        "education.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "education.draft": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "education.check": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
        "education.learn": policy.grant(company=True),
        "education.groups": policy.grant(city=[SYSTEM_ADMIN], system=True),
    }
