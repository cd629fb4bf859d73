"""How long an answer of the public site may be kept: a minute at most, never past midnight, and asked again after that.

A publication may end at midnight of Asia/Shanghai, and a withdrawal takes effect at once (行政处罚法 art. 48), so that no cache may show
it for longer than a minute. Validation is by content: a list whose newest row stayed has still changed when another row was
withdrawn, therefore nothing here answers with Last-Modified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

LONGEST = 60
"""Seconds."""
KEPT = (200, 410)
PRIVATE_COOKIES = ("messages", settings.SESSION_COOKIE_NAME)

View = Callable[..., HttpResponseBase]


def seconds_kept(moment: datetime) -> int:
    """How long an answer of a moment may be kept: a minute, and less before midnight in Harbin."""
    local = timezone.localtime(moment)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(0, min(LONGEST, int((midnight - local).total_seconds())))


def public_page(view: View) -> View:
    """A page or feed of the public site: with ETag, `Cache-Control` as told above, and 304 when nothing changed."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if "Last-Modified" in response.headers:
            del response.headers["Last-Modified"]
        if response.status_code not in KEPT or isinstance(response, StreamingHttpResponse):
            response.headers["Cache-Control"] = "no-store"
            return response
        own = any(name in request.COOKIES for name in PRIVATE_COOKIES)
        whose = "private" if own else "public"
        response.headers["Cache-Control"] = f"{whose}, max-age={seconds_kept(timezone.now())}, must-revalidate"
        return _validated(request, response) if response.status_code == 200 else response

    return answer


def _validated(request: HttpRequest, response: Any) -> HttpResponseBase | None:
    if hasattr(response, "render") and not response.is_rendered:
        response.render()
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)
