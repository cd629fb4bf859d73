"""Log-in, log-out, one's own password, and the page of a locked account."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from credit_platform.accounts import actions, lockout, rules
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.forms import LoginForm, PasswordForm
from credit_platform.accounts.middleware import LAST_SEEN, password_is_due
from credit_platform.accounts.models import User
from credit_platform.accounts.validators import NotUsedBefore, PasswordRules
from credit_platform.audit import actions as audit
from credit_platform.errors import DomainError


class StaffLogin(LoginView):
    """/accounts/login/: counts failures (django-axes) and leaves an audit entry for every success and failure."""

    form_class = LoginForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        minutes = settings.SESSION_IDLE_SECONDS // 60
        asked = self.request.GET
        return super().get_context_data(**more) | {
            "idle_minutes": minutes if "idle" in asked else 0,
            "kept": "kept" in asked,
            "ended": bool(asked.get("next")) and not {"idle", "kept"} & set(asked),
            "minutes": minutes,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        self.request.session.flush()  # whoever was here before, a company too, leaves nothing behind
        response = super().form_valid(form)
        user = form.get_user()
        audit.record("accounts.login", user, by=user)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        # Only names of accounts are kept: people type their password into this field too.
        name = rules.account_name(lockout.username_of(self.request) or "")
        known = User.objects.filter(username__iexact=name).first() if name else None
        audit.record("accounts.login_failed", known, by=SYSTEM, detail=None if known else {"account": "不存在的账号"})
        return super().form_invalid(form)


@require_POST
@login_required
@never_cache
def stay(request: HttpRequest) -> HttpResponse:
    """/accounts/stay/ (POST): being asked is enough, the session goes on (`IdleLogoutMiddleware`)."""
    request.session[LAST_SEEN] = time.time()
    return HttpResponse(status=204)


class StaffLogout(LogoutView):
    """/accounts/logout/ (POST)."""

    @method_decorator(never_cache)
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            audit.record("accounts.logout", request.user, by=request.user)
        return super().post(request, *args, **kwargs)


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """/accounts/password/: one's own password; afterwards back to where one was."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not lockout.is_open(request, user):
            return _expelled(request, user)
        try:
            changed = actions.change_own_password(
                user, by=user, old=form.cleaned_data["old"], new=form.cleaned_data["new"]
            )
        except DomainError as error:
            field = "old" if error.code == "accounts.password.old" else "new"
            if field == "old" and lockout.wrong_inside(request, user):
                return _expelled(request, user)
            for text in [finding.text for finding in error.findings] or [error.text]:
                form.add_error(field, text)
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, "密码已修改。")
            return HttpResponseRedirect(next_page(request))
    told = [PasswordRules().get_help_text(), NotUsedBefore().get_help_text()]
    context = {"form": form, "due": password_is_due(user), "next": request.GET.get("next", ""), "rules": told}
    return render(request, "accounts/password.html", context, status=422 if form.errors else 200)


def _expelled(request: HttpRequest, user: User) -> HttpResponse:
    """Who guesses at the password inside an open session is no longer taken for the person: the session ends."""
    audit.record("accounts.expelled", user, by=user)
    logout(request)
    return locked_out(request, credentials={"username": user.username})


def next_page(request: HttpRequest) -> str:
    """Where the person wanted to go, when that is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if safe else settings.LOGIN_REDIRECT_URL


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
    until: datetime | None = None,
) -> HttpResponse:
    """What django-axes answers instead of the log-in page: until when the account is locked (HTTP 429)."""
    until = until or lockout.locked_until(request, credentials)
    response = render(request, "accounts/locked.html", {"until": until}, status=429)
    response["Retry-After"] = str(max(1, round((until - timezone.now()).total_seconds())))
    response["Cache-Control"] = "no-store"
    return response
