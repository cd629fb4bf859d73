"""A nightly reading of the public face as an outsider: without a session, over the same addresses, whatever the tables say of themselves.

What it finds is told to the credit office and to the department, and stays told until the next reading finds it no more. It looks for what must
not be there: entries past their last day or off their list, lists that are not in force or not public, numbers of persons.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Level
from records.identifiers import personal
from sanctions.lists.models import CreditList, ListEntry, PublicFinding

PUBLIC_ID, NAME, DOCUMENT, LAST = "公示编号", "主体", "列入决定文书号", "期限届满日"


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing that must not be public."""

    code: str
    public_id: str
    what: str


def read_as_outsider(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """Read every public list and keep what is wrong with it; how many things. Safe to run twice: the later reading stands for the day."""
    on = on or timezone.localdate()
    found = [each for code in _codes() for each in _of_list(code, on)]
    with acting(by):
        there = {(each.public_id, each.what) for each in found}
        known = {(each.public_id, each.what): each.pk for each in PublicFinding.objects.open()}
        gone = [pk for key, pk in known.items() if key not in there]
        PublicFinding.objects.filter(pk__in=gone).update(settled_on=on)
        new = [PublicFinding(found_on=on, code=each.code, public_id=each.public_id, what=each.what) for each in found]
        PublicFinding.objects.bulk_create(each for each in new if (each.public_id, each.what) not in known)
        audit.record("sanctions.list.read", by=by, detail={"on": on, "found": len(found)})
    return len(found)


def _codes() -> list[str]:
    """Every list that there is: also those that must answer with nothing."""
    return sorted(set(CreditList.objects.values_list("code", flat=True)))


def _of_list(code: str, on: date) -> Iterator[Leak]:
    rows = _rows(code)
    if rows is None:
        return
    entries = _entries(row[PUBLIC_ID] for row in rows)
    public = CreditList.objects.public().filter(code=code, valid_from__lte=on).exists()
    for row in rows:
        yield from (Leak(code, row[PUBLIC_ID], what) for what in _against(row, on, public, entries))


def _against(row: Mapping[str, str], on: date, public: bool, entries: Mapping[str, ListEntry]) -> Iterator[str]:
    last = row.get(LAST) or ""
    if last and date.fromisoformat(last) < on:
        yield f"期限已于{last}届满，仍在公示。"
    entry = entries.get(row[PUBLIC_ID])
    if entry is None or not entry.stands_on(on):
        yield "已移出名单，或者没有对应的名单条目，仍在公示。"
    if not public:
        yield "该名单没有施行或者不对外公示，却能公开读到。"
    if any(finding.level is Level.ERROR for finding in personal.findings("；".join(row.values()), field="")):
        yield "公示内容中有自然人的证件号码。"


def _entries(public_ids: Iterable[str]) -> dict[str, ListEntry]:
    rows = ListEntry.objects.filter(record__disclosure__public_id__in=list(public_ids)).select_related(
        "record__disclosure"
    )
    return {entry.record.disclosure.public_id: entry for entry in rows}


def _rows(code: str) -> list[dict[str, str]] | None:
    """The rows of a list as a visitor's file has them; None when the list does not answer."""
    hosts = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*", "["))] or ["localhost"]
    answer = Client().get(
        reverse("lists-public:list", args=[code]), {"export": "csv"}, secure=True, headers={"host": hosts[0]}
    )
    if answer.status_code == 404:
        return None
    body = b"".join(answer.streaming_content) if isinstance(answer, StreamingHttpResponse) else answer.content
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
