"""/api/v1/exchange/inbox/: what a partner sends, signed with the common key; the answer is signed too."""

from __future__ import annotations

import time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from credit_platform.accounts.models import ApiClient
from credit_platform.web.api import PlatformView
from credit_platform.web.json_body import TooLarge, body_of, require_object
from exchange.actions.receiving import channel_of, receive, use_nonce
from exchange.models import Partner
from exchange.rules.messages import RESULT_LABELS
from exchange.rules.signatures import ANSWER, Algorithm, objection, sign
from exchange.sealed_places import opened_secret
from exchange.ways.service import PARTNER, heads_of, signed_of

if TYPE_CHECKING:
    from rest_framework.views import APIView


class ParcelSerializer(serializers.Serializer[Any]):
    """One parcel of rows under one standard."""

    standard = serializers.CharField(help_text="数据标准代码，须已为该交换对象开通接收通道")
    parcel = serializers.CharField(help_text="批次名称，同一批次重复报送答复相同")
    rows = serializers.ListField(
        child=serializers.DictField(), max_length=10000, help_text="字段代码 → 值，1 至 10000 条"
    )


class RowReceiptSerializer(serializers.Serializer[Any]):
    """What became of one row."""

    row = serializers.IntegerField(help_text="第几条，从 1 起")
    result = serializers.ChoiceField([(each.value, label) for each, label in RESULT_LABELS.items()], help_text="结果")
    rule = serializers.CharField(required=False, help_text="未通过的规则")
    field = serializers.CharField(required=False, help_text="字段代码")
    text = serializers.CharField(required=False, help_text="问题")


class ParcelReceiptSerializer(serializers.Serializer[Any]):
    """The receipt of a parcel."""

    parcel = serializers.CharField(help_text="批次名称")
    repeated = serializers.BooleanField(help_text="该批次以前已收到，答复与当时相同")
    refused = serializers.CharField(help_text="整批退回的原因，没有时为空")
    receipts = RowReceiptSerializer(many=True)


class SignatureAuthentication(BaseAuthentication):
    """The partner named in the heads, by its signature over method, path, digest, nonce and time. A nonce is good once."""

    def authenticate(self, request: Request) -> tuple[ApiClient, Partner] | None:
        code = request.headers.get(PARTNER, "")
        if not code:
            return None
        partner = Partner.objects.select_related("client__department").filter(code=code, secret__isnull=False).first()
        if partner is None or partner.secret is None or partner.client.revoked_at is not None:
            raise exceptions.AuthenticationFailed
        try:
            signed = signed_of(request.headers)
        except ValueError:
            raise exceptions.AuthenticationFailed from None
        wrong = objection(
            opened_secret(partner.secret, partner.code),
            str(request.method),
            request.path,
            _body(request),
            signed,
            now=int(time.time()),
            algorithm=Algorithm(partner.algorithm),
        )
        if wrong:
            raise exceptions.AuthenticationFailed
        use_nonce(partner, signed.nonce)
        return partner.client, partner

    def authenticate_header(self, request: Request) -> str:
        return PARTNER


class SignatureScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """How the signature is told in the description of the interface."""

    target_class = "exchange.api.SignatureAuthentication"
    name = "ExchangeSignature"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "X-Exchange-Signature", "description": "见接口说明“数据交换”"}


class IsPartner(BasePermission):
    """Only who has signed."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, Partner)


class InboxView(PlatformView):
    """交换对象报来的数据。"""

    tag = "数据交换"
    authentication_classes = (SignatureAuthentication,)
    permission_classes = (IsPartner,)

    @extend_schema(
        operation_id="exchange_inbox",
        request=ParcelSerializer,
        responses=ParcelReceiptSerializer,
        summary="接收交换对象报来的一批数据",
    )
    def post(self, request: Request) -> HttpResponse:
        """逐条校验、逐条答复，合格的入库。答复同样签名，随机数与请求相同。"""
        partner = request.auth
        assert isinstance(partner, Partner)  # noqa: S101 - the permission has seen to it
        names = ("standard", "parcel", "rows")
        given = require_object(body_of(BytesIO(_body(request))), names, names)
        row, repeated = receive(channel_of(partner, str(given["standard"])), given["parcel"], given["rows"])
        receipts = [{"row": number, **each} for number, each in enumerate(row.answers, start=1)]
        said = {"parcel": row.name, "repeated": repeated, "refused": row.refused, "receipts": receipts}
        return _signed(JsonResponse(said, json_dumps_params={"ensure_ascii": False}), request, partner)


def _body(request: Request) -> bytes:
    try:
        body: bytes = request._request.body
    except RequestDataTooBig:
        raise TooLarge("request.size", "请求正文过大。", mend="请减少每次报送的行数，分次报送。") from None
    return body


def _signed(answer: HttpResponse, request: Request, partner: Partner) -> HttpResponse:
    """The answer under the nonce of its question, so that nobody can pass off another one for it."""
    assert partner.secret is not None  # noqa: S101 - the signature was checked with it
    signed = sign(
        opened_secret(partner.secret, partner.code),
        ANSWER,
        request.path,
        answer.content,
        nonce=signed_of(request.headers).nonce,
        time=int(time.time()),
        algorithm=Algorithm(partner.algorithm),
    )
    for name, value in heads_of(signed).items():
        answer.headers[name] = value
    return answer
