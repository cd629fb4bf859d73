"""What a visitor may set for themselves, kept in a cookie: the large-type mode."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

LARGE_TYPE_COOKIE = "large_type"
YEAR_SECONDS = 365 * 24 * 3600


def large_type(request: HttpRequest) -> bool:
    return request.COOKIES.get(LARGE_TYPE_COOKIE) == "1"


def switch_url(request: HttpRequest, *, on: bool) -> str:
    """The address that switches and comes back here. A page that answered a form comes back as its own address."""
    back = request.get_full_path()
    return f"{reverse('web:large-type')}?{urlencode({'on': int(on), 'next': back})}"


def switched(request: HttpRequest) -> HttpResponseRedirect:
    """The answer that sets or clears the cookie and returns to a page of this site."""
    asked = {**request.GET.dict(), **request.POST.dict()}
    target = str(asked.get("next", "/"))
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    if asked.get("on") == "1":
        response.set_cookie(
            LARGE_TYPE_COOKIE, "1", max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie(LARGE_TYPE_COOKIE, samesite="Lax")
    return response
