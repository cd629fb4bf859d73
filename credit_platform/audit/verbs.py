"""How verbs and kinds of objects read on the audit pages. The apps above add theirs with `declare`; an undeclared verb
is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps

from credit_platform.audit import former

LABELS: dict[str, str] = {
    "accounts.login": "登录",
    "accounts.login_failed": "登录失败",
    "accounts.expelled": "会话中多次输错密码，强制退出",
    "accounts.logout": "退出",
    "accounts.idle_logout": "超时自动退出",
    "accounts.create": "开立账号",
    "accounts.set_roles": "调整角色",
    "accounts.move": "调整部门",
    "accounts.rename": "更正姓名",
    "accounts.proposal.propose": "提出账号事项",
    "accounts.proposal.confirm": "核准账号事项",
    "accounts.proposal.refuse": "不予核准账号事项",
    "accounts.proposal.withdraw": "撤回账号事项",
    "accounts.proposal.lapse": "账号事项逾期失效",
    "accounts.activate": "激活账号",
    "accounts.factor.enrol": "启用动态口令",
    "accounts.factor.pass": "通过动态口令",
    "accounts.factor.failed": "动态口令错误",
    "accounts.factor.recovery": "使用恢复码登录",
    "accounts.factor.renew": "重新生成恢复码",
    "accounts.reset_factor": "解除动态口令",
    "accounts.lock": "停用账号",
    "accounts.unlock": "启用账号",
    "accounts.reset_password": "重置密码",
    "accounts.change_password": "修改密码",
    "apiclients.issue": "签发接口密钥",
    "apiclients.revoke": "吊销接口密钥",
    "apiclients.pause": "暂停接口共享",
    "apiclients.resume": "恢复接口共享",
    "departments.add": "新增部门",
    "departments.update": "修改部门",
    "departments.close": "撤销部门",
    "departments.succeed": "登记部门承接",
    "audit.verify": "复核审计链",
    "audit.verify_requested": "请求复核全链",
    "audit.reread": "核对记录内容",
    "audit.export": "导出审计记录",
    "audit.checkpoint": "签发审计检查点",
    "audit.key": "启用检查点签名密钥",
    "audit.key_ended": "停用检查点签名密钥",
    "admin.export": "导出管理列表",
    "demo.begin": "开始载入演示数据",
    "demo.loaded": "载入演示数据完成",
}


def declare(labels: Mapping[str, str]) -> None:
    """Add how the verbs of an app read."""
    LABELS.update(labels)


def label_of(verb: str) -> str:
    """The Chinese of a verb, or the verb itself."""
    return LABELS.get(verb, verb)


def object_kind(object_type: str) -> str:
    """How a kind of object reads: the verbose name of its model."""
    if object_type == "subject":
        return "信用主体"
    try:
        return str(apps.get_model(former.today(object_type))._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type
