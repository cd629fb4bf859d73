"""Purposes that were stated, kept in the session for a quarter of an hour, so that a file can be read page by page."""

from __future__ import annotations

import time
from typing import NamedTuple

from django.http import HttpRequest

from records.models import Subject

KEPT_SECONDS = 900
SESSION_KEY = "looks"
MOST_KEPT = 20
OWN_WORK = "办理本单位记录"
"""The purpose of who opens what the own department entered (the credit office: anything) without stating one."""


class Stated(NamedTuple):
    """Why somebody reads a file, and for which case."""

    purpose: str = ""
    case_number: str = ""


def state_purpose(request: HttpRequest, subject: Subject, stated: Stated) -> None:
    """Remember why somebody reads a subject's file. Each page is registered of its own."""
    looks = dict(request.session.get(SESSION_KEY, {}))
    looks[str(subject.pk)] = [stated.purpose.strip(), int(time.time()), stated.case_number.strip()]
    newest = sorted(looks.items(), key=lambda pair: pair[1][1])[-MOST_KEPT:]
    request.session[SESSION_KEY] = dict(newest)


def stated_for(request: HttpRequest, subject: Subject) -> Stated:
    """What was stated within the last quarter of an hour; empty when nothing was."""
    purpose, at, *case_number = request.session.get(SESSION_KEY, {}).get(str(subject.pk), ["", 0])
    return Stated(purpose, *case_number) if time.time() - at < KEPT_SECONDS else Stated()
