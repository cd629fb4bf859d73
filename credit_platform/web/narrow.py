"""The short way to what other systems ask hundreds of times a second: the few addresses of `settings.NARROW_PATHS`.

Sessions, sign-in, messages, forms and languages are for people at a browser. A system brings a key and a body: its request goes from
here straight to the view, which looks at both itself. Numbers and sources of requests, their measures, TLS, a server that
is away are above this and hold as everywhere; an address with a query goes the long way, where it is refused.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, resolve

from credit_platform.web.frozen import lookout
from credit_platform.web.requests import Answer, unavailable

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
"""What is no page is not shown as one, and is kept by nobody."""


class NarrowMiddleware:
    """Stands below what every request needs and above what pages need."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._matches: dict[str, ResolverMatch] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info not in settings.NARROW_PATHS or request.META.get("QUERY_STRING"):
            return self.get_response(request)
        request.get_host()  # refused where the host is none of ours
        if lookout.frozen():
            return unavailable(request)
        match = self._match(request.path_info)
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    def _match(self, path: str) -> ResolverMatch:
        if path not in self._matches:
            self._matches[path] = resolve(path)
        return self._matches[path]
