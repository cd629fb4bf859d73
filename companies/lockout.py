"""Lock-out after failed log-ins of companies: counted as for staff (accounts/lockout.py), under names of their own (`company:…`)."""

from __future__ import annotations

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from companies import actions, sessions
from companies.models import CompanyAccount
from companies.queries import signs_from
from credit_platform.accounts import rules
from credit_platform.accounts.lockout import locked_until
from credit_platform.audit import actions as audit
from credit_platform.audit.plain import clean_text
from credit_platform.errors import DomainError, Refused
from credit_platform.web.acting import Action, act_on_form
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.formats import cn_datetime
from credit_platform.web.forms import ActionForm


class Locked(DomainError):
    """Too many failures from this address (HTTP 429)."""

    status = 429


def _credentials(login: str) -> dict[str, str]:
    return {"username": f"company:{rules.folded_name(clean_text(login))}"}


def require_open(request: HttpRequest, login: str) -> None:
    """Locked (429) while the account may not be tried from this address, with the moment when it may again."""
    credentials = _credentials(login)
    if AxesProxyHandler.is_allowed(request, credentials):
        return
    until = timezone.localtime(locked_until(request, credentials))
    raise Locked("company.locked", f"登录失败次数过多，请于{cn_datetime(until)}后再试。")


def failed(request: HttpRequest, login: str) -> None:
    """Count a failure. The page itself says what happened, so axes' own answer is not wanted."""
    AxesProxyHandler.user_login_failed(CompanyAccount, _credentials(login), request)
    request.axes_locked_out = False  # type: ignore[attr-defined]


def succeeded(request: HttpRequest, account: CompanyAccount) -> None:
    """Forget the failures of the account from this address."""
    AxesProxyHandler.user_logged_in(CompanyAccount, request, account)


def prove(request: HttpRequest, account: CompanyAccount, *, password: str, field: str = "password") -> None:
    """Whoever is signed in proves again to be the one, with the limit of log-ins; call it before the action's transaction,
    which would take the count of failures back with it.

    Raises Refused at `field` for a wrong password. After the limit nothing is tried any more and the session ends (Locked, 429):
    who guesses inside an open session is no longer taken for the handler.
    """
    try:
        require_open(request, account.login)
    except Locked:
        audit.record("companies.expelled", account, by=account)
        sessions.end(request)
        raise
    try:
        actions.prove(account, password=password, field=field)
    except Refused:
        failed(request, account.login)
        raise


def prove_signer(request: HttpRequest, account: CompanyAccount, *, password: str) -> None:
    """Whoever signs proves again to be the one: by the password, or by a log-in at the unified login of the last minutes.

    Raises what `prove` raises, and Refused where the account has no password and no such log-in.
    """
    if not account.has_password:
        if not sessions.proved_lately(request):
            raise Refused("letter.proof", "请先重新登录统一认证，确认是本人签署。")
        return
    prove(request, account, password=password)


def sign_on_form(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    form: ActionForm,
    *,
    account: CompanyAccount,
    action: Action,
    message: str,
) -> HttpResponse:
    """`act_on_form` for a form that signs: whoever signs proves first to be the one, and one fresh log-in is good for one signature.

    The page is told whether that is possible now (`proved`), and until when nothing is signed (`paused_until`).
    """
    context |= {"proved": account.has_password or sessions.proved_lately(request), "paused_until": signs_from(account)}
    if request.method == "POST" and form.is_valid():
        try:  # before the action's transaction, which would take the count of failures back with it
            prove_signer(request, account, password=form.cleaned_data.get("password", ""))
        except DomainError as refused:
            apply_errors(form, refused)
            return form_response(request, template, context, form, error=refused)

    def run(given: dict[str, Any]) -> str:
        signed = action(given)
        sessions.use_up_proof(request)
        return signed

    return act_on_form(request, template, context, form, action=run, message=message)
