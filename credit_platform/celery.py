"""The Celery application. The broker only wakes; the truth is in PostgreSQL."""

import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_init

from credit_platform import patience
from credit_platform.metrics import heartbeats

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "credit_platform.settings")

app = Celery("credit_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
heartbeats.connect()


@celeryd_init.connect
def _worker_begins(**kwargs: Any) -> None:
    patience.use(patience.WORKER, os.environ)
