"""The workbook of an edition in the administration: download, upload with preview and confirmation, and the comparison of editions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commitments.actions.list_upload import take
from commitments.models import MatterList
from commitments.queries import editions
from commitments.rules.states import ListState
from commitments.workbook.columns import Known
from commitments.workbook.plan import plan
from commitments.workbook.read import Content, Row, checked, content_of
from commitments.workbook.write import workbook
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.errors import DomainError, Refused
from credit_platform.web.export import content_disposition
from credit_platform.web.forms import KitForm

SALT = "commitments.list"
AGE = 2 * 60 * 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(KitForm):
    """A workbook for a draft."""

    edition = forms.ModelChoiceField(
        MatterList.objects.filter(state=ListState.DRAFT), label="编制中的版本", to_field_name="code"
    )
    file = forms.FileField(label="清单文件", help_text="xlsx、xls 或 csv。表头可在任意一行，列的顺序不限。")


@require_safe
def workbook_view(request: HttpRequest) -> HttpResponse:
    """The workbook of `?edition=`; without one, the empty template."""
    _manager(request)
    code = request.GET.get("edition", "")
    edition = get_object_or_404(MatterList, code=code) if code else None
    name = f"{edition.name}.xlsx" if edition else "承诺事项清单填报模板.xlsx"
    headers = {"Content-Disposition": content_disposition(name), "Cache-Control": "no-store"}
    return HttpResponse(workbook(edition), content_type=XLSX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_view(request: HttpRequest) -> HttpResponse:
    """Step one reads the file and shows what it would do; step two takes exactly that."""
    user = _manager(request)
    if request.method == "POST" and "sealed" in request.POST:
        return _confirm(request, user)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"edition": request.GET.get("edition")})
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = content_of(file.read(), file.name)
        except Refused as error:
            form.add_error("file", f"{error.text}{error.mend}")
        else:
            context |= _preview(form.cleaned_data["edition"], content)
    status = 422 if form.errors or context.get("problems") else 200
    return _page(request, "commitments/admin/upload.html", "上传清单文件", context, status)


def _preview(edition: MatterList, content: Content) -> dict[str, Any]:
    rows, problems = checked(content, Known())
    if problems:
        return {"problems": problems}
    made = plan(edition, rows)
    cells = {"rows": [asdict(row) for row in content.rows], "letters": content.letters}
    sealed = signing.dumps(cells | {"edition": edition.pk, "stamp": made.stamp}, salt=SALT, compress=True)
    return {"plan": made, "edition": edition, "sealed": sealed}


def _confirm(request: HttpRequest, user: User) -> HttpResponse:
    again = HttpResponseRedirect(reverse("admin:commitments_list_upload"))
    try:
        given = signing.loads(request.POST["sealed"], salt=SALT, max_age=AGE)
    except signing.BadSignature:
        messages.error(request, "预览已失效，请重新上传。")
        return again
    edition = get_object_or_404(MatterList, pk=given["edition"])
    rows, problems = checked(Content([Row(**row) for row in given["rows"]], given["letters"]), Known())
    if problems:
        messages.error(request, "预览之后单位、措施或事项有变化，请重新上传。")
        return again
    try:
        made = take(edition, rows, by=user, seen=given["stamp"])
    except DomainError as error:
        messages.error(request, f"{error.text}{error.mend}")
        return again
    counts = f"新增 {len(made.added)} 项，调整 {len(made.changed)} 项，取消 {len(made.removed)} 项"
    messages.success(request, f"已导入“{edition.name}”：{counts}。")
    return HttpResponseRedirect(reverse("admin:commitments_matterlist_changelist"))


@require_safe
def compare_view(request: HttpRequest) -> HttpResponse:
    """What `?to=` adds to, drops from and changes in `?from=`; drafts too, so that one can be looked through before it is issued."""
    _manager(request)
    rows = list(MatterList.objects.order_by("-valid_from", "-pk"))
    by_code = {row.code: row for row in rows}
    new = by_code.get(request.GET.get("to", "")) or (rows[0] if rows else None)
    old = by_code.get(request.GET.get("from", "")) or next((row for row in rows if row != new), None)
    comparison = editions.compare(old, new) if old and new else None
    context = {"editions": rows, "old": old, "new": new, "comparison": comparison}
    return _page(request, "commitments/admin/compare.html", "清单版本比较", context)


def _page(request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    base = {**admin.site.each_context(request), "opts": MatterList._meta, "title": title}
    return render(request, template, base | context, status=status)


def _manager(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not policy.allows(request.user, "commitments.list.manage"):
        raise PermissionDenied("您没有维护承诺事项清单的权限。")
    return request.user
