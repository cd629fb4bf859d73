"""A list of the admin as a file: the columns of the list, the rows of its filters and search in its order."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.html import strip_tags

from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import FORMATS, Column, export_response

if TYPE_CHECKING:
    from credit_platform.accounts.admin_site import PlatformAdmin

MARKS = ("action_checkbox",)
LINKS = ("_link", "_links")
"""Columns whose names end so hold the ways to other pages, and nothing to write down."""
CHUNK = 2000


def columns_of(page: PlatformAdmin, shown: list[str]) -> list[Column]:
    """The columns of the list as columns of a file, links apart."""
    return [_column(page, name) for name in shown if name not in MARKS and not name.endswith(LINKS)]


def _column(page: PlatformAdmin, name: str) -> Column:
    header = html.unescape(str(label_for_field(name, page.model, page)))
    return Column(header, lambda row: _cell(page, name, row))


def _cell(page: PlatformAdmin, name: str, row: models.Model) -> Any:
    field, _attribute, value = lookup_field(name, row, page)
    if isinstance(field, models.ForeignKey):
        return str(getattr(row, field.name) or "")
    if isinstance(field, models.Field) and field.flatchoices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(value, str) and field is None:
        return html.unescape(strip_tags(value)).strip()
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def export(page: PlatformAdmin, request: HttpRequest, form: str) -> HttpResponseBase:
    """`form` is "csv" or "xlsx".

    The export is an entry of the audit. PermissionDenied without the right to the list; BadRequest for another format
    and for a filter that the list does not know.
    """
    if isinstance(request.user, AnonymousUser) or not page.has_view_permission(request):
        raise PermissionDenied
    if form not in FORMATS:
        raise BadRequest("export.format", "不支持这种导出格式。", mend=f"可选：{'、'.join(FORMATS)}。")
    try:
        found = page.get_changelist_instance(request)
    except (IncorrectLookupParameters, DisallowedModelAdminLookup) as error:
        raise BadRequest("export.filter", "筛选条件有误，没有导出。", mend="请返回列表更正筛选条件。") from error
    columns = columns_of(page, [str(name) for name in found.list_display])
    response = export_response(form, _rows(found.queryset), columns, str(page.opts.verbose_name_plural))
    if isinstance(request.user, User):
        asked = {name: value for name, value in request.GET.items() if value}
        detail = {"list": page.opts.label_lower, "filters": asked, "format": form}
        audit.record("admin.export", by=request.user, detail=detail)
    return response


def _rows(queryset: models.QuerySet[Any]) -> Iterator[models.Model]:
    return queryset.iterator(chunk_size=CHUNK)
