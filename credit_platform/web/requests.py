"""What belongs to one request: its number for logs and audit, and the answer when the database is away."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 30
# What a proxy may hand us: short and harmless in a log line or a database column.
ACCEPTABLE = re.compile(r"[0-9A-Za-z_-]{8,64}")

_current: ContextVar[str] = ContextVar("request_id", default="")

Answer = Callable[[HttpRequest], HttpResponse]


def current_request_id() -> str:
    """The number of the request that is being served, "" outside of one."""
    return _current.get()


class RequestIdMiddleware:
    """Takes X-Request-ID from the proxy or makes one, and gives it back in the answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex
        token = _current.set(number)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response["X-Request-ID"] = number
        return response


class DatabaseAwayMiddleware:
    """503 with Retry-After and a plain page, instead of a 500, when a view cannot reach the database.

    What the other middleware reads comes to `handler500`, which asks `is_database_away` as well.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not is_database_away(error):
            return None
        logger.error("database is away: %s", type(error.__cause__ or error).__name__)
        return unavailable(request)


def is_database_away(error: BaseException | None) -> bool:
    """Does this error mean that the database cannot be reached, and not that a statement was wrong?"""
    return isinstance(error, OperationalError | InterfaceError)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The 503 for people, or for machines under `/api/`. Reads nothing."""
    text = "系统暂时无法提供服务，请稍后再试。您已提交的内容如未收到办理结果，请在恢复后重新提交。"
    if request.path.startswith("/api/"):
        response: HttpResponse = JsonResponse({"code": "unavailable", "text": text}, status=503)
    else:
        response = HttpResponse(render_to_string("unavailable.html", {"text": text}), status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
