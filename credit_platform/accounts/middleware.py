"""What every request of a signed-in person passes: silence ends the session, a first or old password must be changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from credit_platform.accounts import rules
from credit_platform.accounts.models import SecondFactor, User
from credit_platform.accounts.rules.proposals import is_guarded
from credit_platform.audit import actions as audit

Answer = Callable[[HttpRequest], HttpResponse]

LAST_SEEN = "last_seen"
KEPT_FIELD = "kept_for"
"""A form with this field knows how to keep what was typed for who typed it: its view is asked, although the session has ended."""
FACTOR_PASSED = "factor_passed"
"""Where the session keeps who has passed the second factor in it."""
# The session row is written once in this time and not with every click.
WRITE_EVERY_SECONDS = 60


class IdleLogoutMiddleware:
    """Sign out after SESSION_IDLE_SECONDS of silence, say why, and lead back to where one was (GB/T 22239-2019, 8.1.4.1)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a session cookie nobody is signed in, and a public page that never looked stays cacheable.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        now, seen = time.time(), request.session.get(LAST_SEEN)
        if isinstance(seen, int | float) and now - seen > settings.SESSION_IDLE_SECONDS:
            audit.record("accounts.idle_logout", user, by=user)
            logout(request)
            return self._after_silence(request)
        if not isinstance(seen, int | float) or now - seen > WRITE_EVERY_SECONDS:
            request.session[LAST_SEEN] = now
        return self.get_response(request)

    def _after_silence(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/") or request.path == reverse("accounts:login"):
            return self.get_response(request)
        if request.method == "POST" and KEPT_FIELD in request.POST:
            return self.get_response(request)
        return redirect_whole_page(
            request, f"{reverse('accounts:login')}?{urlencode({'idle': 1, 'next': back(request)})}"
        )


class SecondFactorMiddleware:
    """Nothing but the page of the second factor until it was passed in this session (GB/T 22239-2019, 8.1.4.1 d).

    For administrators, auditors and the credit office: whoever has enrolled, and everybody with REQUIRE_SECOND_FACTOR. One place for
    every address, so that no page has to think of it. API clients bring a key and no session.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        user = request.user
        page = reverse("accounts:second-factor")
        free = {page, reverse("accounts:logout"), reverse("accounts:login")}
        if not isinstance(user, User) or request.path in free or not factor_is_due(request, user):
            return self.get_response(request)
        return redirect_whole_page(request, f"{page}?{urlencode({'next': back(request)})}")


def factor_is_due(request: HttpRequest, user: User) -> bool:
    """Whether the second factor must be passed, or enrolled, before anything else in this session."""
    if not is_guarded(user.roles) or passed_factor(request, user):
        return False
    return settings.REQUIRE_SECOND_FACTOR or SecondFactor.objects.confirmed().filter(user=user).exists()


def passed_factor(request: HttpRequest, user: User) -> bool:
    """Whether this person has passed the second factor in this session."""
    return bool(request.session.get(FACTOR_PASSED) == user.pk)


class PasswordDueMiddleware:
    """Nothing but the password page as long as a first password, or one that is too old, is in use."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        user = request.user
        page = reverse("accounts:password")
        free = {page, reverse("accounts:second-factor"), reverse("accounts:logout"), reverse("accounts:login")}
        if not isinstance(user, User) or request.path in free or not password_is_due(user):
            return self.get_response(request)
        return redirect_whole_page(request, f"{page}?{urlencode({'next': back(request)})}")


def password_is_due(user: User) -> bool:
    """Whether the password must be changed now: a first one, or older than PASSWORD_MAX_AGE_DAYS."""
    return rules.password_is_due(
        user.password_changed_at,
        timezone.now(),
        days=settings.PASSWORD_MAX_AGE_DAYS,
        must_change=user.must_change_password,
    )


def back(request: HttpRequest) -> str:
    """Where the person was: the page itself, or for a form that was sent the page it came from."""
    if request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    path = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return path if path and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else settings.LOGIN_REDIRECT_URL


def redirect_whole_page(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect that htmx follows with the page and not inside the fragment it asked for."""
    if "HX-Request" in request.headers:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return HttpResponseRedirect(url)
