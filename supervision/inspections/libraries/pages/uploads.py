"""Files into the libraries: step one reads the file and shows what it would do, step two takes exactly that."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Department, User
from credit_platform.errors import DomainError, Refused, at_field
from credit_platform.web.dates import parse_date
from credit_platform.web.errors import BadRequest, apply_errors, form_response
from credit_platform.web.forms import ActionForm
from records.models import Subject
from supervision.inspections.libraries import actions, workbook
from supervision.inspections.libraries.actions import LIBRARIES
from supervision.inspections.libraries.forms import BearersForm, FileForm
from supervision.inspections.libraries.models import ObjectTag
from supervision.inspections.libraries.queries import compared, objects

SALT, AGE = "inspections.libraries", 3600
"""A preview holds for an hour, on its own page, for whom it was shown."""
KINDS = {"new": "新增", "changed": "修改", "same": "不变", "foreign": "其他单位已登记"}
TEMPLATE = "inspections/libraries/upload.html"
Preview = tuple[dict[str, Any], list[tuple[str, str, str, str]]]
"""What would be taken, and how it is shown."""


@login_required
@require_http_methods(["GET", "POST"])
def upload_inspectors(request: HttpRequest) -> HttpResponse:
    """A list of inspectors of one's own department."""
    user = staff_of(request, LIBRARIES)
    department, back = _department(user), reverse("inspections:inspectors")
    words = {
        "title": "导入执法检查人员",
        "lead": "文件中的人员新增或者修改，文件里没有的保持不变。先显示变化，确认后才登记。",
        "trail": ("执法检查人员", back),
    }

    def preview(data: dict[str, Any]) -> Preview:
        rows = workbook.inspectors(data["file"].read(), data["file"].name)
        changes = compared(department, rows)
        given = {"rows": rows, "seen": [each.kind for each in changes]}
        return given, [(KINDS[each.kind], each.name, each.number, each.differences) for each in changes]

    def take(given: dict[str, Any]) -> str:
        rows = [each | {name: parse_date(each[name]) for name in ("card_from", "card_until")} for each in given["rows"]]
        counts = actions.take_inspectors(department, rows, by=user, seen=given["seen"])
        return "，".join(f"{KINDS[kind]} {count} 名" for kind, count in counts.items())

    return _two_steps(request, FileForm, words, preview, take, back)


@login_required
@require_http_methods(["GET", "POST"])
def upload_bearers(request: HttpRequest) -> HttpResponse:
    """Who bears a tag: subjects of the register by their codes."""
    user = staff_of(request, LIBRARIES)
    department, back, on = _department(user), reverse("inspections:objects"), timezone.localdate()
    words = {
        "title": "导入专项库名单",
        "lead": "名单上的主体自今天起标注；已经标注的不变。先核对，确认后才标注。",
        "trail": ("检查对象名录库", back),
    }

    def preview(data: dict[str, Any]) -> Preview:
        codes = workbook.bearers(data["file"].read(), data["file"].name)
        rows = {row.code: row for row in objects({}, on).filter(code__in=codes)}
        found = [
            at_field("tag.code", "file", f"第{number}行：登记库中没有代码为“{code}”的法人、非法人组织或者个体工商户。")
            for code, number in codes.items()
            if code not in rows
        ]
        if found:
            raise Refused("tag.codes", f"有{len(found)}行不能标注，没有导入。", findings=found[:200])
        borne = set(data["tag"].tagged.filter(until=None).values_list("subject_id", flat=True))
        given = {"tag": data["tag"].code, "subjects": [row.pk for row in rows.values()]}
        shown = [(KINDS["same" if row.pk in borne else "new"], row.name, row.code or "", "") for row in rows.values()]
        return given, shown

    def take(given: dict[str, Any]) -> str:
        tag = ObjectTag.objects.get(code=given["tag"])
        subjects = list(Subject.objects.filter(pk__in=given["subjects"]))
        return f"新增标注 {actions.mark(tag, subjects, department=department, by=user, on=on)} 户"

    return _two_steps(request, BearersForm, words, preview, take, back)


class _Encoder:
    """Days as ISO texts inside what is signed."""

    def dumps(self, given: Any) -> bytes:
        return json.dumps(given, cls=DjangoJSONEncoder, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


def _two_steps(
    request: HttpRequest,
    form_class: type[ActionForm],
    words: dict[str, Any],
    preview: Callable[[dict[str, Any]], Preview],
    take: Callable[[dict[str, Any]], str],
    back: str,
) -> HttpResponse:
    """The form, its preview, and the taking of exactly what was previewed."""
    context = words | {"back_url": back}
    if request.method == "POST" and "sealed" in request.POST:
        return _confirm(request, take, back)
    form = form_class(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return form_response(request, TEMPLATE, context, form)
    try:
        context |= _shown(_salt(request), *preview(form.cleaned_data))
    except DomainError as refused:
        apply_errors(form, refused)
        return form_response(request, TEMPLATE, context, form, error=refused)
    return render(request, TEMPLATE, context | {"form": form})


def _confirm(request: HttpRequest, take: Callable[[dict[str, Any]], str], back: str) -> HttpResponse:
    try:
        given = signing.loads(request.POST["sealed"], salt=_salt(request), max_age=AGE, serializer=_Encoder)
        messages.success(request, f"已导入：{take(given)}。")
    except signing.BadSignature:
        messages.error(request, "预览已失效，请重新上传。")
        return redirect(request.path)
    except DomainError as refused:
        messages.error(request, f"{refused.text}{refused.mend}")
        return redirect(request.path)
    return redirect(back)


def _salt(request: HttpRequest) -> str:
    return f"{SALT}:{request.path}:{request.user.pk}"


def _shown(salt: str, given: dict[str, Any], rows: list[tuple[str, str, str, str]]) -> dict[str, Any]:
    sealed = signing.dumps(given, salt=salt, compress=True, serializer=_Encoder)
    return {"rows": rows, "counts": Counter(kind for kind, *_ in rows).items(), "sealed": sealed}


def _department(user: User) -> Department:
    if user.department is None or not policy.allows(user, LIBRARIES, user.department):
        raise BadRequest("inspections.department", "账户没有所属单位，不能办理。")
    return user.department
