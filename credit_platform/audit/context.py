"""Who acts, told to the database for the length of a transaction, so that the history triggers know it.

`requested` says which request is being served (a middleware does it); `acting` opens the transaction of an action and
sets `app.actor` and `app.request` with SET LOCAL. Both are context variables, so threads and workers never mix.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

from credit_platform.accounts.actors import Actor
from credit_platform.audit.plain import clean_text


@dataclass(frozen=True, slots=True)
class Request:
    """The request that is being served: its id (also in the logs) and where it came from."""

    request_id: str = ""
    ip: str = ""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts now, in which request."""

    actor: str
    request: Request


NO_REQUEST = Request()
_request: ContextVar[Request] = ContextVar("audit_request", default=NO_REQUEST)
_acting: ContextVar[Acting | None] = ContextVar("audit_acting", default=None)


@contextmanager
def requested(request_id: str = "", ip: str = "") -> Iterator[Request]:
    """Everything inside happens in this request; `acting` and `record` take the id and the address from here."""
    request = Request(clean_text(request_id)[:64], clean_text(ip)[:45])
    token = _request.set(request)
    try:
        yield request
    finally:
        _request.reset(token)


def current_request() -> Request:
    """The request of the innermost `acting`, else of `requested`, else an empty one."""
    current = _acting.get()
    return current.request if current else _request.get()


@contextmanager
def acting(by: Actor, request_id: str = "", ip: str = "") -> Iterator[None]:
    """Open a transaction in which `by` acts; nested use keeps the outer request and gives the outer actor back.

    A nested block is a savepoint: when it fails, PostgreSQL itself takes the setting back with it.
    """
    outer = _acting.get()
    request = outer.request if outer else _request.get()
    if outer is None and (request_id or ip):
        request = Request(
            clean_text(request_id)[:64] or request.request_id,
            clean_text(ip)[:45] or request.ip,
        )
    mine = Acting(_as_json(by), request)
    token = _acting.set(mine)
    try:
        with transaction.atomic():
            if mine != outer:
                _tell(mine)
            yield
    finally:
        _acting.reset(token)
        if mine != outer and connection.in_atomic_block and not connection.needs_rollback:
            _tell(outer)


def _as_json(by: Actor) -> str:
    return clean_text(
        json.dumps(
            {
                "kind": by.actor_kind,
                "id": by.actor_id,
                "name": clean_text(by.actor_name),
                "department": by.department_id,
            },
            ensure_ascii=False,
        )
    )


def _tell(who: Acting | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.actor', %s, true), set_config('app.request', %s, true)",
            [who.actor if who else "", who.request.request_id if who else ""],
        )
