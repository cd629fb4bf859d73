"""The Celery application. The broker only wakes; the truth is in PostgreSQL."""

import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_init
from kombu import Connection
from redis import Redis

from credit_platform import patience
from credit_platform.metrics import heartbeats

QUEUE = "celery"

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "credit_platform.settings")

app = Celery("credit_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
heartbeats.connect()


@celeryd_init.connect
def _worker_begins(**kwargs: Any) -> None:
    patience.use(patience.WORKER, os.environ)


def redis_of(broker: Connection) -> Redis:
    """The Redis behind an open connection to the queue."""
    client: Redis = broker.default_channel.client  # type: ignore[attr-defined]  # of Redis' channel, which the stubs do not tell apart
    return client
