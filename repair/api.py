"""GET and POST /api/v1/repairs/: a department with a system of its own reads what it must verify, and answers there."""

from __future__ import annotations

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.api import IsClient
from credit_platform.accounts.models import ApiClient
from credit_platform.errors import Refused, at_field
from credit_platform.web.api import Param, PlatformView, read_number, read_text
from credit_platform.web.json_body import require_object
from repair.actions import verify
from repair.rules.handling import Word
from repair.rules.procedure import FINDING_LABELS, REPAIR, VERIFY, Finding, State

FIELDS = ("number", "finding", "performed_on", "document", "text")
FINDINGS = {each.value: label for each, label in FINDING_LABELS.items()}


class RepairToVerifySerializer(serializers.Serializer[Any]):
    """One application that waits for the department's word."""

    repair = serializers.IntegerField(help_text="序号，用于 after")
    number = serializers.CharField(help_text="受理编号")
    public_id = serializers.CharField(help_text="公示编号")
    subject = serializers.CharField(help_text="主体名称")
    code = serializers.CharField(allow_blank=True, help_text="统一社会信用代码")
    document_number = serializers.CharField(allow_blank=True, help_text="决定（列入）文书号")
    way = serializers.CharField(help_text="申请事由")
    performed_on = serializers.DateField(allow_null=True, help_text="申请人填写的履行完毕日期")
    due_on = serializers.DateField(allow_null=True, help_text="核实期限")


class RepairPageSerializer(serializers.Serializer[Any]):
    """A stretch of what waits, by number."""

    results = RepairToVerifySerializer(many=True)
    last = serializers.IntegerField(help_text="本页最后一件的序号，下次以 after 传入")
    more = serializers.BooleanField(help_text="之后是否还有")


class RepairWordSerializer(serializers.Serializer[Any]):
    """The department's word on one application."""

    number = serializers.CharField(help_text="受理编号")
    finding = serializers.ChoiceField(choices=list(FINDINGS.items()), help_text="met 符合条件；unmet 不符合")
    performed_on = serializers.DateField(required=False, help_text="履行、纠正完毕日期，符合条件的必填")
    document = serializers.CharField(required=False, help_text="移出（修复）决定文书号，名单条目必填")
    text = serializers.CharField(help_text="核实情况和依据")


class RepairVerifiedSerializer(serializers.Serializer[Any]):
    """What became of the word."""

    number = serializers.CharField(help_text="受理编号")
    state = serializers.CharField(help_text="办理状态")


class RepairsView(PlatformView):
    """信用修复：待核实的申请与核实反馈。"""

    tag = "信用修复"
    permission_classes = (IsClient,)
    params = (
        Param("after", read_number(0, 2**62), "上次收到的最后一件的序号", default=0),
        Param("limit", read_number(1, 500), "最多返回件数，1 至 500", default=100),
        Param("number", read_text(64), "受理编号"),
    )

    @extend_schema(operation_id="repairs_list", responses=RepairPageSerializer, summary="待本部门核实的修复申请")
    def get(self, request: Request) -> Response:
        """已受理、待本部门核实的申请，按序号排列。需要权限范围 repair.verify。"""
        client, asked = _client(request), self.asked
        rows = _waiting(client).filter(pk__gt=asked["after"])
        if asked["number"]:
            rows = rows.filter(number=asked["number"].strip())
        found = list(rows.order_by("pk")[: asked["limit"] + 1])
        page = found[: asked["limit"]]
        answer = {
            "results": [_told(case) for case in page],
            "last": page[-1].pk if page else asked["after"],
            "more": len(found) > len(page),
        }
        return Response(RepairPageSerializer(answer).data)

    @extend_schema(
        operation_id="repairs_verify",
        request=RepairWordSerializer,
        responses={200: RepairVerifiedSerializer},
        summary="反馈核实结论",
    )
    def post(self, request: Request) -> Response:
        """反馈一件申请的核实结论；已经反馈过的答 409。需要权限范围 repair.verify。"""
        client = _client(request)
        body = require_object(request.data, FIELDS, ("number", "finding", "text"))
        policy.require(client, VERIFY, client.department)
        case = Case.objects.of(REPAIR).filter(number=str(body["number"]).strip(), department=client.department).first()
        if case is None:
            words = "没有这个受理编号的修复申请，或者不由本部门核实。"
            raise Refused("repair.number", words, findings=[at_field("repair.number", "number", words)])
        done = verify(case, _word(body), by=client)
        return Response({"number": done.number, "state": done.get_state_display()})


def _client(request: Request) -> ApiClient:
    assert isinstance(request.user, ApiClient)  # noqa: S101 - the permission IsClient has seen to it
    return request.user


def _waiting(client: ApiClient) -> Any:
    policy.require(client, VERIFY, client.department)
    rows = Case.objects.of(REPAIR).filter(state=State.ACCEPTED, department=client.department)
    return rows.select_related("subject", "repaircase__disclosure")


def _word(body: dict[str, Any]) -> Word:
    finding = str(body["finding"])
    if finding not in FINDINGS:
        words = f"finding 应为{'、'.join(FINDINGS)}之一。"
        raise Refused("repair.finding", words, findings=[at_field("repair.finding", "finding", words)])
    return Word(
        finding=Finding(finding),
        text=str(body["text"]),
        performed_on=_day(body.get("performed_on")),
        document=str(body.get("document") or ""),
    )


def _day(value: Any) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        words = "performed_on 不是日期。"
        found = at_field("repair.performed", "performed_on", words, mend="请写作 2026-11-12。")
        raise Refused("repair.performed", words, mend=found.mend, findings=[found]) from None


def _told(case: Case) -> dict[str, Any]:
    own = case.own
    return {
        "repair": case.pk,
        "number": case.number,
        "public_id": own.disclosure.public_id,
        "subject": own.disclosure.subject_name,
        "code": own.disclosure.subject_code,
        "document_number": own.disclosure.document_number,
        "way": own.get_way_display(),
        "performed_on": own.said_performed_on,
        "due_on": case.due_on,
    }
