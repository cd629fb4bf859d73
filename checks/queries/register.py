"""What answers are read from: the measures in force, fields of matters, and the rule on 重大违法记录, as one version kept in each process."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from checks.models import CheckMatter, CheckRegister, RecordRule
from checks.rules.answers import COMMITMENT, Matter
from checks.rules.register import Register, read
from commitments.models import MatterEntry
from commitments.rules.kinds import LISTED
from sanctions.measures.models import MatterField, MeasureEntry, MeasureList


def content_on(on: date) -> dict[str, Any]:
    """The measures, fields and rule that hold on a day, as they are kept."""
    edition = MeasureList.objects.in_force(on).first()
    rule = RecordRule.objects.in_force(on).order_by("-valid_from").first()
    rows = MeasureEntry.objects.in_force(on).select_related("measure").order_by("measure__code")
    return {
        "edition": edition.code if edition else "",
        "lines": [_line(row) for row in rows],
        "fields": sorted(MatterField.objects.in_force(on).values_list("code", flat=True)),
        "record": None
        if rule is None
        else {"years": rule.years, "fine_wan": str(rule.fine_wan), "kinds": rule.kinds, "basis": rule.basis},
    }


def _line(row: MeasureEntry) -> dict[str, Any]:
    facts = row.facts
    return {
        "code": facts.code,
        "name": facts.name,
        "kind": facts.kind.value,
        "force": facts.force.value,
        "whom": facts.whom.value,
        "term": facts.term.value,
        "lists": sorted(facts.lists),
        "matters": sorted(facts.matters),
        "least": facts.months_least,
        "most": facts.months_most,
        "authority": row.authority,
        "basis": row.basis,
        "text": row.legal_text,
    }


def last_version() -> int:
    """The number of the present version; 0 while there is none."""
    return CheckRegister.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@lru_cache(maxsize=8)
def register(version: int) -> Register:
    """A version as the rules read it. What was kept once never changes, so a process reads it once. LookupError for one that never was."""
    row = CheckRegister.objects.filter(pk=version).first()
    if row is None:
        raise LookupError(f"no such version of the register: {version}")
    return read(row.pk, row.content)


def matter_of(row: CheckMatter, on: date) -> Matter:
    """A matter as the rules take it: with the fields that answer for it on a day, and its place in the list of 告知承诺."""
    codes = set(MatterField.objects.in_force(on).of_matter(row.code).values_list("code", flat=True))
    listed, letters = None, False
    if row.commitment_matter:
        entry = MatterEntry.objects.in_force(on).filter(matter__code=row.commitment_matter).first()
        listed, letters = entry is not None, entry is not None and entry.commitment_type in LISTED
    fields = frozenset(codes | ({row.field} if row.field else set())) - {COMMITMENT}
    return Matter(row.code, row.name, fields, row.asks_record, listed, letters)
