"""How the fields and values of an entry read on its page: the words of the model behind the object, else common ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone

from credit_platform.audit import former
from credit_platform.audit.models import AuditEntry
from credit_platform.audit.queries import changed_fields
from credit_platform.web.formats import cn_date_or_longterm, cn_datetime

WORDS: dict[str, str] = {
    "account": "账号",
    "again": "第几次",
    "annulled_on": "撤销、变更决定的日期",
    "code": "代码",
    "count": "数量",
    "differences": "不一致数",
    "drop": "并入主体编号",
    "due_on": "期限",
    "ends_on": "公示期截止",
    "fields": "查看的数据项",
    "faces": "公示内容校验值",
    "file": "文件",
    "filters": "筛选条件",
    "format": "导出格式",
    "head": "总机构",
    "how": "登录方式",
    "item": "目录事项",
    "keep": "保留主体编号",
    "kind": "种类",
    "late": "是否逾期",
    "made": "生成件数",
    "method": "核查方式",
    "on": "日期",
    "papers": "附件数",
    "period": "公示期说明",
    "population": "抽取范围（份）",
    "public_note": "对外说明",
    "roles": "角色",
    "rows": "行数",
    "rule_set": "公示期规则",
    "seed": "随机种子",
    "sha256": "摘要（SHA-256）",
    "simulate": "模拟导入",
    "size": "大小（字节）",
    "standard": "数据标准",
    "state": "状态",
    "status": "状态",
    "title": "标题",
    "value": "值",
}


def changes(entry: AuditEntry) -> list[tuple[str, str, str, str, bool]]:
    """Label, name in the data, before, after, whether they differ."""
    model = _model(entry.object_type)
    return [
        (label(model, name), name, worded(model, name, before), worded(model, name, after), differs)
        for name, before, after, differs in changed_fields(entry)
    ]


def details(entry: AuditEntry) -> list[tuple[str, str]]:
    """What else an entry holds, as pairs for a sheet."""
    model = _model(entry.object_type)
    return [(label(model, name), worded(model, name, value)) for name, value in (entry.detail or {}).items()]


def label(model: type[models.Model] | None, name: str) -> str:
    """The verbose name of the field, a common word, or the name itself."""
    field = _field(model, name)
    verbose = str(field.verbose_name) if field is not None else ""
    # Without a verbose name of its own a field is called after its name in the code.
    named = verbose if verbose and not verbose.isascii() else ""
    return named or WORDS.get(name, name)


def worded(model: type[models.Model] | None, name: str, value: Any) -> str:
    """A value as people read it: choices by their word, days and moments in Chinese, lists line by line."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "\n".join(f"{label(model, str(key))}：{worded(None, str(key), item)}" for key, item in value.items())
    if isinstance(value, list):
        return "\n".join(worded(model, name, item) for item in value)
    field = _field(model, name)
    choices = dict(field.flatchoices) if field is not None else {}
    return str(choices.get(value, "")) or _text(str(value))


def _text(value: str) -> str:
    if len(value) == 10 and value[4] == value[7] == "-":
        return cn_date_or_longterm(value)
    if len(value) > 18 and value[10] == "T":
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        return cn_datetime(timezone.localtime(moment) if moment.tzinfo else moment)
    return value


def _model(object_type: str) -> type[models.Model] | None:
    try:
        return apps.get_model(former.today(object_type))
    except (LookupError, ValueError):
        return None


def _field(model: type[models.Model] | None, name: str) -> models.Field[Any, Any] | None:
    if model is None:
        return None
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None
