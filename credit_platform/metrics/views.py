"""`/metrics`: for the monitoring system only."""

from __future__ import annotations

import ipaddress
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from credit_platform.metrics import requests, samples, state

# Stated here: what Python calls private has further ranges that are nobody's own network.
NEIGHBOURS = [
    ipaddress.ip_network(text)
    for text in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Every figure in Prometheus' text format; 403 for whoever is not the monitoring system."""
    if not _may_read(request):
        return HttpResponse("forbidden\n", status=403, content_type="text/plain; charset=utf-8")
    body = requests.render() + samples.render(state.collect())
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    """With METRICS_TOKEN: whoever presents it. Without: a direct caller from this machine or its private network.

    What came through a proxy is refused then, since every visitor of the public site has the proxy's private address.
    """
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    if request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded") or request.headers.get("X-Real-Ip"):
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in NEIGHBOURS if network.version == address.version)
