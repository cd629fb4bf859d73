"""Pages beside the editions of a list: the workbook of one, its upload with preview and confirmation, the comparison of two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.editions.actions import Editions
from credit_platform.editions.comparison import compared
from credit_platform.editions.models import Edition
from credit_platform.editions.rules import EditionState
from credit_platform.editions.workbook.book import Workbook
from credit_platform.editions.workbook.plan import plan, take
from credit_platform.editions.workbook.read import Content, Row, checked, content_of
from credit_platform.editions.workbook.write import workbook
from credit_platform.errors import DomainError, Refused
from credit_platform.web.export import content_disposition
from credit_platform.web.forms import KitForm

AGE = 2 * 60 * 60
"""Seconds for which a preview can be confirmed."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Page = Callable[[HttpRequest], HttpResponse]


class UploadForm(KitForm):
    """A workbook for a draft."""

    edition: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label="编制中的版本", to_field_name="code")
    file = forms.FileField(label="清单文件", help_text="xlsx、xls 或 csv。表头可在任意一行，列的顺序不限。")

    def __init__(self, editions: Editions[Any, Any], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        drafts = editions.editions._default_manager.filter(state=EditionState.DRAFT.value)
        self.fields["edition"].queryset = drafts  # type: ignore[attr-defined]


class EditionPages:
    """The pages of one list; without a workbook there is only the comparison."""

    def __init__(self, editions: Editions[Any, Any], book: Workbook[Any, Any] | None, site: AdminSite) -> None:
        self.editions, self.site = editions, site
        self._book = book
        self.options = editions.editions._meta

    @property
    def book(self) -> Workbook[Any, Any]:
        """The workbook of the list."""
        if self._book is None:
            raise PermissionDenied
        return self._book

    def name(self, page: str) -> str:
        """The name of a page's address."""
        return f"{self.options.app_label}_{self.options.model_name}_{page}"

    def address(self, page: str) -> str:
        """Where a page is."""
        return reverse(f"admin:{self.name(page)}")

    def views(self) -> dict[str, Page]:
        """The pages by their names."""
        compare: dict[str, Page] = {"compare": require_safe(self.compare)}
        if self._book is None:
            return compare
        upload = require_http_methods(["GET", "HEAD", "POST"])(self.upload)
        return {"workbook": require_safe(self.workbook), "upload": upload, **compare}

    def workbook(self, request: HttpRequest) -> HttpResponse:
        """The workbook of `?edition=`; without one, the empty template."""
        self._manager(request)
        code = request.GET.get("edition", "")
        edition = self._edition(code=code) if code else None
        name = f"{edition.name}.xlsx" if edition else f"{self.editions.name}填报模板.xlsx"
        headers = {"Content-Disposition": content_disposition(name), "Cache-Control": "no-store"}
        return HttpResponse(workbook(self.book, edition), content_type=XLSX, headers=headers)

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Step one reads the file and shows what it would do; step two takes exactly that."""
        user = self._manager(request)
        if request.method == "POST" and "sealed" in request.POST:
            return self._confirm(request, user)
        initial = {"edition": request.GET.get("edition")}
        form = UploadForm(self.editions, request.POST or None, request.FILES or None, initial=initial)
        context: dict[str, Any] = {"form": form}
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                content = content_of(self.book, file.read(), file.name)
            except Refused as error:
                form.add_error("file", f"{error.text}{error.mend}")
            else:
                context |= self._preview(form.cleaned_data["edition"], content)
        status = 422 if form.errors or context.get("problems") else 200
        return self._page(request, "editions/admin/upload.html", "上传清单文件", context, status)

    def _preview(self, edition: Edition, content: Content) -> dict[str, Any]:
        rows, problems = checked(self.book, content)
        if problems:
            return {"problems": problems}
        made = plan(self.book, edition, rows)
        cells = {"rows": [asdict(row) for row in content.rows], "letters": content.letters}
        given = cells | {"edition": edition.pk, "stamp": made.stamp}
        sealed = signing.dumps(given, salt=self.editions.audit, compress=True)
        return {"comparison": made.changes, "edition": edition, "sealed": sealed}

    def _confirm(self, request: HttpRequest, user: User) -> HttpResponse:
        again = HttpResponseRedirect(self.address("upload"))
        try:
            given = signing.loads(request.POST["sealed"], salt=self.editions.audit, max_age=AGE)
        except signing.BadSignature:
            messages.error(request, "预览已失效，请重新上传。")
            return again
        edition = self._edition(pk=given["edition"])
        rows, problems = checked(self.book, Content([Row(**row) for row in given["rows"]], given["letters"]))
        if problems:
            messages.error(request, "预览之后文件中引用的内容有变化，请重新上传。")
            return again
        try:
            made = take(self.book, edition, rows, by=user, seen=given["stamp"]).changes
        except DomainError as error:
            messages.error(request, f"{error.text}{error.mend}")
            return again
        counts = f"新增 {len(made.added)} 项，调整 {len(made.changed)} 项，取消 {len(made.removed)} 项"
        messages.success(request, f"已导入“{edition.name}”：{counts}。")
        return HttpResponseRedirect(self.address("changelist"))

    def compare(self, request: HttpRequest) -> HttpResponse:
        """What `?to=` adds to, drops from and changes in `?from=`; drafts too, so that one can be looked through before it is issued."""
        self._manager(request)
        rows = self.editions.editions._default_manager.order_by("-valid_from", "-pk")
        context, status = compared(request, self.editions, rows)
        return self._page(request, "editions/admin/compare.html", f"{self.editions.name}版本比较", context, status)

    def _edition(self, **named: Any) -> Any:
        return get_object_or_404(self.editions.editions._default_manager.all(), **named)

    def _page(
        self, request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int
    ) -> HttpResponse:
        of_the_list = {"list": self.editions, "book": self._book, "addresses": self._addresses()}
        base = {**self.site.each_context(request), "opts": self.options, "title": title, **of_the_list}
        return render(request, template, base | context, status=status)

    def _addresses(self) -> dict[str, str]:
        return {name: self.address(name) for name in ("changelist", *self.views())}

    def _manager(self, request: HttpRequest) -> User:
        if not isinstance(request.user, User) or not policy.allows(request.user, self.editions.permission):
            raise PermissionDenied(f"您没有维护{self.editions.name}的权限。")
        return request.user
