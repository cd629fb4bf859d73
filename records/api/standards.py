"""GET /api/v1/standards/: the data standards, open to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from credit_platform.web.api import PlatformView
from records.api import serializers as shapes
from records.models import CatalogueEntry
from records.queries.catalogue import LOCAL, standard_for
from records.standards import registry
from records.standards.declaration import Standard
from records.standards.example import example_row
from records.standards.schema import json_schema

TAG = "数据标准"


class StandardListView(PlatformView):
    """数据标准目录。"""

    tag = TAG
    permission_classes = (AllowAny,)

    @extend_schema(operation_id="standards_list", responses=shapes.StandardListSerializer, summary="数据标准目录")
    def get(self, request: Request) -> Response:
        """国家数据标准和本市补充事项，现行目录中各由哪些事项使用。"""
        day = timezone.localdate()
        results = [_told(standard, items, day) for standard, items in _all(day)]
        return Response(shapes.StandardListSerializer({"results": results}).data)


class StandardView(PlatformView):
    """一个数据标准。"""

    tag = TAG
    permission_classes = (AllowAny,)

    @extend_schema(operation_id="standard", responses=shapes.StandardDetailSerializer, summary="一个数据标准的字段")
    def get(self, request: Request, code: str) -> Response:
        """字段、长度、必填条件、代码表（JSON Schema）和示例。校验时也接受常见的其他写法，如 2026/1/5。"""
        day = timezone.localdate()
        for standard, items in _all(day):
            if standard.code == code:
                more = {"schema": json_schema(standard, day), "example": example_row(standard, day)}
                return Response(shapes.StandardDetailSerializer(_told(standard, items, day) | more).data)
        raise Http404


def _all(day: date) -> Iterator[tuple[Standard, list[str]]]:
    """Every declared standard, then the local items in force; with the codes of the items that use it. One query."""
    entries = list(CatalogueEntry.objects.in_force(day).select_related("item").order_by("position", "item__code"))
    for standard in registry.all():
        stored = standard.accepted_as or standard.code
        yield standard, [entry.item.code for entry in entries if entry.standard == stored]
    for entry in entries:
        if entry.standard == LOCAL:
            yield standard_for(entry), [entry.item.code]


def _told(standard: Standard, items: list[str], day: date) -> dict[str, Any]:
    return {
        "code": standard.code,
        "name": standard.name,
        "version": standard.version,
        "kind": standard.kind,
        "basis": standard.basis,
        "current": standard.current_on(day),
        "stored_as": standard.accepted_as or standard.code,
        "items": items,
        "fields_count": len(standard.fields),
    }
