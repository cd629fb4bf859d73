"""What a patrol reads of lists, as an outsider: the file of every public list, line by line, whatever the tables say of themselves.

It looks for what must not be there: entries past their last day or off their list, lists that are not in force or not public, numbers of persons.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse

from credit_platform.errors import Level
from patrols.outsider import Outsider
from patrols.readers import Exposure, Reader
from records.identifiers import personal
from sanctions.lists.models import CreditList, ListEntry

PUBLIC_ID, NAME, DOCUMENT, LAST = "公示编号", "主体", "列入决定文书号", "期限届满日"


def read(outsider: Outsider, on: date) -> Iterator[Exposure]:
    """What is wrong with the public lists on a day."""
    for code in _codes():
        yield from _of_list(outsider, code, on)


def _codes() -> list[str]:
    """Every list that there is: also those that must answer with nothing."""
    return sorted(set(CreditList.objects.values_list("code", flat=True)))


def _of_list(outsider: Outsider, code: str, on: date) -> Iterator[Exposure]:
    answer = outsider.get(reverse("lists-public:list", args=[code]), export="csv")
    if answer.status == 404:
        return
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    known = _known(row[PUBLIC_ID] for row in rows)
    public = CreditList.objects.public().filter(code=code, valid_from__lte=on).exists()
    for row in rows:
        yield from (Exposure(answer.address, row[PUBLIC_ID], what) for what in _against(row, on, public, known))


def _against(row: Mapping[str, str], on: date, public: bool, known: Mapping[str, ListEntry]) -> Iterator[str]:
    last = row.get(LAST) or ""
    if last and date.fromisoformat(last) < on:
        yield f"期限已于{last}届满，仍在公示。"
    entry = known.get(row[PUBLIC_ID])
    if entry is None or not entry.stands_on(on):
        yield "已移出名单，或者没有对应的名单条目，仍在公示。"
    if not public:
        yield "该名单没有施行或者不对外公示，却能公开读到。"
    if any(finding.level is Level.ERROR for finding in personal.findings("；".join(row.values()), field="")):
        yield "公示内容中有自然人的证件号码。"


def _known(public_ids: Iterable[str]) -> dict[str, ListEntry]:
    rows = ListEntry.objects.filter(record__disclosure__public_id__in=list(public_ids)).select_related(
        "record__disclosure"
    )
    return {entry.record.disclosure.public_id: entry for entry in rows}


LISTS = Reader("lists", "名单", read)
