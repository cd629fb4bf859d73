"""What follows an entry: asked by checks for one matter, by joint action for every department, by the public page for everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from credit_platform.editions.queries import Fact
from credit_platform.errors import Finding
from sanctions.lists.models import CreditList
from sanctions.measures import rules
from sanctions.measures.models import MatterField, MeasureEntry, MeasureEntryQuerySet


def names_of(list_code: str, on: date) -> frozenset[str]:
    """The names by which measures may mean a list: its code and, as of a day or else at last, its nature. Empty for a list that is not."""
    rows = CreditList.objects.filter(code=list_code).order_by("-valid_from")
    row = rows.in_force(on).first() or rows.first()
    return rules.named(row.code, row.nature) if row else frozenset()


def codes_of_matter(matter: str, on: date) -> frozenset[str]:
    """The codes under which measures may mean a matter: its own, and the fields that it falls under on a day."""
    fields = MatterField.objects.in_force(on).of_matter(matter)
    return frozenset({matter, *fields.values_list("code", flat=True)})


def measures_for(list_code: str, matter: str, subject_kind: str, on: date) -> list[MeasureEntry]:
    """What an entry on a list means for one matter on a day, the strictest first; by the edition of that day.

    `matter` is the code of a field or of a matter of the power list, `subject_kind` that of the ledger ("legal", "sole_trader", "person").
    What other organisations do on their own stands last with `facts.is_duty` False; `rules.verdict` counts it for nothing.
    """
    rows = in_force(on).on_lists(names_of(list_code, on)).in_matters(codes_of_matter(matter, on))
    return in_order(rows.for_kind(subject_kind))


def measures_by_document(kind: str, matter: str, subject_kind: str, on: date) -> list[MeasureEntry]:
    """The same for a kind of document that brings measures about without a list (`rules.Document`)."""
    rows = in_force(on).by_document(kind).in_matters(codes_of_matter(matter, on))
    return in_order(rows.for_kind(subject_kind))


def duties_for(list_code: str, on: date) -> list[MeasureEntry]:
    """What departments of the city have to do, or to weigh, while an entry stands on a list; only what has a department to do it."""
    rows = in_force(on).on_lists(names_of(list_code, on)).duties().filter(departments__isnull=False).distinct()
    return in_order(rows)


def in_force(on: date) -> MeasureEntryQuerySet:
    """The entries of the edition in force on a day, with what their readers need."""
    return MeasureEntry.objects.in_force(on).select_related("measure", "edition").prefetch_related("departments")


def in_order(rows: Iterable[MeasureEntry]) -> list[MeasureEntry]:
    """Entries, the strictest first and the autonomous last."""
    found = {row.measure.code: row for row in rows}
    return [found[each.code] for each in rules.strictest_first(row.facts for row in found.values())]


def list_names(codes: Collection[str] | None = None) -> dict[str, str]:
    """The present names of lists by their codes, for pages and workbooks."""
    rows = CreditList.objects.order_by("code", "valid_from")
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return dict(rows.values_list("code", "name"))


def field_names() -> dict[str, str]:
    """The names of fields of matters by their codes, with that of every matter."""
    return {rules.EVERY_MATTER: "各类事项", **dict(MatterField.objects.values_list("code", "name"))}


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _triggers(entry: MeasureEntry) -> str:
    return "；".join(rules.triggers_in_words(entry.lists, entry.documents, list_names(entry.lists)))


def _fields(entry: MeasureEntry) -> str:
    names = field_names()
    return "；".join(names.get(each, each) for each in entry.matters)


FACTS: tuple[Fact[MeasureEntry], ...] = (
    ("基础清单序号", lambda entry: entry.base_item),
    ("措施类别", lambda entry: entry.get_kind_display()),
    ("约束力", lambda entry: entry.get_force_display()),
    ("适用对象", lambda entry: entry.get_whom_display()),
    ("触发名单和文书", _triggers),
    ("适用事项", _fields),
    ("期限", lambda entry: entry.term_words),
    ("实施主体", lambda entry: entry.authority),
    ("本市执行单位", lambda entry: "；".join(each.name for each in entry.departments.all())),
    ("依据", lambda entry: entry.basis),
    ("条文", lambda entry: entry.legal_text),
    ("说明", lambda entry: entry.note),
    ("事项生效日期", lambda entry: _day(entry.valid_from)),
    ("事项失效日期", lambda entry: _day(entry.valid_until)),
)
"""What an entry says, by its label; the order of the pages."""


def against(entry: MeasureEntry) -> Iterable[Finding]:
    """What stands against an entry of a draft: its rules, against the lists and the fields of matters that there are."""
    lists = set(CreditList.objects.values_list("code", flat=True))
    fields = set(MatterField.objects.values_list("code", flat=True))
    return rules.against(entry.facts, basis=entry.basis, text=entry.legal_text, known_lists=lists, known_matters=fields)
