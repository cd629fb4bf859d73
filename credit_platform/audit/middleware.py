"""Gives the audit trail the number and the source of the request that is being served."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from credit_platform.audit.context import requested
from credit_platform.web.requests import current_request_id


class AuditRequestMiddleware:
    """Stands after RequestIdMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with requested(current_request_id(), client_ip(request)):
            return self.get_response(request)


def client_ip(request: HttpRequest) -> str:
    """The address that asks: of the connection, or behind our own proxy the last one it was told; "" when unreadable."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_HTTPS:
        given = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip() or given
    try:
        return str(ipaddress.ip_address(given))
    except ValueError:
        return ""
