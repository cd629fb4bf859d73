"""Public items as what may be disputed, and how any disputed thing is named in an address."""

from __future__ import annotations

from datetime import date

from casework import disputes
from casework.disputes import Disputed
from casework.rules.disputes import About
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from disclosure import kinds
from disclosure.models import Disclosure, DisclosureQuerySet
from disclosure.public.entries import until_text
from disclosure.public.periods import explained
from disclosure.queries.public import public_disclosures, sheet
from disclosure.rules.states import State
from objections.models import ITEM
from objections.queries.outcomes import listed_entry
from records.queries.search import merged_with
from sanctions.lists.disputes import PLACE as ENTRY


def item_found(number: str, on: date) -> Disputed | None:
    """The item of a public id. What the public sees takes an objection to its content and period; what was shown once takes one to the result
    of its repair, for it may be hidden by it. None for what a reader doubts in another way (a declaration)."""
    rows = Disclosure.objects.exclude(published_on=None).select_related("subject", "source_department", "record")
    item = rows.filter(public_id=number).first()
    if item is None or kinds.kind(item.kind).doubted is not None:
        return None
    shown = item.state in (State.PUBLISHED, State.SUSPENDED)
    abouts = [About.CONTENT, About.PERIOD] if shown else []
    if item.state == State.REPAIRED or item.earliest_repair_on is not None:
        abouts.append(About.REPAIR)
    if not abouts:
        return None
    return Disputed(
        place=ITEM,
        number=item.public_id,
        item=item,
        title=" ".join(word for word in (item.title, item.document_number) if word),
        abouts=tuple(abouts),
        lines=tuple(sheet(item)),
        period="".join([f"{until_text(item)}。", *explained(item)]),
        result="已修复，停止公示" if item.state == State.REPAIRED else "未修复，继续公示",
        public=public_disclosures(on).filter(pk=item.pk).exists(),
    )


def place_of(item: Disclosure, on: date) -> tuple[str, str] | None:
    """Place and number under which an item may be disputed on a day, as its own or as the entry of a list; None when it may not be."""
    if disputes.find(ITEM, item.public_id, on) is not None:
        return ITEM, item.public_id
    entry = listed_entry(item, on)
    return (ENTRY, str(entry.pk)) if entry else None


def items_of(account: CompanyAccount, on: date) -> DisclosureQuerySet:
    """The public items of a company, whichever of its names they were published under."""
    codes = [each.code for each in kinds.kinds() if each.doubted is None]
    return public_disclosures(on).filter(subject_id__in=merged_with(canonical_subject(account)), kind__in=codes)
