"""Who comes: the two ways of identifying a company. A third way is one more class that answers with an account."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from companies import actions, lockout, oidc, sessions
from companies.models import CompanyAccount
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.actions import record
from credit_platform.errors import DomainError, Refused

PENDING = "oidc"
"""Where the session keeps a log-in that is on its way at the unified login."""


class Identity(Protocol):
    """A way of identifying: `identify` answers with the active account of who is there, or raises a DomainError in Chinese words."""

    label: str

    def identify(self, request: HttpRequest) -> CompanyAccount: ...


class LocalIdentity:
    """Login name and password, with the lock-out of staff accounts."""

    label = "登录名和密码"

    def __init__(self, login: str, password: str) -> None:
        self.login, self.password = login, password

    def identify(self, request: HttpRequest) -> CompanyAccount:
        lockout.require_open(request, self.login)
        try:
            account = actions.log_in(self.login, self.password)
        except Refused as refused:
            if refused.code == "company.login":
                lockout.failed(request, self.login)
            raise
        lockout.succeeded(request, account)
        return account


class OidcIdentity:
    """The unified login; the session holds state, nonce and verifier between `begin` and `identify`, and uses them once."""

    @property
    def label(self) -> str:
        return str(settings.OIDC_LABEL)

    def begin(self, request: HttpRequest, *, next_page: str, again: bool) -> str:
        """The address of the provider's page. Raises oidc.ProviderAway."""
        begun = oidc.begin(_callback(request), again=again)
        request.session[PENDING] = {
            "state": begun.state,
            "nonce": begun.nonce,
            "verifier": begun.verifier,
            "next": sessions.safe_page(request, next_page),
            "again": again,
        }
        return begun.url

    def identify(self, request: HttpRequest) -> CompanyAccount:
        pending = request.session.pop(PENDING, None)
        try:
            if not pending or not request.GET.get("state") or request.GET["state"] != pending["state"]:
                raise Refused("oidc.state", "本次登录已失效，没有登录。", mend="请返回登录页面重新登录。")
            if request.GET.get("error") or not request.GET.get("code"):
                raise Refused("oidc.refused", f"{self.label}没有完成登录。", mend="请返回登录页面重新登录。")
            claimed = oidc.finish(
                _callback(request), request.GET["code"], nonce=pending["nonce"], verifier=pending["verifier"]
            )
            return actions.open_by_outside_login(
                code=claimed.code,
                name=claimed.name,
                person=claimed.person,
                outside_id=claimed.outside_id,
                label=self.label,
            )
        except DomainError as error:
            record("companies.login_failed", by=SYSTEM, detail={"how": "outside", "code": error.code})
            raise


def _callback(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("companies:oidc-callback"))
