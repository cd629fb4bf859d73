"""What belongs to one request: its number for logs and audit, and the answer when the database is away."""

from __future__ import annotations

import errno
import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from credit_platform.web.frozen import lookout

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 30
READ_ONLY = "25006"
ASK_THEMSELVES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Addresses that say for themselves what is away."""
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
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
    """503 with Retry-After and a plain page, instead of a 500, when a view cannot reach the database or the disk is full.

    While the server is known to be frozen nobody is asked at all. What the other middleware reads comes to `handler500`, which asks
    `of_the_machine` as well.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if lookout.frozen() and request.path not in ASK_THEMSELVES:
            return unavailable(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not of_the_machine(error):
            return None
        logger.error("cannot serve now: %s", type(error.__cause__ or error).__name__)
        return unavailable(request)


def is_database_away(error: BaseException | None) -> bool:
    """Does this error mean that the database cannot serve now, and not that a statement was wrong?

    A connection that dies under a statement is a bare DatabaseError without a code to the driver; a server that has become a
    standby refuses to write.
    """
    if isinstance(error, OperationalError | InterfaceError):
        return True
    cause = error.__cause__ if isinstance(error, DatabaseError) else None
    if cause is None:
        return False
    code = getattr(cause, "pgcode", None)
    return code == READ_ONLY or (code is None and type(error) is DatabaseError)


def of_the_machine(error: BaseException | None) -> bool:
    """Does this error come from the machine (database away, disk full), and not from the request or the program?"""
    return is_database_away(error) or (isinstance(error, OSError) and error.errno in DISK_FULL)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The 503 for people, or for machines under `/api/`. Reads nothing."""
    text = "系统暂时无法提供服务，请稍后再试。您已提交的内容如未收到办理结果，请在恢复后重新提交。"
    if request.path.startswith("/api/"):
        body = {"code": "unavailable", "text": text}
        response: HttpResponse = JsonResponse(body, status=503, json_dumps_params={"ensure_ascii": False})
    else:
        response = HttpResponse(render_to_string("unavailable.html", {"text": text}), status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
