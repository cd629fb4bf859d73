"""The narrow door of the hot path: key, rate, body, and nothing else between the web server and the question.

What a view of REST framework does beside (renderers, negotiation, serializers) costs more than the check itself. The refusals are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from checks.queries import hot
from credit_platform.accounts.api import HEADER
from credit_platform.accounts.models import ApiClient
from credit_platform.errors import DomainError
from credit_platform.web import rates
from credit_platform.web.errors import as_json
from credit_platform.web.json_body import body_of
from credit_platform.web.parameters import require_known

Handler = Callable[[Any, ApiClient], HttpResponseBase]
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class NarrowPath:
    """Takes only POST with a key and a JSON body, and gives the body and whose key it is to `handler`."""

    handler: Handler

    def answered(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or the refusal in the one form of the interface."""
        try:
            client = _client(request)
            if isinstance(client, HttpResponse):
                return client
            if request.method != "POST":
                return refusal(405, "request.method", "此接口不支持该请求方法。", {"Allow": "POST"})
            require_known(request.GET, [])
            if request.content_type != JSON:
                return refusal(415, "request.type", "请以 application/json 提交。")
            return self.handler(body_of(request), client)
        except DomainError as error:
            return JsonResponse(as_json(error), status=error.status, json_dumps_params={"ensure_ascii": False})


def _client(request: HttpRequest) -> ApiClient | HttpResponse:
    key = request.headers.get(HEADER, "").strip()
    if not key:
        text = "此接口需要密钥，请在请求头 X-Api-Key 中提供。"
        return refusal(401, "auth.missing", text, {"WWW-Authenticate": HEADER})
    client = hot.client(key)
    if client is None:
        return refusal(401, "auth.failed", "密钥无效、已到期或已吊销。", {"WWW-Authenticate": HEADER})
    wait = rates.wait(f"api-rate:{client.pk}", limit=client.rate_per_minute, seconds=60)
    if wait:
        return refusal(429, "throttled", "请求过于频繁。", {"Retry-After": str(wait)}, mend=f"请在 {wait} 秒后再试。")
    return client


def refusal(
    status: int, code: str, text: str, headers: dict[str, str] | None = None, *, mend: str = ""
) -> HttpResponse:
    """A refusal in the one form of the interface."""
    body = {"code": code, "text": text} | ({"mend": mend} if mend else {})
    return JsonResponse(body, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})
