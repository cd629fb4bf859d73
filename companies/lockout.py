"""Lock-out after failed log-ins of companies: counted by django-axes as for staff, under names of their own (`company:…`)."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest
from django.utils import timezone

from companies.models import CompanyAccount
from credit_platform.accounts.lockout import locked_until
from credit_platform.errors import DomainError
from credit_platform.web.formats import cn_datetime


class Locked(DomainError):
    """Too many failures from this address (HTTP 429)."""

    status = 429


def _credentials(login: str) -> dict[str, str]:
    return {"username": f"company:{login.strip().lower()}"}


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
