"""The calendar in the administration: read-only lists, and the three steps of loading a notice (form, preview, confirmation)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from credit_platform.accounts import policy
from credit_platform.accounts.admin_site import PlatformAdmin
from credit_platform.accounts.models import User
from credit_platform.errors import DomainError
from credit_platform.web.formats import cn_date
from credit_platform.workdays import files, queries
from credit_platform.workdays.actions import load_notice
from credit_platform.workdays.forms import NoticeForm, seal, unseal
from credit_platform.workdays.models import CalendarDay, HolidayNotice

SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _ReadOnly(PlatformAdmin):
    """Rows of the calendar are changed by notices only."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(CalendarDay)
class CalendarDayAdmin(_ReadOnly):
    list_display = ("date", "weekday", "arrangement", "name", "notice")
    list_filter = ("is_workday", "notice__year")
    date_hierarchy = "date"
    list_select_related = ("notice",)

    @admin.display(description="星期")
    def weekday(self, row: CalendarDay) -> str:
        return "一二三四五六日"[row.date.weekday()]

    @admin.display(description="安排", ordering="is_workday")
    def arrangement(self, row: CalendarDay) -> str:
        return "调休上班" if row.is_workday else "放假"


@admin.register(HolidayNotice)
class HolidayNoticeAdmin(_ReadOnly):
    change_list_template = "workdays/admin/notices.html"
    list_display = ("year", "kind", "document_number", "issued_on", "state", "loaded_by", "loaded_at")
    list_filter = ("state", "kind")
    fields = (
        "year", "kind", "state", "title", "document_number", "issued_on", "note", "arrangement", "loaded_by", "loaded_at",
    )  # fmt: skip
    readonly_fields = ("arrangement",)

    @admin.display(description="所载日期")
    def arrangement(self, notice: HolidayNotice) -> str:
        lines = ((f"{cn_date(day)}　{name}{'上班' if at_work else '放假'}",) for day, at_work, name in notice.days)
        return format_html_join(mark_safe("<br>"), "{}", lines)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        missing = queries.missing_notice()
        return super().changelist_view(request, {**(extra_context or {}), "missing_year": missing})

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("load/", self.admin_site.admin_view(self.load_view), name="workdays_load_notice"),
            path("template/", self.admin_site.admin_view(self.template_view), name="workdays_notice_template"),
        ]
        return own + super().get_urls()

    def load_view(self, request: HttpRequest) -> HttpResponse:
        user = _manager(request)
        if request.method == "POST" and "sealed" in request.POST:
            return self._confirm(request, user)
        form = NoticeForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            return self._preview(request, form)
        return self._page(
            request, "workdays/admin/load.html", {"form": form, "next_year": timezone.localdate().year + 1}
        )

    def template_view(self, request: HttpRequest) -> HttpResponse:
        _manager(request)
        given = request.GET.get("year", "")
        in_range = given.isascii() and given.isdigit() and 2007 <= int(given[:9]) <= 2100
        year = int(given) if in_range else timezone.localdate().year + 1
        return HttpResponse(
            files.template(year),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="calendar-{year}.xlsx"'},
        )

    def _preview(self, request: HttpRequest, form: NoticeForm) -> HttpResponse:
        head, days = form.head, form.days
        preview = queries.preview(head.year, days, source=head.source, amends=head.amends)
        if preview.errors:
            for finding in preview.errors:
                form.add_error(None, f"{finding.text}{finding.mend}")
            return self._page(request, "workdays/admin/load.html", {"form": form, "next_year": head.year})
        context = {
            "title": "预览放假通知",
            "head": head,
            "days": days,
            "preview": preview,
            "replaced": None if head.amends else queries.superseded_by(head.year).first(),
            "moved": [(label, len(rows), rows[:SHOWN]) for label, rows in preview.moved],
            "shown": SHOWN,
            "sealed": seal(head, days, preview.stamp),
        }
        return self._page(request, "workdays/admin/preview.html", context)

    def _confirm(self, request: HttpRequest, user: User) -> HttpResponse:
        try:
            head, days, stamp = unseal(request.POST["sealed"])
            loaded = load_notice(head, days, by=user, seen=stamp, reason=request.POST.get("reason", "")[:300])
        except DomainError as error:
            messages.error(request, error.text)
            return HttpResponseRedirect(reverse("admin:workdays_load_notice"))
        moved = sum(loaded.moved.values())
        messages.success(
            request, f"已录入《{loaded.notice.title}》：{loaded.changed}天的安排变化，{moved}个期限已重新计算。"
        )
        return HttpResponseRedirect(reverse("admin:workdays_holidaynotice_changelist"))

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        base = {**self.admin_site.each_context(request), "opts": self.model._meta, "title": "录入放假通知"}
        return render(request, template, {**base, **context})


def _manager(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not policy.allows(request.user, "calendar.manage"):
        raise PermissionDenied("您没有维护工作日历的权限。")
    return request.user
