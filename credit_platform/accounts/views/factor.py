"""/accounts/second-factor/: enrol an authenticator, pass with it, and look after the recovery codes."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote, urlencode

import segno
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from credit_platform.accounts import lockout, tries
from credit_platform.accounts.actions import factors
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.forms import CodeForm
from credit_platform.accounts.middleware import FACTOR_PASSED, passed_factor
from credit_platform.accounts.models import Door, SecondFactor, User
from credit_platform.accounts.rules import factors as rules
from credit_platform.accounts.rules.proposals import is_guarded
from credit_platform.accounts.views import locked_out, next_page
from credit_platform.audit import actions as audit
from credit_platform.errors import Forbidden, Refused
from credit_platform.web.errors import apply_errors
from credit_platform.web.formats import cn_datetime

ISSUER = "信用哈尔滨"
R = TypeVar("R")


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Whatever the account has to do with its second factor at this moment."""
    user = staff_of(request)
    if not is_guarded(user.roles):
        raise Forbidden("accounts.factor", "只有管理员、审计员和信用办的账号使用动态口令。")
    if not SecondFactor.objects.confirmed().filter(user=user).exists():
        return _enrol(request, user)
    if not passed_factor(request, user):
        return _pass(request, user)
    return _codes(request, user)


def _enrol(request: HttpRequest, user: User) -> HttpResponse:
    """A post makes the secret, looking at the page makes nothing; the page shows it until its first code."""
    if "begin" in request.POST:
        factors.begin(by=user)
        wanted = urlencode({"next": next_page(request)})
        return HttpResponseRedirect(f"{request.path}?{wanted}")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = _tried(request, user, form, lambda code: factors.confirm_enrolment(code, by=user))
        if isinstance(codes, HttpResponse):
            return codes
        if codes is not None:
            _let_in(request, user)
            return _shown_once(request, codes)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    begun = factors.pending(user)
    if begun is None:
        return render(request, "accounts/factor_begin.html", {"next": wanted}, status=422 if form.errors else 200)
    secret = base64.b32encode(begun).decode().rstrip("=")
    label = quote(f"{ISSUER}:{user.username}")
    address = f"otpauth://totp/{label}?secret={secret}&issuer={quote(ISSUER)}&digits={rules.DIGITS}&period={rules.STEP_SECONDS}"
    context = {
        "form": form,
        "picture": segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=4),
        "typed": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "next": wanted,
    }
    return render(request, "accounts/factor_enrol.html", context, status=422 if form.errors else 200)


def _pass(request: HttpRequest, user: User) -> HttpResponse:
    form = CodeForm(request.POST or None)
    form.fields["code"].label = "动态口令或者恢复码"
    if request.method == "POST" and form.is_valid():
        by_recovery = _tried(request, user, form, lambda code: factors.check(code, by=user))
        if isinstance(by_recovery, HttpResponse):
            return by_recovery
        if by_recovery is not None:
            _let_in(request, user)
            _tell(request, user)
            return HttpResponseRedirect(next_page(request))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "accounts/factor_pass.html", context, status=422 if form.errors else 200)


def _codes(request: HttpRequest, user: User) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = _tried(request, user, form, lambda code: factors.renew_codes(code, by=user))
        if isinstance(codes, HttpResponse):
            return codes
        if codes is not None:
            return _shown_once(request, codes)
    context = {"form": form, "left": factors.left(user), "most": rules.CODES}
    return render(request, "accounts/factor_codes.html", context, status=422 if form.errors else 200)


def _tried(request: HttpRequest, user: User, form: CodeForm, do: Callable[[str], R]) -> R | HttpResponse | None:
    """One try: its result, None when the form has to say what was wrong, or the end of the session when there were too many.

    Counted for the account before anything is compared, whatever the session or the address.
    """
    name, span = user.get_username().lower(), lockout.QUARTER
    used = tries.count(Door.FACTOR, account=name, seconds=span)
    if used <= rules.WRONG_LIMIT:
        try:
            result = do(form.cleaned_data["code"])
        except Refused as refused:
            audit.record("accounts.factor.failed", user, by=user)
            apply_errors(form, refused)
        else:
            tries.clear(Door.FACTOR, account=name)
            return result
    if used < rules.WRONG_LIMIT:
        return None
    audit.record("accounts.expelled", user, by=user)
    logout(request)
    return locked_out(request, credentials={"username": user.username}, until=tries.ends(span))


def _let_in(request: HttpRequest, user: User) -> None:
    """The session goes on under a new key: whoever knew the one of the first step has nothing of the second."""
    request.session.cycle_key()
    request.session[FACTOR_PASSED] = user.pk


def _shown_once(request: HttpRequest, codes: list[str]) -> HttpResponse:
    response = render(request, "accounts/factor_shown.html", {"codes": codes, "next": next_page(request)})
    response["Cache-Control"] = "no-store"
    return response


def _tell(request: HttpRequest, user: User) -> None:
    """Who has used a recovery code is told at every log-in of a week: when it was not the owner, the owner hears of it."""
    last = factors.last_recovery(user)
    if last is not None and last.used_at:
        when = cn_datetime(timezone.localtime(last.used_at))
        text = f"{when}有人用恢复码登录了本账号，还剩 {factors.left(user)} 个恢复码。不是本人的，请立即联系安全管理员。"
        messages.warning(request, text)
