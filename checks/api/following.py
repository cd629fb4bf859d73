"""What comes after a check: its outcome, where it stands, and the cases that were decided."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from checks.actions.deciding import Decided, report
from checks.actions.telling import tell
from checks.api import serializers
from checks.api.views import TAG
from checks.models import Check
from checks.reading.questions import day, text
from checks.rules.coverage import Source
from checks.rules.states import LABELS
from credit_platform.accounts import policy
from credit_platform.accounts.api import IsClient
from credit_platform.accounts.models import ApiClient
from credit_platform.web.api import PlatformView
from credit_platform.web.errors import BadRequest
from credit_platform.web.json_body import TooLarge, require_object

MOST_CASES = 1000


class OutcomeView(PlatformView):
    """一次核查的结果反馈。"""

    tag = TAG
    permission_classes = (IsClient,)

    @extend_schema(
        operation_id="checks_state", responses=serializers.CheckSerializer, summary="一次核查的状态和此后的变化"
    )
    def get(self, request: Request, receipt: str) -> Response:
        """本单位的核查：是否已反馈、是否还在有效期内，核查之后该主体的情况有无变化。"""
        return Response(_told(_check(request, receipt)))

    @extend_schema(
        operation_id="checks_tell",
        request=serializers.OutcomeSerializer,
        responses=serializers.CheckSerializer,
        summary="反馈核查结果的使用情况",
    )
    def post(self, request: Request, receipt: str) -> Response:
        """办理结果、采取的措施，或者未采取的理由（奖惩到位）。每次核查反馈一次。"""
        check = _check(request, receipt)
        body = require_object(request.data, ("result", "decided_on", "measures", "reason"), ("result", "decided_on"))
        decided_on = day(body, "decided_on")
        if decided_on is None:
            raise BadRequest("body.value", "decided_on 不能为空。")
        tell(
            check,
            result=text(body, "result"),
            decided_on=decided_on,
            measures=_codes(body.get("measures", [])),
            reason=_reason(body),
            by=_client(request),
        )
        return Response(_told(Check.objects.get(pk=check.pk)))


class CasesView(PlatformView):
    """办结件。"""

    tag = TAG
    permission_classes = (IsClient,)

    @extend_schema(
        operation_id="checks_cases",
        request=serializers.CasesSerializer,
        responses=serializers.ReportedSerializer,
        summary="报送办结件编号（应查必查）",
    )
    def post(self, request: Request) -> Response:
        """已作出决定的办件。决定时没有有效核查的列在 unchecked 中。重复报送没有影响。"""
        client = _client(request)
        given = require_object(request.data, ("cases",), ("cases",))["cases"]
        if not isinstance(given, list) or not given:
            raise BadRequest("checks.cases", f"cases 应为 1 至 {MOST_CASES} 个对象的数组。")
        if len(given) > MOST_CASES:
            raise TooLarge("checks.cases", f"一次最多报送 {MOST_CASES} 件，现为 {len(given)} 件。", mend="请分次报送。")
        cases = [_case(n, each) for n, each in enumerate(given)]
        done = report(cases, department=client.department, source=Source.API, by=client)
        rejected = [{"n": n, "rule": each.rule, "field": each.field, "text": each.text} for n, each in done.rejected]
        told = {"total": len(cases), "added": done.added, "unchanged": done.unchanged}
        return Response(told | {"unchecked": done.unchecked, "rejected": rejected})


def _client(request: Request) -> ApiClient:
    assert isinstance(request.user, ApiClient)  # the permission IsClient has seen to it
    return request.user


def _check(request: Request, receipt: str) -> Check:
    """A check of the client's own department; any other number is not found, whether it exists or not."""
    client = _client(request)
    policy.require(client, "checks.tell")
    rows = Check.objects.select_related("matter", "outcome")
    found = rows.filter(number=receipt.strip().upper()[:30], department_id=client.department_id).first()
    if found is None:
        raise Http404
    return found


def _told(check: Check) -> dict[str, Any]:
    state = check.state_on(timezone.localdate())
    outcome = getattr(check, "outcome", None)
    return {
        "receipt": check.number,
        "state": state.value,
        "state_label": LABELS[state],
        "verdict": check.verdict,
        "valid_until": check.valid_until.isoformat(),
        "outcome": outcome
        and {
            "result": outcome.result,
            "decided_on": outcome.decided_on.isoformat(),
            "measures": outcome.measures,
            "reason": outcome.reason,
            "in_time": outcome.in_time,
        },
        "changes": [
            {"at": timezone.localtime(each.made_at).isoformat(timespec="seconds"), "verdict": each.verdict}
            for each in check.notices.order_by("pk")
        ],
    }


def _codes(given: Any) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(each, str) and len(each) <= 40 for each in given):
        raise BadRequest("body.value", "measures 应为措施编码的数组。")
    return given[:200]


def _reason(body: dict[str, Any]) -> str:
    value = body.get("reason") or ""
    if not isinstance(value, str):
        raise BadRequest("body.value", "reason 应为文本。")
    return value


def _case(n: int, given: Any) -> Decided:
    known = ("matter", "case_number", "decided_on", "window")
    case = require_object(given, known, ("matter", "case_number", "decided_on"))
    return Decided(n, text(case, "matter"), text(case, "case_number"), day(case, "decided_on"), text(case, "window"))
