"""POST and GET /api/v1/commitments/: letters of 哈尔滨政务服务网 and of departments' own systems."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from casework.rules.attachments import LARGEST, MOST
from commitments.letters.actions.collecting import STANDARD, Sent, collect
from commitments.letters.queries.collected import letters_of_client, representation
from commitments.models import CommitmentLetter
from commitments.rules.states import FULFILMENT_LABELS
from credit_platform.accounts import policy
from credit_platform.accounts.api import IsClient
from credit_platform.accounts.models import ApiClient
from credit_platform.web.api import Param, PlatformView, read_number, read_text
from credit_platform.web.errors import BadRequest
from credit_platform.web.json_body import TooLarge, require_object
from records.api import serializers as shapes
from records.api.examples import DAY
from records.api.push import HIGHEST, KEY, OUTCOMES, REPEATED, key_of, require_any
from records.identifiers import docnumber
from records.imports.batches.push import MOST_ROWS, Pushed
from records.publication import publications
from records.standards import registry
from records.standards.example import example_row

ATTACHMENTS = "attachments"
STATES = {state.value: label for state, label in FULFILMENT_LABELS.items()}


class PaperSerializer(serializers.Serializer[Any]):
    """One scanned attachment."""

    name = serializers.CharField(max_length=200, help_text="文件名")
    content = serializers.CharField(
        help_text=f"base64 文本；PDF、JPG 或 PNG，按内容判断，单个不超过 {LARGEST // 1048576} 兆字节"
    )


class SentSerializer(serializers.Serializer[Any]):
    """One letter."""

    fields_ = serializers.DictField(child=serializers.JSONField(), help_text="字段代码: 值，见数据标准 commitment")
    attachments = serializers.ListField(
        child=PaperSerializer(), required=False, max_length=MOST, help_text="承诺书扫描件"
    )

    def get_fields(self) -> dict[str, Any]:
        """The wire's name is `fields`, which a serializer keeps for itself."""
        found = super().get_fields()
        return {"fields": found["fields_"], ATTACHMENTS: found[ATTACHMENTS]}


class CollectSerializer(serializers.Serializer[Any]):
    """Letters, one request."""

    commitments = serializers.ListField(
        child=SentSerializer(), min_length=1, max_length=MOST_ROWS, help_text="1 至 1000 份"
    )


class LetterSerializer(serializers.Serializer[Any]):
    """One letter of the department."""

    letter = serializers.IntegerField(help_text="承诺书序号，用于 after")
    record = serializers.IntegerField(help_text="记录编号")
    code = serializers.CharField(help_text="承诺编码")
    subject = shapes.HolderSerializer()
    matter = serializers.CharField(allow_blank=True, help_text="承诺事项编码")
    matter_name = serializers.CharField(allow_blank=True, help_text="承诺事项名称")
    type = serializers.CharField(help_text="承诺类型")
    made_on = serializers.DateField(help_text="承诺作出日期")
    valid_until = serializers.DateField(allow_null=True, help_text="有效期至，2099-12-31 为长期")
    fulfilment = serializers.ChoiceField(choices=list(STATES.items()), help_text="履约状态代码")
    fulfilment_label = serializers.CharField(help_text="履约状态")
    next_review_on = serializers.DateField(allow_null=True, help_text="下次复核日")
    shortfall_due_on = serializers.DateField(allow_null=True, help_text="容缺材料补正期限")
    shortfall_settled_on = serializers.DateField(allow_null=True, help_text="容缺材料补正日期")
    publication = shapes.PublicationSerializer(allow_null=True, help_text="公示情况，不公示的为 null")


class LetterPageSerializer(serializers.Serializer[Any]):
    """A stretch of the department's letters, by number."""

    results = LetterSerializer(many=True)
    last = serializers.IntegerField(help_text="本页最后一份的序号，下次以 after 传入")
    more = serializers.BooleanField(help_text="之后是否还有")


class ResultSerializer(shapes.RowSerializer):
    """What became of one letter."""

    letter = serializers.IntegerField(allow_null=True, help_text="承诺书序号，退回的为 null")


class CollectedSerializer(serializers.Serializer[Any]):
    """One request and its result."""

    batch = serializers.IntegerField(help_text="批次编号")
    total = serializers.IntegerField(help_text="份数")
    accepted = serializers.IntegerField(help_text="归集份数（含无变化）")
    unchanged = serializers.IntegerField(help_text="其中无变化份数")
    rejected = serializers.IntegerField(help_text="退回份数")
    results = ResultSerializer(many=True, help_text="逐份结果，次序与报送相同")


def example() -> OpenApiExample:
    """A request of one letter, invented."""
    letter = {"fields": example_row(registry.get(STANDARD), DAY)}
    return OpenApiExample(STANDARD, summary="一份承诺书", value={"commitments": [letter]}, request_only=True)


class LettersView(PlatformView):
    """承诺书：归集与查询。"""

    tag = "信用承诺"
    permission_classes = (IsClient,)
    params = (
        Param("after", read_number(0, HIGHEST), "上次收到的最后一份的序号", default=0),
        Param("limit", read_number(1, 500), "最多返回份数，1 至 500", default=100),
        Param("code", read_text(128), "承诺编码（括号、空格写法不限）"),
        Param("matter", read_text(40), "承诺事项编码"),
        Param("fulfilment", str, "履约状态", choices=STATES),
    )

    @extend_schema(
        operation_id="commitments_list", responses=LetterPageSerializer, summary="本部门的承诺书及其履约情况"
    )
    def get(self, request: Request) -> Response:
        """本部门受理或报送的承诺书，按序号排列。需要权限范围 records.read 或 records.write。"""
        client = _client(request)
        require_any(client, "records.view", "records.import")
        day, asked = timezone.localdate(), self.asked
        rows = letters_of_client(client, day).filter(pk__gt=asked["after"])
        if asked["code"]:
            rows = rows.filter(record__document_key=docnumber.key(asked["code"]))
        if asked["matter"]:
            rows = rows.filter(matter__code=asked["matter"])
        if asked["fulfilment"]:
            rows = rows.filter(fulfilment=asked["fulfilment"])
        found = list(rows.order_by("pk")[: asked["limit"] + 1])
        page = found[: asked["limit"]]
        states = publications([row.record_id for row in page], day)
        results = [representation(row) | {"publication": states.get(row.record_id)} for row in page]
        last = page[-1].pk if page else asked["after"]
        return Response(LetterPageSerializer({"results": results, "last": last, "more": len(found) > len(page)}).data)

    @extend_schema(
        operation_id="commitments_push",
        request=CollectSerializer,
        responses={201: OpenApiResponse(CollectedSerializer, description="已处理，逐份结果见 results")},
        parameters=[KEY, REPEATED],
        examples=[example()],
        summary="归集承诺书",
    )
    def post(self, request: Request) -> Response:
        """逐份校验并归集，同一承诺编码重复报送不会重复；附件按真实类型检查，加密保存。整个请求不超过 10 兆字节。需要权限范围 records.write。"""
        client = _client(request)
        policy.require(client, "records.import", client.department)
        body = require_object(request.data, ("commitments",), ("commitments",))
        done = collect(_letters(body["commitments"]), by=client, department=client.department, key=key_of(request))
        headers = {"Idempotency-Replayed": "true"} if done.repeated else {}
        return Response(_answer(done), status=201, headers=headers)


def _client(request: Request) -> ApiClient:
    assert isinstance(request.user, ApiClient)  # the permission IsClient has seen to it
    return request.user


def _letters(value: Any) -> list[Sent]:
    if not isinstance(value, list) or not value:
        raise BadRequest("commitments.list", f"commitments 应为 1 至 {MOST_ROWS} 个对象的数组。")
    if len(value) > MOST_ROWS:
        raise TooLarge("commitments.list", f"一次最多归集 {MOST_ROWS} 份，现为 {len(value)} 份。", mend="请分批报送。")
    return [_letter(each, index) for index, each in enumerate(value)]


def _letter(value: Any, index: int) -> Sent:
    if not isinstance(value, dict) or not isinstance(value.get("fields"), dict):
        mend = '每份写成 {"fields": {字段代码: 值}, "attachments": [...]}。'
        raise BadRequest("commitments.item", f"commitments[{index}] 不是带有 fields 的对象。", mend=mend)
    require_object(value, ("fields", ATTACHMENTS), ("fields",))
    attachments = value.get(ATTACHMENTS, [])
    if not isinstance(attachments, list) or not all(_is_attachment(attachment) for attachment in attachments):
        text = f"commitments[{index}].attachments 应为含 name 和 content 两个文本的对象数组。"
        raise BadRequest("commitments.attachments", text)
    return Sent(value["fields"], attachments)


def _is_attachment(attachment: Any) -> bool:
    return (
        isinstance(attachment, dict)
        and set(attachment) == {"name", "content"}
        and all(isinstance(attachment[name], str) for name in attachment)
        and len(attachment["name"]) <= 200
    )


def _answer(done: Pushed) -> dict[str, Any]:
    ids = [row.record_id for row in done.rows if row.record_id]
    states = publications(ids, timezone.localdate())
    letters = dict(CommitmentLetter.objects.filter(record_id__in=ids).values_list("record_id", "pk"))
    rows = [
        {
            "index": row.index,
            "outcome": OUTCOMES.get(row.outcome, row.outcome),
            "record": row.record_id,
            "letter": letters.get(row.record_id) if row.record_id else None,
            "publication": states.get(row.record_id) if row.record_id else None,
            "findings": row.findings,
        }
        for row in done.rows
    ]
    batch = done.batch
    told_of = {name: getattr(batch, name) for name in ("total", "accepted", "unchanged", "rejected")}
    return dict(CollectedSerializer({"batch": batch.pk, **told_of, "results": rows}).data)
