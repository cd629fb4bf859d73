"""No number of a citizen in an address: not searched by, not looked up, not repeated on a page or in a log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, QueryDict

from credit_platform.web.errors import BadRequest, error_response
from records.identifiers.personal import identities, removed

View = Callable[..., HttpResponse]
MARK = "answers_personal_numbers"
_CAME_FROM = ("HTTP_REFERER", "HTTP_HX_CURRENT_URL")


def answers_personal_numbers(view: View) -> View:
    """Marks a view that tells in its own words that nothing is searched by a person's number (`asked_by_number`)."""
    setattr(view, MARK, True)
    return view


def asked_by_number(request: HttpRequest) -> bool:
    """Whether the address asked by a citizen's number; what it asked is gone by then."""
    return bool(getattr(request, "_asked_by_number", False))


class PersonalNumbersMiddleware:
    """Takes citizens' numbers out of the address before anything can repeat or log them, and refuses to answer by one.

    Browsers, proxies and histories keep addresses. A number in the path leads nowhere, like any other unknown one.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if identities(request.path):
            request.path = request.path_info = request.META["PATH_INFO"] = removed(request.path)
        if any(identities(text) for name, values in request.GET.lists() for text in (name, *values)):
            request._asked_by_number = True  # type: ignore[attr-defined]
            request.META["QUERY_STRING"] = ""
            request.GET = QueryDict()
        for name in _CAME_FROM:
            if _holds(request.META.get(name, "")):
                request.META[name] = removed(request.META[name].partition("?")[0])
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if asked_by_number(request) and not getattr(view, MARK, False):
            return error_response(request, _refusal())
        return None


def _holds(header: str) -> bool:
    """A header comes as the bytes it was sent in."""
    return bool(header) and bool(
        identities(unquote_plus(header.encode("latin-1", "replace").decode("utf-8", "replace")))
    )


def _refusal() -> BadRequest:
    return BadRequest(
        "search.personal-number",
        "本站不按公民身份号码检索，也不在网址中使用个人号码。",
        article="《个人信息保护法》第二十八条",
        mend="查询单位和个体工商户，请输入名称或统一社会信用代码。",
    )
