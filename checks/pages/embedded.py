"""The page that approval systems without an interface of their own put into theirs: a signed link of five minutes, in a frame.

The system asks for a link with its key, on its own server; the browser of the clerk opens it in the frame. The link carries the question, signed
and sealed, and is good for one answer only: opening it again within its time shows the same check.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from checks.actions.asking import Setting, ask
from checks.api import questions
from checks.api.serializers import QuestionSerializer
from checks.api.views import TAG
from checks.models import Check
from checks.queries.answers import answer_of
from checks.rules.answers import VERDICT_TONES
from checks.rules.questions import against, against_purpose, cleaned
from checks.rules.states import Channel
from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.api import IsClient
from credit_platform.accounts.models import ApiClient
from credit_platform.errors import DomainError, refuse
from credit_platform.web.api import PlatformView
from sanctions.measures.rules import Verdict

SECONDS = 300
PLACE = sealing.place("checks.link")


class LinkSerializer(serializers.Serializer[Any]):
    """A link to be opened in a frame."""

    url = serializers.CharField(help_text="在框架中打开的地址，五分钟内有效")
    expires_in = serializers.IntegerField(help_text="有效秒数")


class LinkView(PlatformView):
    """嵌入页面的链接。"""

    tag = TAG
    permission_classes = (IsClient,)

    @extend_schema(
        operation_id="checks_link",
        request=QuestionSerializer,
        responses=LinkSerializer,
        summary="生成嵌入核查页面的链接",
    )
    def post(self, request: Request) -> Response:
        """供没有接口能力的审批系统在框架（iframe）中打开：五分钟内有效，打开时核查一次。证件号码加密在链接中，不出现在日志。"""
        client = request.user
        assert isinstance(client, ApiClient)  # the permission IsClient has seen to it
        question, setting = questions.one(request.data, client)
        policy.require(client, "checks.ask")
        today = timezone.localdate()
        refuse([*against_purpose(setting.purpose), *against(cleaned(question), today=today)])
        body = json.dumps({"client": client.pk, "asked": request.data}).encode()
        token = base64.urlsafe_b64encode(sealing.encrypt(body, PLACE)).decode()
        signed = signing.TimestampSigner(salt=PLACE).sign(token)
        url = request.build_absolute_uri(f"/checks/embedded/?t={signed}")
        return Response({"url": url, "expires_in": SECONDS})


class Unusable(DomainError):
    """A link that is too old or was altered (HTTP 410)."""

    status = 410


@require_safe
@never_cache
@xframe_options_exempt
@csp_update({"frame-ancestors": settings.CHECKS_FRAME_ANCESTORS})
def page(request: HttpRequest) -> HttpResponse:
    """The answer to a link's question, asked when the link is first opened."""
    try:
        row = _checked(request.GET.get("t", ""))
    except DomainError as error:
        return render(request, "checks/embedded.html", {"error": error}, status=error.status)
    tone = VERDICT_TONES[Verdict(row.verdict)]
    return render(request, "checks/embedded.html", {"row": row, "answer": answer_of(row), "tone": tone})


def _checked(link: str) -> Check:
    client, asked = _opened(link)
    key = f"checks:link:{link[-43:]}"
    number = cache.get(key)
    if number is None:
        question, given = questions.one(asked, client)
        setting = Setting(client, client.department.name, given.matter, given.purpose, Channel.PAGE, given.window)
        number = ask(question, setting).told["receipt"]
        cache.set(key, number, SECONDS)
    return Check.objects.select_related("matter", "department", "subject").get(number=number)


def _opened(link: str) -> tuple[ApiClient, Any]:
    try:
        token = signing.TimestampSigner(salt=PLACE).unsign(link, max_age=SECONDS)
        body = json.loads(sealing.decrypt(base64.urlsafe_b64decode(token), PLACE))
    except (signing.BadSignature, ValueError, sealing.Unreadable):
        raise Unusable("checks.link", "链接已过期或者不完整。", mend="请在办理系统中重新打开核查页面。") from None
    usable = ApiClient.objects.usable(timezone.now()).select_related("department")
    client = usable.filter(pk=body["client"]).first()
    if client is None:
        raise Unusable("checks.link", "链接所属的系统已停用。", mend="请与市信用办联系。")
    return client, body["asked"]
