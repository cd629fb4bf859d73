"""The Celery application. The broker only wakes; the truth is in PostgreSQL."""

import os

from celery import Celery

from credit_platform.metrics import heartbeats

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "credit_platform.settings")

app = Celery("credit_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
heartbeats.connect()
