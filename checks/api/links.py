"""POST /api/v1/checks/links/: a link of five minutes to the page for frames."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from checks.api.serializers import QuestionSerializer
from checks.api.views import TAG
from checks.reading import questions
from checks.reading.links import SECONDS, sealed
from checks.rules.questions import against, against_purpose, cleaned
from credit_platform.accounts import policy
from credit_platform.accounts.api import IsClient
from credit_platform.accounts.models import ApiClient
from credit_platform.errors import refuse
from credit_platform.web.api import PlatformView


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
        policy.require(client, "checks.ask")
        question, setting = questions.one(request.data, client)
        refuse([*against_purpose(setting.purpose), *against(cleaned(question), today=timezone.localdate())])
        url = request.build_absolute_uri(f"/checks/embedded/?t={sealed(client, request.data)}")
        return Response({"url": url, "expires_in": SECONDS})
