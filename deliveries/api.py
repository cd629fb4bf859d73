"""/api/v1/deliveries/: what a client was told of and has not answered, and its answer."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from credit_platform.accounts.api import IsClient
from credit_platform.accounts.models import ApiClient
from credit_platform.web.api import Param, PlatformView, read_number, read_text
from credit_platform.web.errors import BadRequest
from credit_platform.web.json_body import require_object
from credit_platform.web.keyset import KeysetPage
from deliveries.actions import acknowledging
from deliveries.models import Delivery, DeliveryCase
from deliveries.rules.deliveries import STATE_LABELS, State

TAG = "变更流"
HIGHEST = 2**63 - 1


class DeliverySerializer(serializers.Serializer[Any]):
    """One change of one item, as delivered to the client."""

    number = serializers.IntegerField(allow_null=True, help_text="变更流序号；刚发生的变更数秒后才有")
    public_id = serializers.CharField(help_text="公示编号")
    what = serializers.CharField(help_text="变更代码")
    what_label = serializers.CharField(help_text="变更")
    made_on = serializers.DateField(help_text="变更日期")
    due_on = serializers.DateField(help_text="更新期限，当日仍为按期")
    state = serializers.CharField(help_text="状态代码")
    state_label = serializers.CharField(help_text="状态")
    late = serializers.BooleanField(help_text="是否逾期")


class DeliveryPageSerializer(serializers.Serializer[Any]):
    """A page of deliveries, and where enforcement stands."""

    results = DeliverySerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="下一页的 cursor")
    enforcement = serializers.DictField(allow_null=True, help_text="督促更新：案号、状态、期限和通知；没有时为 null")


class AcknowledgementSerializer(serializers.Serializer[Any]):
    """What the client has applied: one of the two."""

    through = serializers.IntegerField(required=False, min_value=1, help_text="已更新到的变更流序号，含该号")
    public_ids = serializers.ListField(
        child=serializers.CharField(), required=False, min_length=1, max_length=1000, help_text="已更新的公示编号"
    )


class AcknowledgedSerializer(serializers.Serializer[Any]):
    """How many deliveries the answer closed, and how many are still open."""

    acknowledged = serializers.IntegerField(help_text="本次回执的条数")
    open = serializers.IntegerField(help_text="尚待回执的条数")


class DeliveriesView(PlatformView):
    """送达该客户端的变更。"""

    tag = TAG
    permission_classes = (IsClient,)
    params = (
        Param("state", str, "状态", choices={key.value: label for key, label in STATE_LABELS.items()}),
        Param("cursor", read_text(2000), "翻页位置，取自上一页的 next"),
        Param("limit", read_number(1, 500), "每页条数，1 至 500", default=100),
    )

    @extend_schema(operation_id="deliveries", responses=DeliveryPageSerializer, summary="送达本客户端的变更和回执情况")
    def get(self, request: Request) -> Response:
        """本客户端读取过的信息中，已修复、撤回、更正或者中止公示的，和各自的更新期限。继续读取变更流即视为已收到之前的变更。"""
        client, on = _client(request), timezone.localdate()
        rows = Delivery.objects.of_client(client).select_related("change", "disclosure")
        if self.asked["state"]:
            rows = rows.filter(state=self.asked["state"])
        page = KeysetPage(rows, ("-id",), cursor=self.asked["cursor"] or "", size=self.asked["limit"])
        told = {
            "results": [_told(row, late=row.is_late_on(on)) for row in page.items],
            "next": page.next_cursor or None,
            "enforcement": _enforcement(client),
        }
        return Response(DeliveryPageSerializer(told).data)


class AcknowledgeView(PlatformView):
    """回执。"""

    tag = TAG
    permission_classes = (IsClient,)

    @extend_schema(
        operation_id="deliveries_acknowledge",
        request=AcknowledgementSerializer,
        responses=AcknowledgedSerializer,
        summary="回执：已停止展示和使用，或者已更正",
    )
    def post(self, request: Request) -> Response:
        """through 和 public_ids 二者择一。重复回执没有影响；共享暂停期间仍可回执。"""
        client = _client(request)
        given = require_object(request.data, ("through", "public_ids"), ())
        if len(given) != 1:
            raise BadRequest("delivery.body", "请提供 through 或者 public_ids，二者择一。")
        done = _through(given["through"], client) if "through" in given else _items(given["public_ids"], client)
        waiting = Delivery.objects.of_client(client).open().count()
        return Response(AcknowledgedSerializer({"acknowledged": done, "open": waiting}).data)


def _through(given: Any, client: ApiClient) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= HIGHEST:
        raise BadRequest("body.value", "through 应为大于 0 的整数。")
    return acknowledging.acknowledge_number(given, by=client)


def _items(given: Any, client: ApiClient) -> int:
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise BadRequest("body.value", "public_ids 应为公示编号的数组。")
    return acknowledging.acknowledge_items(given, by=client)


def _client(request: Request) -> ApiClient:
    assert isinstance(request.user, ApiClient)  # noqa: S101 - the permission IsClient has seen to it
    return request.user


def _told(row: Delivery, *, late: bool) -> dict[str, Any]:
    return {
        "number": row.change.number,
        "public_id": row.disclosure.public_id,
        "what": row.what,
        "what_label": row.get_what_display(),
        "made_on": row.made_on,
        "due_on": row.due_on,
        "state": row.state,
        "state_label": STATE_LABELS[State(row.state)],
        "late": late,
    }


def _enforcement(client: ApiClient) -> dict[str, Any] | None:
    found = DeliveryCase.objects.filter(recipient__client=client, is_open=True).select_related("case").first()
    if found is None:
        return None
    case = found.case
    notices = [{"on": each.on.isoformat(), "text": each.text} for each in case.notices.order_by("pk")]
    due = case.due_on.isoformat() if case.due_on else None
    return {
        "number": case.number,
        "state": case.state,
        "state_label": case.get_state_display(),
        "due_on": due,
        "notices": notices,
    }
