"""What a patrol reads of reports, as an outsider: it has one made about a subject of which something stopped lately, and looks into the file.

So whatever a report would still tell is found, without knowing how it is gathered. Two a night: each stands on record as one that somebody asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils import timezone

from disclosure.public.pages import public_subject
from patrols.outsider import Answer, Outsider
from patrols.readers import Exposure, Reader
from patrols.reading import hidden_on, stopped_items
from reports.models import ReportLayout
from reports.rules.channels import Kind

MOST = 2
PURPOSE = "self"


def read(outsider: Outsider, on: date) -> Iterator[Exposure]:
    """What reports that are made today tell and should not. LookupError when none is made though a layout is in force."""
    if not ReportLayout.objects.in_force(on, Kind.GENERAL).exists():
        return
    for code in _codes(on):
        yield from _of_report(outsider, code, on)


def _codes(on: date) -> list[str]:
    """The subjects of which something stopped last, those with a code."""
    items = sorted(stopped_items(on), key=lambda row: row.updated_at, reverse=True)
    codes = dict.fromkeys(row.subject_code for row in items if row.subject_code)
    return list(islice((code for code in codes if public_subject(code) is not None), MOST))


def _of_report(outsider: Outsider, code: str, on: date) -> Iterator[Exposure]:
    page, asked_at = reverse("reports:new"), timezone.now()
    ready = outsider.send(page, code=code, purpose=PURPOSE)
    file = outsider.get(f"{ready}file/")
    if file.status != 200:
        raise LookupError(f"{page}: {file.status}")
    from reports.papers.archive import twin_of  # what reads papers is heavy, and read in by who reads one

    told = twin_of(file.data).decode()
    # Named by the page that makes reports: the address of the file is a key to it.
    yield from hidden_on(Answer(page, file.status, told, asked_at), set(_items(json.loads(told))), on)


def _items(told: Any) -> Iterator[str]:
    """The public ids of the items in a twin, wherever a layout puts them."""
    if isinstance(told, dict):
        if "id" in told and "fields" in told:
            yield str(told["id"])
        told = list(told.values())
    if isinstance(told, list):
        for each in told:
            yield from _items(each)


REPORTS = Reader("reports", "信用报告", read)
