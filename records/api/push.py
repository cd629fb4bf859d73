"""POST and GET /api/v1/records/ and the result of a batch: only of the client's own department."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from credit_platform.accounts import policy
from credit_platform.accounts.models import ApiClient
from credit_platform.errors import Forbidden
from credit_platform.web.api import Param, PlatformView, read_number, read_text
from credit_platform.web.errors import BadRequest
from credit_platform.web.json_body import TooLarge, require_object
from records.api import examples
from records.api import serializers as shapes
from records.identifiers import docnumber
from records.imports.batches.push import KEY_LENGTH, MOST_ROWS, RowOutcome, push_rows
from records.models import ImportBatch
from records.publication import publications
from records.queries import pushed

TAG = "部门报送"
HIGHEST = 2**63 - 1
KEY_HEADER = "Idempotency-Key"
KNOWN = ("standard", "item", "rows")
OUTCOMES = {"refused": "rejected", "revived": "created", "kept": "unchanged"}
KEY = OpenApiParameter(
    KEY_HEADER,
    type={"type": "string", "minLength": 1, "maxLength": KEY_LENGTH, "pattern": "^[!-~]+$"},
    location=OpenApiParameter.HEADER,
    description="调用方自定的请求编号。网络中断后以同一编号、同一内容重发，得到同一答复，不会重复入库；内容不同则答复 409。",
)
REPEATED = OpenApiParameter(
    "Idempotency-Replayed",
    type=OpenApiTypes.BOOL,
    location=OpenApiParameter.HEADER,
    response=[201],
    description="true 表示这是以前答复的重复",
)
LOCATION = OpenApiParameter(
    "Location", type=OpenApiTypes.STR, location=OpenApiParameter.HEADER, response=[201], description="批次结果的地址"
)


class RecordsView(PlatformView):
    """本部门的信用记录：报送与查询。"""

    tag = TAG
    params = (
        Param("after", read_number(0, HIGHEST), "上次收到的最后一个记录编号", default=0),
        Param("limit", read_number(1, 500), "最多返回条数，1 至 500", default=100),
        Param("standard", read_text(40), "数据标准代码"),
        Param("document_number", read_text(128), "文书号（括号、空格写法不限）"),
        Param("batch", read_number(1, HIGHEST), "批次编号"),
        Param("status", str, "记录状态", choices=dict(shapes.STATUSES)),
    )

    @extend_schema(
        operation_id="records_list", responses=shapes.RecordPageSerializer, summary="本部门的记录及其公示情况"
    )
    def get(self, request: Request) -> Response:
        """本部门（含职责由本部门承继的原单位）的信用记录，按记录编号排列。需要权限范围 records.read 或 records.write。"""
        client = _client(request)
        require_any(client, "records.view", "records.import")
        day, asked = timezone.localdate(), self.asked
        rows = pushed.records_of_client(client, day)
        lookups = {"standard": asked["standard"], "batch_id": asked["batch"], "status": asked["status"]}
        rows = rows.filter(pk__gt=asked["after"], **{name: value for name, value in lookups.items() if value})
        if asked["document_number"]:
            rows = rows.filter(document_key=docnumber.key(asked["document_number"]))
        found = list(rows.order_by("pk")[: asked["limit"] + 1])
        page = found[: asked["limit"]]
        states = publications([row.pk for row in page], day)
        results = [pushed.outline(row) | {"publication": states.get(row.pk)} for row in page]
        last = page[-1].pk if page else asked["after"]
        body = {"results": results, "last": last, "more": len(found) > len(page)}
        return Response(shapes.RecordPageSerializer(body).data)

    @extend_schema(
        operation_id="records_push",
        request=shapes.PushSerializer,
        responses={201: OpenApiResponse(shapes.BatchSerializer, description="已处理，逐行结果见 results")},
        parameters=[KEY, LOCATION, REPEATED],
        examples=examples.pushes(),
        summary="报送记录",
    )
    def post(self, request: Request) -> Response:
        """逐行校验并入库：合格的入库，不合格的退回并说明原因，与导入文件同一套规则。需要权限范围 records.write。"""
        client = _client(request)
        policy.require(client, "records.import", client.department)
        body = require_object(request.data, KNOWN, ("standard", "rows"))
        standard, item = pushed.standard_and_item(_text(body, "standard"), _text(body, "item"), timezone.localdate())
        done = push_rows(
            standard, _rows(body["rows"]), by=client, department=client.department, item=item, key=key_of(request)
        )
        headers = {"Location": f"/api/v1/records/batches/{done.batch.pk}/"}
        if done.repeated:
            headers["Idempotency-Replayed"] = "true"
        return Response(_answer(done.batch, done.rows), status=201, headers=headers)


class BatchView(PlatformView):
    """一次报送的结果。"""

    tag = TAG

    @extend_schema(operation_id="records_batch", responses=shapes.BatchSerializer, summary="一次报送的结果")
    def get(self, request: Request, pk: int) -> Response:
        """以接口报送的一个批次，逐行结果；公示情况为现在的情况。需要权限范围 records.read 或 records.write。"""
        client = _client(request)
        require_any(client, "records.view", "records.import")
        batch = pushed.batches_of_client(client, timezone.localdate()).filter(pk=min(pk, HIGHEST)).first()
        if batch is None:
            raise Http404
        return Response(_answer(batch, [RowOutcome(**each) for each in batch.progress.get("results", [])]))


def _client(request: Request) -> ApiClient:
    assert isinstance(request.user, ApiClient)  # the permission IsClient has seen to it
    return request.user


def require_any(client: ApiClient, *permissions: str) -> None:
    if not any(policy.allows(client, each) for each in permissions):
        raise Forbidden("policy.forbidden", "该密钥没有此项权限。", mend="请向安全管理员申请权限范围 records.read。")


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if value is None and name == "item":
        return ""
    if not isinstance(value, str) or not value.strip() or len(value) > 40:
        raise BadRequest("body.value", f"{name} 应为不超过 40 个字符的文本。")
    return value.strip()


def _rows(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not value:
        raise BadRequest("push.rows", f"rows 应为 1 至 {MOST_ROWS} 个对象的数组。")
    if len(value) > MOST_ROWS:
        raise TooLarge("push.rows", f"一次最多报送 {MOST_ROWS} 行，现为 {len(value)} 行。", mend="请分批报送。")
    for index, row in enumerate(value):
        if not isinstance(row, dict):
            raise BadRequest("push.row", f"rows[{index}] 不是对象。", mend="每行写成 {字段代码: 值} 的对象。")
    return value


def key_of(request: Request) -> str:
    key: str = request.headers.get(KEY_HEADER, "")
    if key and not (len(key) <= KEY_LENGTH and all("!" <= char <= "~" for char in key)):
        raise BadRequest("request.key", f"请求头 {KEY_HEADER} 应为 1 至 {KEY_LENGTH} 个可见的 ASCII 字符，不含空格。")
    return key


def _answer(batch: ImportBatch, rows: list[RowOutcome]) -> dict[str, Any]:
    states = publications([row.record_id for row in rows if row.record_id], timezone.localdate())
    return dict(
        shapes.BatchSerializer(
            {
                "batch": batch.pk,
                "standard": batch.standard,
                "item": batch.item.code if batch.item else "",
                "state": batch.state,
                "received_at": batch.received_at,
                "total": batch.total,
                "accepted": batch.accepted,
                "unchanged": batch.unchanged,
                "warned": batch.warned,
                "rejected": batch.rejected,
                "results": [
                    {
                        "index": row.index,
                        "outcome": OUTCOMES.get(row.outcome, row.outcome),
                        "record": row.record_id,
                        "publication": states.get(row.record_id) if row.record_id else None,
                        "findings": row.findings,
                    }
                    for row in rows
                ],
            }
        ).data
    )
