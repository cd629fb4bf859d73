"""Purposes that were stated, kept in the session for a quarter of an hour, so that a file can be read page by page."""

from __future__ import annotations

import time

from django.http import HttpRequest

from records.models import Subject

KEPT_SECONDS = 900
SESSION_KEY = "looks"
MOST_KEPT = 20


def state_purpose(request: HttpRequest, subject: Subject, purpose: str) -> None:
    """Remember why somebody reads a subject's file. Each page is registered of its own."""
    looks = dict(request.session.get(SESSION_KEY, {}))
    looks[str(subject.pk)] = [purpose.strip(), int(time.time())]
    newest = sorted(looks.items(), key=lambda pair: pair[1][1])[-MOST_KEPT:]
    request.session[SESSION_KEY] = dict(newest)


def purpose_for(request: HttpRequest, subject: Subject) -> str:
    """The purpose stated within the last quarter of an hour, or ""."""
    purpose, at = request.session.get(SESSION_KEY, {}).get(str(subject.pk), ["", 0])
    return purpose if time.time() - at < KEPT_SECONDS else ""
