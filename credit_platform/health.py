"""Is the platform alive, and can it serve? For load balancers and supervisors; nothing here is personal."""

from __future__ import annotations

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from credit_platform.web.frozen import lookout

RETRY_AFTER_SECONDS = 10


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nobody, so that a lost database does not get a healthy process restarted."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when database, Redis and migrations are as they should be, else 503 with the reasons."""
    reasons = [reason for question in (_database, _redis) if (reason := question())]
    if not reasons:
        return JsonResponse({"status": "ok", "reasons": []})
    answer = JsonResponse({"status": "unavailable", "reasons": reasons}, status=503)
    answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


Question = Callable[[], str]


def _database() -> str:
    if lookout.frozen():
        return "database: no answer"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return _migrations()
    except DatabaseError:
        return "database: no connection"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"migrations: {len(waiting)} not applied" if waiting else ""


def _redis() -> str:
    try:
        with redis.Redis.from_url(settings.CACHE_URL, socket_connect_timeout=2, socket_timeout=2) as client:
            client.ping()
    except redis.RedisError:
        return "redis: no connection"
    return ""
