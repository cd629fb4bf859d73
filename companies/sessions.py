"""A company's session. Company and staff never mix: beginning one ends the other, and a session that holds both is staff's."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from companies.models import CompanyAccount
from credit_platform.accounts.middleware import LAST_SEEN, back
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.errors import Forbidden

ACCOUNT, VERSION, PROVED = "company", "company_version", "company_proved"
PROOF_SECONDS = 300
"""How long a fresh log-in at the unified login counts as a proof for signing."""

View = Callable[..., HttpResponseBase]


def begin(request: HttpRequest, account: CompanyAccount, *, proved: bool = False) -> None:
    """Sign a company in under a new session key; whoever was here before is signed out."""
    if isinstance(request.user, User):
        audit.record("accounts.logout", request.user, by=request.user, detail={"how": "company"})
    kept = {key: request.session[key] for key in request.session if key.startswith("signing:")} if proved else {}
    request.session.flush()
    request.session.update({**kept, ACCOUNT: account.pk, VERSION: account.session_key, LAST_SEEN: time.time()})
    if proved:
        request.session[PROVED] = time.time()
    request.user = AnonymousUser()
    request.company = account  # type: ignore[attr-defined]
    rotate_token(request)


def refresh(request: HttpRequest, account: CompanyAccount) -> None:
    """After a changed password: this session goes on under a new key, all others end."""
    request.session.cycle_key()
    request.session[VERSION] = account.session_key


def end(request: HttpRequest) -> None:
    """Sign the company out and forget everything of the session."""
    request.session.flush()
    request.company = None  # type: ignore[attr-defined]


def company_of(request: HttpRequest) -> CompanyAccount | None:
    """The signed-in company, None for visitors and staff."""
    return getattr(request, "company", None)


def require_company(request: HttpRequest) -> CompanyAccount:
    """The signed-in company; Forbidden for anybody else (views stand behind `company_page`)."""
    account = company_of(request)
    if account is None:
        raise Forbidden("companies.login", "请先登录经营主体账户。")
    return account


def proved_lately(request: HttpRequest) -> bool:
    """Whether this session came fresh from the unified login."""
    at = request.session.get(PROVED)
    return isinstance(at, int | float) and 0 <= time.time() - at <= PROOF_SECONDS


def use_up_proof(request: HttpRequest) -> None:
    """One proof is good for one signature."""
    request.session.pop(PROVED, None)


def company_page(view: View) -> View:
    """For pages of a company: others go to its log-in page, a password that is due is changed before anything else; never cached."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = company_of(request)
        if account is None:
            return redirect(f"{reverse('companies:login')}?{urlencode({'next': back(request)})}")
        page = reverse("companies:password")
        if account.password_is_due and request.path != page:
            return redirect(page)
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return answer


def wanted_page(request: HttpRequest) -> str:
    """Where a log-in leads: the page asked for when it is one of ours, else the company's home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return safe_page(request, wanted)


def safe_page(request: HttpRequest, wanted: str) -> str:
    """`wanted` when it is a page of companies on this site, else the company's home."""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/my/") else reverse("companies:home")


def idle_seconds() -> int:
    """Silence that signs out, in seconds; the same as for staff."""
    return int(settings.SESSION_IDLE_SECONDS)
