from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS = {
    "records.enter": "录入记录",
    "records.revive": "重新入库",
    "records.edit": "修改记录",
    "records.revoke": "撤销记录",
    "records.person_number.see": "查看完整证件号码",
    "subject.profile": "查看主体档案",
    "subject.find_person": "按证件号码查询自然人",
    "subjects.rename": "登记更名",
    "subjects.add_identifier": "登记主体号码",
    "subjects.set_head": "登记总机构",
    "records.merge.propose": "提出主体合并",
    "records.merge.decide": "合并主体",
    "records.merge.decline": "不予合并主体",
    "records.merge.reverse": "还原主体合并",
    "records.import.receive": "上传导入文件",
    "records.import.apply": "批量导入",
    "records.import.simulate": "模拟导入",
    "records.import.map": "对应表头",
    "records.import.forget-header": "删除记住的表头",
    "records.import.cancel": "取消导入",
    "records.import.fail": "导入处理失败",
    "records.import.undo": "撤回批次",
    "records.import.undo_asked": "受理撤回批次",
    "records.import.rejects": "下载退回行",
    "records.authority.take-in": "登记外部机关",
    "records.personal.seal": "加密明文个人号码",
    "records.release": "撤出他单位以机关名义报送的记录",
    "records.draft.expire": "清除久置的暂存表单",
    "subject.match": "批量比对",
    "subject.match.result": "批量比对（结果）",
    "catalogue.supplement": "目录动态增补",
    "catalogue.exempt_code": "登记校验例外代码",
}


class RecordsConfig(AppConfig):
    name = "records"
    label = "records"
    verbose_name = "信用档案"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform import errors, resealing
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import rereading, verbs
        from credit_platform.editions import registry
        from credit_platform.web import navigation, worklists
        from records import audited
        from records.actions.catalogue import CATALOGUE
        from records.identifiers import personal
        from records.imports.batches.work import import_work
        from records.queries.work import ledger_work
        from records.rereading import reader
        from records.sealed_places import PLACES

        errors.hide_with(personal.without_numbers, lambda text: bool(personal.identities(text)))
        policy.declare(permissions())
        verbs.declare(VERBS)
        rereading.register(reader)
        audited.register()
        resealing.register(*PLACES)
        admin_rights.declare({"records.codeexemption": "catalogue.manage"})
        registry.register(CATALOGUE)

        def may(permission: str) -> navigation.Allowed:
            return lambda user: policy.allows(user, permission)

        navigation.register("信用记录", "records:list", allowed=may("records.view"), group="归集", order=10)
        navigation.register("录入记录", "records:choose", allowed=may("records.enter"), group="归集", order=20)
        navigation.register("批量导入", "records:imports", allowed=may("records.view"), group="归集", order=30)
        navigation.register("批量比对", "records:matching", allowed=may("records.view_shared"), group="归集", order=45)
        worklists.register(import_work)
        worklists.register(ledger_work)
        navigation.register("主体查询", "records:subjects", allowed=may("records.view_shared"), group="归集", order=40)
        navigation.register("主体合并", "records:merges", allowed=may("records.merge.propose"), group="归集", order=50)
        navigation.register("信用信息目录", "records:catalogue", group="归集", order=60)


def permissions() -> dict[str, Grant]:
    """Who may do what here, beside the lines that the policy table already has."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE

    return {
        "subjects.edit": policy.grant(own=[CLERK], city=[CREDIT_OFFICE], system=True),
        "records.drafts.expire": policy.grant(system=True),
        "records.personal.seal": policy.grant(system=True),
        "records.release": policy.grant(city=[CREDIT_OFFICE]),
        "catalogue.supplement": policy.grant(system=True),
    }
