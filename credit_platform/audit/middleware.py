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
    found = _address(request)
    return str(found) if found else ""


UNREADABLE = "0.0.0.0"  # noqa: S104  a name to count under, nothing listens there


def client_network(request: HttpRequest) -> str:
    """Under what a visitor is counted: the IPv4 address, or the /64 of an IPv6 one, which is what one subscriber is given.

    All whose address cannot be read are counted together: an unreadable address is no way round a limit.
    """
    found = _address(request)
    if found is None:
        return UNREADABLE
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)


def _address(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    given = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_HTTPS:
        given = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip() or given
    try:
        found = ipaddress.ip_address(given.partition("%")[0])  # the zone of a link says nothing here
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found
