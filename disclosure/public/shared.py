"""Pages that many ask for are made once: stored under the number of changes that were committed before they were made.

An answer that begins after a change was committed reads a higher number and finds nothing stored, so that nothing withdrawn is given
out again (行政处罚法 art. 48). What is stored is what a visitor without a session sees; its key is a digest, for an address can say
whom somebody looked for.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.db import router
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from credit_platform.freshness.models import ChangeCount
from credit_platform.freshness.queries import number
from credit_platform.web.preferences import large_type
from disclosure.public.caching import PRIVATE_COOKIES, View, public_page, seconds_kept
from records.middleware import asked_by_number


def shared_page(view: View) -> View:
    """A `public_page` that is the same for every visitor of the same address on the same day. Its view writes nothing."""

    @public_page
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = _key(request)
        if key is None:
            return view(request, *args, **kwargs)
        if (stored := cache.get(key)) is not None:
            return _given_again(*stored)
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponse) and response.status_code == 200 and not response.cookies:
            body = zlib.compress(response.content, level=1)
            cache.set(key, (body, dict(response.headers)), seconds_kept(timezone.now()))
        return response

    return answer


def _key(request: HttpRequest) -> str | None:
    """Where the answer to a request is stored; None for what is one visitor's own, and for a view of the data that is nobody else's."""
    own = any(name in request.COOKIES for name in PRIVATE_COOKIES)
    if own or request.method not in ("GET", "HEAD") or "HX-Request" in request.headers or asked_by_number(request):
        return None
    server = router.db_for_read(ChangeCount)
    changes = number(server)
    if changes is None:
        return None
    asked = (server, changes, timezone.localdate(), request.build_absolute_uri(), large_type(request))
    return f"page:{hashlib.sha256(repr(asked).encode()).hexdigest()}"


def _given_again(body: bytes, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(zlib.decompress(body), headers=headers)
