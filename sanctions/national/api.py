"""POST and GET /api/v1/events/: events of the national system as its connection hands them over, and what became of them."""

from __future__ import annotations

import json
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from credit_platform.accounts import policy
from credit_platform.accounts.api import IsClient
from credit_platform.accounts.models import ApiClient
from credit_platform.labels import choices
from credit_platform.web.api import Param, PlatformView, read_number, read_text
from credit_platform.web.errors import BadRequest
from credit_platform.web.json_body import require_object
from sanctions.national import rules
from sanctions.national.actions.receiving import receive
from sanctions.national.formats import FORMATS
from sanctions.national.models import NationalDelivery, NationalEvent
from sanctions.national.rules import ARRIVAL_LABELS, EVENT, KIND_LABELS, MOST_EVENTS, RESULT_LABELS

HIGHEST = 2**63 - 1
EXAMPLE = {
    "format": "HRB-NE-1",
    "batch": "GJ-20261123-01",
    "events": [
        {
            "number": "GJ-2026-000001",
            "kind": "punishment",
            "subject_name": "哈尔滨示例商贸有限公司",
            "subject_code": "91230100HD00000017",
            "account": "被列入失信被执行人名单，请核查并反馈。",
            "occurred_on": "2026-11-02",
            "list_name": "失信被执行人",
            "authority": "示例市中级人民法院",
            "answer_by": "2026-12-10",
        }
    ],
}


class EventSerializer(serializers.Serializer[Any]):
    """One event."""

    number = serializers.CharField(max_length=64, help_text="国家系统的事件编号，唯一")
    kind = serializers.ChoiceField(choices=choices(KIND_LABELS), help_text="事件类别")
    subject_name = serializers.CharField(max_length=200, help_text="主体名称")
    subject_code = serializers.CharField(required=False, help_text="统一社会信用代码；自然人不填")
    id_number = serializers.CharField(required=False, help_text="自然人证件号码，加密保存")
    account = serializers.CharField(max_length=rules.LONGEST, help_text="事件内容")
    occurred_on = serializers.DateField(required=False, help_text="事件日期")
    list_name = serializers.CharField(required=False, help_text="名单")
    authority = serializers.CharField(required=False, help_text="认定或者提出单位")
    answer_by = serializers.DateField(required=False, help_text="要求反馈的日期")


class DeliverySerializer(serializers.Serializer[Any]):
    """A delivery."""

    format = serializers.ChoiceField(choices=list(FORMATS), help_text="格式")
    batch = serializers.CharField(required=False, help_text="发送方的批次号，只用于核对")
    events = serializers.ListField(child=EventSerializer(), min_length=1, max_length=MOST_EVENTS)


class EventLineSerializer(serializers.Serializer[Any]):
    """What became of one event."""

    place = serializers.IntegerField(help_text="次序，与报送相同，从0开始")
    number = serializers.CharField(allow_blank=True, help_text="事件编号")
    outcome = serializers.CharField(
        help_text="；".join(f"{key.value} {label}" for key, label in ARRIVAL_LABELS.items())
    )
    text = serializers.CharField(allow_blank=True, help_text="说明；未接收的写明原因")


class ReceivedSerializer(serializers.Serializer[Any]):
    """A delivery and its result."""

    delivery = serializers.IntegerField(help_text="接收编号")
    results = EventLineSerializer(many=True)


class StandingSerializer(serializers.Serializer[Any]):
    """Where an event stands."""

    event = serializers.IntegerField(help_text="序号，用于 after")
    number = serializers.CharField(help_text="事件编号")
    state = serializers.ChoiceField(choices=list(EVENT.labels.items()), help_text="办理状态")
    due_on = serializers.DateField(allow_null=True, help_text="当前环节的期限")
    result = serializers.ChoiceField(
        choices=choices(RESULT_LABELS),
        allow_blank=True,
        help_text="核查结果，审核通过后给出",
    )
    statement = serializers.CharField(allow_blank=True, help_text="核查经过和结论，审核通过后给出")


class StandingsSerializer(serializers.Serializer[Any]):
    """A stretch of events."""

    results = StandingSerializer(many=True)
    last = serializers.IntegerField(help_text="本页最后一个的序号，下次以 after 传入")
    more = serializers.BooleanField(help_text="之后是否还有")


class EventsView(PlatformView):
    """国家联合奖惩系统的事件：接收与查询。"""

    tag = "国家系统事件"
    permission_classes = (IsClient,)
    params = (
        Param("after", read_number(0, HIGHEST), "上次收到的最后一个的序号", default=0),
        Param("limit", read_number(1, 500), "最多返回个数，1 至 500", default=100),
        Param("number", read_text(64), "事件编号"),
    )

    @extend_schema(operation_id="events_list", responses=StandingsSerializer, summary="事件的办理情况")
    def get(self, request: Request) -> Response:
        """本单位接收的事件，按序号排列；核查结果在审核通过后给出。需要权限范围 national.events。"""
        client, asked = _client(request), self.asked
        rows = NationalEvent.objects.filter(office=client.department, pk__gt=asked["after"]).select_related("case")
        if asked["number"]:
            rows = rows.filter(number=asked["number"])
        found = list(rows.order_by("pk")[: asked["limit"] + 1])
        page = found[: asked["limit"]]
        last = page[-1].pk if page else asked["after"]
        body = {"results": [_state(row) for row in page], "last": last, "more": len(found) > len(page)}
        return Response(StandingsSerializer(body).data)

    @extend_schema(
        operation_id="events_push",
        request=DeliverySerializer,
        responses={201: OpenApiResponse(ReceivedSerializer, description="已接收，逐个结果见 results")},
        examples=[OpenApiExample("HRB-NE-1", summary="一个事件", value=EXAMPLE, request_only=True)],
        summary="接收事件",
    )
    def post(self, request: Request) -> Response:
        """逐个校验并接收。同一事件编号、同一内容重复发送不产生变化；内容有变化的，未答复的随之更新。需要权限范围 national.events。"""
        client = _client(request)
        body = require_object(request.data, ("format", "batch", "events"), ("format", "events"))
        form, batch = body["format"], body.get("batch", "")
        if not isinstance(form, str) or not isinstance(batch, str):
            raise BadRequest("body.value", "format 和 batch 应为文本。")
        data = json.dumps(body, ensure_ascii=False).encode()
        name = f"接口 {batch.strip()}"[:200]
        made = receive(data, name=name, format_code=form, channel="api", by=client)
        return Response(_answer(made), status=201)


def _client(request: Request) -> ApiClient:
    assert isinstance(request.user, ApiClient)  # the permission IsClient has seen to it
    policy.require(request.user, rules.RECEIVE, request.user.department)
    return request.user


def _answer(made: NationalDelivery) -> dict[str, Any]:
    lines = list(made.lines.order_by("place").values("place", "number", "outcome", "text"))
    return dict(ReceivedSerializer({"delivery": made.pk, "results": lines}).data)


def _state(row: NationalEvent) -> dict[str, Any]:
    answered = row.case.state in rules.ANSWERED
    return {
        "event": row.pk,
        "number": row.number,
        "state": row.case.state,
        "due_on": row.case.due_on,
        "result": row.result if answered else "",
        "statement": row.statement if answered else "",
    }
