"""The project: settings, addresses, timetable, and the kernel, which knows nothing of credit."""

from credit_platform.celery import app as celery_app

__all__ = ["celery_app"]
