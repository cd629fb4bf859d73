"""POST /api/v1/agencies/lookups/: an agency reads a subject under the authorisation that this subject gave."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from credit_platform.accounts.api import IsClient
from credit_platform.accounts.models import ApiClient
from credit_platform.web.api import PlatformView
from credit_platform.web.errors import BadRequest
from credit_platform.web.formats import cn_date
from credit_platform.web.json_body import require_object
from industry.agencies.actions import call
from lookups.queries.sheet import Fact, Sheet

TAG = "信用服务机构"


class AgencyCallSerializer(serializers.Serializer[Any]):
    """Whom an agency asks about, and why."""

    code = serializers.CharField(help_text="统一社会信用代码")
    matter = serializers.CharField(max_length=100, help_text="查询事由，被查询主体可以看到")


class AgencyAnswerSerializer(serializers.Serializer[Any]):
    """What the authorisation opens."""

    query = serializers.CharField(help_text="查询登记编号")
    code = serializers.CharField(help_text="统一社会信用代码")
    name = serializers.CharField(help_text="名称")
    identity = serializers.DictField(child=serializers.CharField(), help_text="登记信息")
    groups = serializers.ListField(child=serializers.DictField(), help_text="按范围列出的信息")


class AgencyLookupsView(PlatformView):
    """经授权查询。"""

    tag = TAG
    permission_classes = (IsClient,)

    @extend_schema(
        operation_id="agency_lookups",
        request=AgencyCallSerializer,
        responses=AgencyAnswerSerializer,
        summary="经主体授权查询其登记信息、公示信息和授权查询信息",
    )
    def post(self, request: Request) -> Response:
        """每次查询先登记后答复；未予查询的也登记、计入当日次数，被查询主体可以看到。授权撤回后立即不予查询。"""
        given = require_object(request.data, ("code", "matter"), ("code", "matter"))
        if not all(isinstance(value, str) for value in given.values()):
            raise BadRequest("body.value", "code 和 matter 应为文本。")
        assert isinstance(request.user, ApiClient)  # noqa: S101 - the permission IsClient has seen to it
        query, sheet = call(given["code"], matter=given["matter"], by=request.user)
        return Response(AgencyAnswerSerializer(_told(query.number, sheet)).data)


def _told(number: str, sheet: Sheet) -> dict[str, Any]:
    return {
        "query": number,
        "code": sheet.subject.code or "",
        "name": sheet.subject.name,
        "identity": {label: str(text) for label, text in sheet.identity},
        "groups": [
            {"scope": group.scope.value, "label": group.label, "left_out": group.left_out, "facts": [_fact(each) for each in group.facts]}
            for group in sheet.groups
        ],
    }  # fmt: skip


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "title": fact.title,
        "kind": fact.kind,
        "number": fact.number,
        "authority": fact.authority,
        "on": fact.on.isoformat(),
        "public_id": fact.public_id,
        "ends_on": cn_date(fact.ends_on) if fact.ends_on else "",
        "marks": list(fact.marks),
        "lines": {label: str(text) for label, text in fact.lines},
    }
