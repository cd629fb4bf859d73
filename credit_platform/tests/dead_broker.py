"""A broker that is away: what tests of outages use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kombu import Connection

from credit_platform.celery import app

NOWHERE = "redis://127.0.0.1:1/0"


@contextmanager
def broker_away() -> Iterator[None]:
    """Tasks are really sent, to an address where nobody listens."""
    eager, made, pool = app.conf.task_always_eager, app.connection_for_write, app.amqp._producer_pool
    app.conf.task_always_eager = False
    app.connection_for_write = lambda *args, **kwargs: Connection(NOWHERE)
    app.amqp._producer_pool = None
    try:
        yield
    finally:
        app.conf.task_always_eager, app.connection_for_write, app.amqp._producer_pool = eager, made, pool
