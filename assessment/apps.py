from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.models import User
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "assessment.assign": "分派任务",
    "assessment.unassign": "终止任务分工",
    "assessment.contact": "报送联系人",
    "assessment.document": "登记制度文件",
    "assessment.document.change": "变更制度文件",
    "assessment.freeze": "冻结考核数字",
    "assessment.evidence.open": "报送落实情况",
    "assessment.evidence.accept": "审核通过落实情况",
    "assessment.evidence.send_back": "退回落实情况",
    "assessment.evidence.resubmit": "重新报送落实情况",
    "assessment.evidence.withdraw": "撤回落实情况",
    "assessment.evidence.attachment": "查看落实情况附件",
    "assessment.spot_check.open": "抽取任务落实抽查",
    "assessment.spot_check.inspect": "登记任务落实抽查",
    "assessment.spot_check.confirm": "确认任务落实抽查",
    "assessment.spot_check.deny": "退回任务落实抽查",
    "assessment.scheme.open": "拟定考核方案",
    "assessment.scheme.revise": "修改考核方案",
    "assessment.scheme.propose": "提交考核方案",
    "assessment.scheme.adopt": "审定考核方案",
    "assessment.scheme.send_back": "退回考核方案",
    "assessment.scheme.discard": "放弃考核方案",
    "assessment.contest.open": "提出考核数字申诉",
    "assessment.contest.correct": "更正考核数字",
    "assessment.contest.reject": "维持考核数字",
    "assessment.contest.withdraw": "撤回考核数字申诉",
    "assessment.adjustment.open": "登记考核加减分",
    "assessment.adjustment.confirm": "确认考核加减分",
    "assessment.adjustment.reject": "不予确认考核加减分",
    "assessment.circular.open": "拟写考核通报",
    "assessment.circular.revise": "修改考核通报",
    "assessment.circular.issue": "签发考核通报",
    "assessment.circular.cancel": "取消考核通报",
    "assessment.circular.attachment": "查看考核通报文件",
    "articles.open": "撰写文章",
    "articles.revise": "修改文章",
    "articles.propose": "提交文章",
    "articles.publish": "发布文章",
    "articles.send_back": "退回文章",
    "articles.withdraw": "撤下文章",
    "articles.discard": "放弃文章",
}
MENU = (
    ("考核表", "assessment:months", 70),
    ("方案任务", "assessment:tasks", 71),
    ("联系人", "assessment:contacts", 72),
    ("制度文件", "assessment:documents", 73),
)


class AssessmentConfig(AppConfig):
    name = "assessment"
    label = "assessment"
    verbose_name = "考核"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from assessment.articles.rules import ARTICLE
        from assessment.plan.actions import SAMPLING
        from assessment.plan.rules import EVIDENCE, SPOT_CHECK
        from assessment.sheets import verifying
        from assessment.sheets.rules import procedures
        from casework import procedure, sampling
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import verbs
        from credit_platform.web import navigation
        from disclosure.public import verifiers

        policy.declare(permissions())
        verbs.declare(VERBS)
        admin_rights.declare({"assessment.task": "assessment.plan"})
        sampling.register(SAMPLING)
        verifiers.register("circular", verifying.LABEL, verifying.verified)
        ordered = (
            EVIDENCE,
            SPOT_CHECK,
            procedures.CONTEST_PROCEDURE,
            procedures.ADJUSTMENT,
            procedures.CIRCULAR,
            procedures.SCHEME,
            ARTICLE,
        )
        for order, each in enumerate(ordered, 80):
            procedure.register(each, group="统计与考核", order=order)
        for label, address, order in MENU:
            navigation.register(label, address, allowed=_may_view, group="统计与考核", order=order)


def _may_view(user: User) -> bool:
    from credit_platform.accounts import policy

    return policy.allows(user, "assessment.view")


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN

    theirs, office = [CLERK, REVIEWER], [CREDIT_OFFICE]
    return {
        "assessment.view": policy.grant(own=theirs, city=office),
        "assessment.handle": policy.grant(own=theirs),
        "assessment.contest": policy.grant(own=theirs),
        "assessment.review": policy.grant(city=office),
        "assessment.assign": policy.grant(city=office),
        "assessment.draw": policy.grant(city=office),
        "assessment.freeze": policy.grant(city=office, system=True),
        "assessment.answer": policy.grant(city=office),
        "assessment.adjust": policy.grant(city=office),
        "assessment.adjust.confirm": policy.grant(city=office),
        "assessment.schemes.draw": policy.grant(city=office),
        "assessment.schemes.adopt": policy.grant(city=office),
        "assessment.circulars.write": policy.grant(city=office),
        "assessment.circulars.issue": policy.grant(city=office),
        "assessment.plan": policy.grant(city=[SYSTEM_ADMIN], system=True),
        "articles.view": policy.grant(own=theirs, city=office),
        "articles.write": policy.grant(own=theirs, city=office),
        "articles.publish": policy.grant(city=office),
    }
