"""/my/register/, its receipt, /my/login/, /my/logout/, and the way through the unified login."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies import actions, oidc, sessions
from companies.forms import LoginForm, RegisterForm
from companies.identity import LocalIdentity, OidcIdentity
from companies.models import CompanyAccount
from companies.rules import LABELS, PAPERS, AccountState
from credit_platform.accounts.models import User
from credit_platform.audit.middleware import client_network
from credit_platform.errors import DomainError
from credit_platform.web.acting import act_on_form
from credit_platform.web.errors import apply_errors
from credit_platform.web.rates import spend

RECEIPT_SALT = "companies.receipt"
RECEIPT_SECONDS = 60 * 24 * 3600
APPLICATIONS_AN_HOUR = 20
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@sensitive_post_parameters()
@get_or_post
def register(request: HttpRequest) -> HttpResponse:
    """The application; its answer is a receipt with what to bring to the window."""
    form = RegisterForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        spend("company-apply", client_network(request), limit=APPLICATIONS_AN_HOUR, seconds=3600)
        fields = ("code", "name", "handler", "phone", "login", "password")
        staff = request.user if isinstance(request.user, User) else None
        row = actions.apply(**{name: given[name] for name in fields}, staff=staff)
        return reverse("companies:receipt", args=[signing.dumps(row.receipt, salt=RECEIPT_SALT)])

    return act_on_form(request, "companies/register.html", _ways(request), form, action=action)


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What was applied for and what to bring; the address is signed, so that nobody reads another's."""
    try:
        number = signing.loads(token, salt=RECEIPT_SALT, max_age=RECEIPT_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    row = CompanyAccount.objects.select_related("subject").filter(receipt=number).first()
    if row is None:
        raise Http404
    context = {
        "row": row,
        "papers": PAPERS.values(),
        "waits": row.state == AccountState.APPLIED,
        "state": LABELS[AccountState(row.state)],
    }
    return render(request, "companies/receipt.html", context)


@never_cache
@sensitive_post_parameters()
@get_or_post
def login(request: HttpRequest) -> HttpResponse:
    """Login name and password, or the way to the unified login."""
    if sessions.company_of(request) and request.method != "POST":
        return redirect(sessions.wanted_page(request))
    form = LoginForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                account = LocalIdentity(**form.cleaned_data).identify(request)
            except DomainError as refused:
                apply_errors(form, refused)
                status = refused.status
            else:
                sessions.begin(request, account)
                return redirect(sessions.wanted_page(request))
    idle = sessions.idle_seconds() // 60 if "idle" in request.GET else 0
    context = {"form": form, "idle_minutes": idle, **_ways(request)}
    return render(request, "companies/login.html", context, status=status)


@never_cache
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Ends the company's session; harmless for anybody else."""
    account = sessions.company_of(request)
    if account is not None:
        actions.log_out(account)
        sessions.end(request)
        messages.success(request, "已退出登录。")
    return redirect("companies:login")


@never_cache
@require_safe
def oidc_start(request: HttpRequest) -> HttpResponse:
    """To the unified login; `again=1` has the person log in anew, as a proof before signing."""
    if not oidc.switched_on():
        raise Http404
    again = "again" in request.GET and sessions.company_of(request) is not None
    return redirect(OidcIdentity().begin(request, next_page=request.GET.get("next", ""), again=again))


@never_cache
@require_safe
def oidc_callback(request: HttpRequest) -> HttpResponse:
    """Back from the unified login: its account is signed in, or the log-in page says why not."""
    if not oidc.switched_on():
        raise Http404
    pending = request.session.get("oidc") or {}
    try:
        account = OidcIdentity().identify(request)
    except DomainError as refused:
        form = LoginForm(initial={})
        context = {"form": form, "refusal": refused, "idle_minutes": 0, **_ways(request)}
        return render(request, "companies/login.html", context, status=refused.status)
    sessions.begin(request, account, proved=bool(pending.get("again")))
    return redirect(pending.get("next") or reverse("companies:home"))


def _ways(request: HttpRequest) -> dict[str, Any]:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return {"oidc_label": OidcIdentity().label if oidc.switched_on() else "", "next": wanted}
