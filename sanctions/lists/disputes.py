"""Entries as what may be disputed: also those between authorities only, of which the subject was told when it was listed (国办发〔2025〕22号)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casework.disputes import Disputed
from casework.rules.disputes import About
from credit_platform.web.formats import cn_date
from disclosure.models import Disclosure
from disclosure.queries.public import Line
from disclosure.rules.states import State
from records.models import Subject
from sanctions.lists.models import ListEntry
from sanctions.lists.queries.days import explained
from sanctions.standards import PREFIX

PLACE = "entry"
FACTS = (("SY", "列入事由"), ("YJ", "列入依据"))


def find(number: str, on: date) -> Disputed | None:
    """The entry of a key that stands on a day; None for one that has ended, and for anything else."""
    rows = ListEntry.objects.listed(on).select_related("credit_list", "record")
    entry = rows.filter(pk=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 19 else None
    return _disputed(entry) if entry else None


def own(subject: Subject, on: date) -> Iterator[Disputed]:
    """The entries of a subject that stand and that no public page shows."""
    rows = ListEntry.objects.listed(on).of(subject).select_related("credit_list", "record")
    for entry in rows.exclude(record__disclosure__state=State.PUBLISHED).order_by("-entered_on", "-pk"):
        made = _disputed(entry)
        if made is not None:
            yield made


def _disputed(entry: ListEntry) -> Disputed | None:
    item = Disclosure.objects.filter(record=entry.record_id).first()
    if item is None:
        return None
    until = f"期限至{cn_date(entry.ends_on)}。" if entry.ends_on else "无固定期限。"
    return Disputed(
        place=PLACE,
        number=str(entry.pk),
        item=item,
        title=f"{entry.credit_list.name} {entry.document_number}",
        abouts=(About.CONTENT, About.PERIOD),
        lines=_lines(entry),
        period=until + "".join(explained(entry)),
    )


def _lines(entry: ListEntry) -> tuple[Line, ...]:
    record = entry.record
    said = record.content
    days = [Line("LRRQ", "列入日期", cn_date(entry.entered_on)), Line("WSH", "列入决定文书号", entry.document_number)]
    told = [Line(end, label, str(said.get(f"{PREFIX[record.kind]}_{end}") or "")) for end, label in FACTS]
    listed = Line("MD", "是否应当列入该名单", entry.credit_list.name)
    return (listed, *days, *(line for line in told if line.value))
