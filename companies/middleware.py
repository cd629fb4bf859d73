"""Sets `request.company`: the active account of the session, or None. Silence signs out; a closed or suspended account is out at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from companies import actions, sessions
from companies.models import CompanyAccount
from credit_platform.accounts.middleware import LAST_SEEN, WRITE_EVERY_SECONDS, back, redirect_whole_page
from credit_platform.accounts.models import User

Answer = Callable[[HttpRequest], HttpResponse]


class CompanyMiddleware:
    """Stands behind the staff's idle log-out. Without a session cookie it reads nothing, so that public pages stay cacheable."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.company = None  # type: ignore[attr-defined]
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or sessions.ACCOUNT not in request.session:
            return self.get_response(request)
        if isinstance(request.user, User):
            del request.session[sessions.ACCOUNT]
            return self.get_response(request)
        account = _account(request)
        if account is None:
            sessions.end(request)
            return self.get_response(request)
        now, seen = time.time(), request.session.get(LAST_SEEN)
        if not isinstance(seen, int | float) or now - seen > sessions.idle_seconds():
            actions.log_out(account, idle=True)
            sessions.end(request)
            return self._after_silence(request)
        if now - seen > WRITE_EVERY_SECONDS:
            request.session[LAST_SEEN] = now
        request.company = account  # type: ignore[attr-defined]
        return self.get_response(request)

    def _after_silence(self, request: HttpRequest) -> HttpResponse:
        login = reverse("companies:login")
        if not request.path.startswith("/my/") or request.path == login:
            return self.get_response(request)
        return redirect_whole_page(request, f"{login}?{urlencode({'idle': 1, 'next': back(request)})}")


def _account(request: HttpRequest) -> CompanyAccount | None:
    rows = CompanyAccount.objects.active().select_related("subject").defer("phone", "password")
    return rows.filter(
        pk=request.session[sessions.ACCOUNT], session_key=request.session.get(sessions.VERSION, "")
    ).first()
