"""How many requests each view answered and how long they took. Nothing of the request itself is kept.

gunicorn runs several processes: with PROMETHEUS_MULTIPROC_DIR set each one counts into a file of that folder and any of
them answers for all (deploy/gunicorn.conf.py clears the folder at the start and closes the accounts of processes that end).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
UNMATCHED = "unmatched"

answered = Counter("credit_requests", "请求数", ["view", "method", "status"])
seconds = Histogram("credit_request_seconds", "请求耗时（秒）", ["view"], buckets=BUCKETS)


class MetricsMiddleware:
    """Stands first, so that it measures everything that Django does. Costs two additions a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        view = _view(request)
        seconds.labels(view).observe(time.perf_counter() - started)
        method = request.method if request.method in METHODS else "OTHER"
        answered.labels(view, method, str(response.status_code)).inc()
        return response


def render() -> bytes:
    """The counts of all processes in Prometheus' text format."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # half of the library has types
    return generate_latest(registry)


def _view(request: HttpRequest) -> str:
    # Names of views only: an address would make a series for every subject, and would hold personal data.
    match = request.resolver_match
    return (match.view_name or UNMATCHED) if match else UNMATCHED
