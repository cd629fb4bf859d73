"""Lock-out after failed log-ins. django-axes counts an account from an address; three slower limits stand around it.

1. An account from an address: five failures close it there for a quarter of an hour (AXES_…). Tries meanwhile change nothing.
2. An address: after ADDRESS_LIMIT failures in a quarter of an hour, whatever the accounts, it may only try accounts that have
   come in from there before: who guesses one password for many accounts is stopped, an office behind one address goes on.
3. An account: after ACCOUNT_LIMIT failures in a day, wherever from, networks from which it never came in have SLOW_LIMIT tries an hour
   together with their neighbours (/24, /48).
   So many addresses together gain little, and nobody can keep a person out: the own network is free, elsewhere one try is left.

A network is an IPv4 address or the /64 of an IPv6 one. Companies are counted the same way under names of their own (`company:…`).
"""

from __future__ import annotations

from copy import copy
from datetime import datetime
from ipaddress import ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from credit_platform.accounts import rules, tries
from credit_platform.accounts.models import Door, User
from credit_platform.audit.middleware import client_network
from credit_platform.audit.plain import clean_text

ADDRESS_LIMIT = 30
ACCOUNT_LIMIT = 30
SLOW_LIMIT = 2
QUARTER = 15 * tries.MINUTE


def username_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The account that a log-in is counted for, as `rules.folded_name` writes it: another case or width is the same account."""
    given = (credentials or {}).get("username") or request.POST.get("username")
    return rules.folded_name(clean_text(given))[:50] if isinstance(given, str) else None


class DoorKeeper(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """AXES_HANDLER: the limit of axes and the two slower ones."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return bool(super().is_locked(request, credentials)) or refused_until(request, credentials) is not None

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **more: Any
    ) -> None:
        if request is None:
            return
        refused = request.axes_locked_out  # type: ignore[attr-defined]
        # axes keeps what was sent; the pages that count here send old and new passwords under names of their own.
        bare = copy(request)
        bare.GET, bare.POST = QueryDict(), QueryDict()
        super().user_login_failed(sender, credentials, bare, **more)
        for name in ("axes_locked_out", "axes_credentials", "axes_failures_since_start"):
            setattr(request, name, getattr(bare, name))
        if refused:
            return  # nothing was tried, so nothing is counted: a lock does not grow
        tries.count(Door.ACCOUNT, account=username_of(request, credentials) or "-", seconds=tries.DAY)
        tries.count(Door.ADDRESS, network=client_network(request), seconds=QUARTER)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **more: Any) -> None:
        super().user_logged_in(sender, request, user, **more)
        tries.remember(rules.folded_name(user.get_username()), client_network(request))


def refused_until(request: HttpRequest, credentials: dict[str, Any] | None = None) -> datetime | None:
    """Until when the address, or the account from this address, may not be tried; None when it may.

    Under the limit of an account one of the few tries is used up by asking; asked once in a request.
    """
    name = username_of(request, credentials) or "-"
    asked: dict[str, datetime | None] = request.__dict__.setdefault("doors_asked", {})
    if name not in asked:
        asked[name] = _refused_until(name, client_network(request))
    return asked[name]


def _refused_until(name: str, network: str) -> datetime | None:
    crowded = tries.used(Door.ADDRESS, network=network, seconds=QUARTER) >= ADDRESS_LIMIT
    pressed = tries.used(Door.ACCOUNT, account=name, seconds=tries.DAY) >= ACCOUNT_LIMIT
    if not (crowded or pressed) or tries.is_known(name, network):
        return None
    if crowded:
        return tries.ends(QUARTER)
    taken = tries.count(Door.SLOW, account=name, network=neighbourhood(network), seconds=tries.HOUR)
    return tries.ends(tries.HOUR) if taken > SLOW_LIMIT else None


def neighbourhood(network: str) -> str:
    """What is slowed together: the /24 of an IPv4 address, the /48 of an IPv6 one. Who rents a /48 has 65,536 networks, and no more tries."""
    return str(ip_network((network, 48 if ":" in network else 24), strict=False).network_address)


def locked_until(request: HttpRequest, credentials: dict[str, Any] | None = None) -> datetime:
    """When the account may be tried again from here."""
    if until := refused_until(request, credentials):
        return until
    last = (
        AccessAttempt.objects.filter(username=username_of(request, credentials), ip_address=client_network(request))
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    again: datetime = (last or timezone.now()) + get_cool_off(request)
    return again


def wrong_inside(request: HttpRequest, user: User) -> bool:
    """A wrong password in an open session counts as a failed log-in from here; whether that reached the limit."""
    credentials = {"username": user.username}
    AxesProxyHandler.user_login_failed(User, credentials, request)
    locked = not AxesProxyHandler.is_allowed(request, credentials)
    request.axes_locked_out = False  # type: ignore[attr-defined]  # the page itself says what happened
    return locked


def is_open(request: HttpRequest, user: User) -> bool:
    """Whether the account may be tried from here."""
    return bool(AxesProxyHandler.is_allowed(request, {"username": user.username}))


def forget(username: str) -> int:
    """Forget the failed log-ins of an account from everywhere; how many lines there were."""
    name = rules.folded_name(username)
    here: int = AccessAttempt.objects.filter(username=name).delete()[0]
    return here + tries.forget(name)
