"""GET /api/v1/commitments/availability/: may this subject use 告知承诺 for this matter, now? Asked inside an approval."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from commitments.availability.queries import availability
from commitments.models import Matter
from credit_platform.accounts import policy
from credit_platform.accounts.api import IsClient
from credit_platform.accounts.models import ApiClient
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import DomainError, Forbidden
from credit_platform.web.api import ErrorSerializer, Param, PlatformView, read_text
from credit_platform.web.errors import BadRequest
from records.actions.looks import reference
from records.identifiers import personal, uscc
from records.models import Subject
from records.queries.search import canonical

NEEDED = ("code", "matter", "purpose")


class NotKnown(DomainError):
    """Nothing stands behind a code (HTTP 404)."""

    status = 404


class AvailabilitySerializer(serializers.Serializer[Any]):
    """The answer of the moment."""

    code = serializers.CharField(help_text="统一社会信用代码")
    name = serializers.CharField(help_text="主体名称")
    matter = serializers.CharField(help_text="承诺事项编码")
    matter_name = serializers.CharField(help_text="承诺事项名称")
    available = serializers.BooleanField(help_text="是否可以适用告知承诺")
    until = serializers.DateField(allow_null=True, help_text="不适用的最后一日；没有限制的为空")
    reason = serializers.CharField(help_text="中文说明，可直接告知申请人")
    basis = serializers.CharField(allow_blank=True, help_text="依据")
    case_number = serializers.CharField(allow_blank=True, help_text="违诺案号")
    asked_at = serializers.DateTimeField(help_text="查询时间，答复以此刻为准")
    receipt = serializers.IntegerField(help_text="查询登记编号")


class AvailabilityView(PlatformView):
    """可否适用告知承诺。"""

    tag = "信用承诺"
    permission_classes = (IsClient,)
    params = (
        Param("code", read_text(18), "统一社会信用代码（必填；不接受名称）"),
        Param("matter", read_text(40), "承诺事项编码（必填）"),
        Param("purpose", read_text(200), "查询事由，如审批业务编号（必填，计入查询登记）"),
    )

    @extend_schema(
        operation_id="commitments_availability",
        responses={200: AvailabilitySerializer, 404: OpenApiResponse(ErrorSerializer, "没有这一主体或事项")},
        summary="某主体就某事项现在可否适用告知承诺",
    )
    def get(self, request: Request) -> Response:
        """以查询时刻为准，按统一社会信用代码查询。每次查询均登记。需要权限范围 records.read。代码或事项不存在的答复 404。"""
        client = request.user
        if not isinstance(client, ApiClient):
            raise Forbidden("auth.forbidden", "该密钥没有此项权限。")
        policy.require(client, "commitments.availability")
        asked = self.asked
        for name in NEEDED:
            if not asked[name]:
                raise BadRequest("param.missing", f"缺少参数 {name}。", mend=f"必填参数：{'、'.join(NEEDED)}。")
        return Response(_answer(asked, client))


def _answer(asked: dict[str, Any], client: ApiClient) -> dict[str, Any]:
    """Registered whatever was found, before anything is answered."""
    code = _code(asked["code"])
    subject = Subject.objects.filter(code=code).exclude(kind="person").select_related("merged_into").first()
    matter = Matter.objects.filter(code=asked["matter"]).first()
    now = timezone.now()
    with acting(client):
        entry = audit.look(
            "commitments.availability",
            by=client,
            subject_ref=reference(subject) if subject else code,
            purpose=asked["purpose"],
            fields=f"事项 {asked['matter']}",
            results=int(subject is not None and matter is not None),
        )
    if subject is None:
        raise NotKnown("availability.code", "没有这一统一社会信用代码的主体。", mend="请核对代码；名称不能代替代码。")
    if matter is None:
        raise NotKnown("availability.matter", "没有这一承诺事项编码。", mend="请按现行承诺事项清单核对编码。")
    here = canonical(subject)
    found = availability(here, matter, timezone.localdate(now))
    return {
        "code": here.code or code,
        "name": here.name,
        "matter": matter.code,
        "matter_name": matter.name,
        "available": found.available,
        "until": found.until.isoformat() if found.until else None,
        "reason": found.reason,
        "basis": found.basis,
        "case_number": found.case_number,
        "asked_at": timezone.localtime(now).isoformat(timespec="seconds"),
        "receipt": entry.pk,
    }


def _code(text: str) -> str:
    """The code in its normal form; BadRequest for what cannot be one, a person's number among them."""
    code = text.strip().upper()
    shaped = len(code) == 18 and all(sign in uscc.ALPHABET for sign in code) and code[0] in uscc.DEPARTMENTS
    if not shaped or personal.findings(code):
        raise BadRequest(
            "availability.code-form", "参数 code 应为18位统一社会信用代码。", mend="自然人不在本接口查询范围内。"
        )
    return code
