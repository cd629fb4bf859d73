"""/accounts/activate/: whoever two administrators let in sets the own password, with one half of a code from each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from credit_platform.accounts import tries
from credit_platform.accounts.actions import proposals
from credit_platform.accounts.forms import ActivationForm
from credit_platform.accounts.models import Door
from credit_platform.accounts.validators import NotUsedBefore, PasswordRules
from credit_platform.audit.middleware import client_network
from credit_platform.errors import DomainError
from credit_platform.web.errors import apply_errors
from credit_platform.web.rates import TooOften

TRIES_AN_HOUR = 20


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """The code in two halves and a new password; the log-in follows."""
    form = ActivationForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _activate(request, form)
            except DomainError as refused:
                apply_errors(form, refused)
                status = refused.status
            else:
                messages.success(request, "账号已激活，请用新密码登录。")
                return redirect("accounts:login")
    rules = [PasswordRules().get_help_text(), NotUsedBefore().get_help_text()]
    return render(request, "accounts/activate.html", {"form": form, "rules": rules}, status=status)


def _activate(request: HttpRequest, form: ActivationForm) -> None:
    """Counted before anything is compared, and outside the action's transaction, which would take the count back with it."""
    used = tries.count(Door.ACTIVATION, network=client_network(request), seconds=tries.HOUR)
    if used > TRIES_AN_HOUR:
        raise TooOften("accounts.activation.often", "尝试次数过多，请一小时后再试。")
    given = form.cleaned_data
    proposals.activate(given["username"], first=given["first"], second=given["second"], password=given["password"])
