"""Editions of the list and their entries as people read them: facts in words, and how two editions differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from commitments.models import LetterTemplate, Matter, MatterEntry, MatterList, Measure
from commitments.rules import words
from commitments.rules.kinds import BreachKind
from commitments.rules.states import ListState, TemplateState
from records.models import SubjectKind


def subjects_of(entry: MatterEntry) -> str:
    """企业法人、个体工商户: whom the matter is for."""
    labels = dict(SubjectKind.choices)
    return "、".join(str(labels.get(kind, kind)) for kind in entry.subject_kinds)


def reviews_of(entry: MatterEntry) -> str:
    """The rule of reviews in words."""
    first = words.period(entry.first_after, entry.first_unit)
    return words.review_rule(first, words.period(entry.every, entry.every_unit), words.share(entry.random_share))


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


Fact = Callable[[MatterEntry], str]
FACTS: tuple[tuple[str, Fact], ...] = (
    ("批次", lambda entry: entry.batch),
    ("事项类别", lambda entry: entry.get_kind_display()),
    ("权责清单编码", lambda entry: entry.power_code),
    ("受理单位", lambda entry: entry.department.name),
    ("承诺类型", lambda entry: entry.get_commitment_type_display()),
    ("适用主体", subjects_of),
    ("适用条件", lambda entry: entry.who),
    ("告知内容", lambda entry: entry.notice),
    ("可在线签署", lambda entry: "是" if entry.online else "否"),
    ("公开类型", lambda entry: entry.get_visibility_display()),
    ("首次复核期限", lambda entry: words.period(entry.first_after, entry.first_unit)),
    ("此后复核间隔", lambda entry: words.period(entry.every, entry.every_unit)),
    ("随机抽查比例", lambda entry: words.share(entry.random_share)),
    ("材料补正期限", lambda entry: words.period(entry.shortfall_after, entry.shortfall_unit)),
    ("违诺措施", lambda entry: "；".join(sorted(f"{each.code} {each.name}" for each in entry.measures.all()))),
    ("设定依据", lambda entry: entry.basis),
    ("事项生效日期", lambda entry: _day(entry.valid_from)),
    ("事项失效日期", lambda entry: _day(entry.valid_until)),
)
"""What an entry says, by its label; the order of the pages."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact of a matter in two editions."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A matter that both editions hold, with what differs."""

    matter: Matter
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the later edition adds, drops and changes."""

    added: list[MatterEntry] = field(default_factory=list)
    removed: list[MatterEntry] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0


def compare(old: MatterList, new: MatterList) -> Comparison:
    """How edition `new` differs from `old`; matters are compared by their stable identity, in the order of their codes."""
    before, after = _entries(old), _entries(new)
    changed, same = [], 0
    for key in (key for key in after if key in before):
        found = differences(before[key], after[key])
        if found:
            changed.append(Changed(after[key].matter, found))
        else:
            same += 1
    added = [entry for key, entry in after.items() if key not in before]
    return Comparison(added, [entry for key, entry in before.items() if key not in after], changed, same)


def differences(old: MatterEntry, new: MatterEntry) -> list[Difference]:
    """The facts in which two entries of a matter differ."""
    pairs = ((label, fact(old), fact(new)) for label, fact in FACTS)
    return [Difference(label, a, b) for label, a, b in pairs if a != b]


def _entries(edition: MatterList) -> dict[int, MatterEntry]:
    rows = edition.entries.select_related("matter", "department").prefetch_related("measures").order_by("matter__code")
    return {row.matter_id: row for row in rows}


def public_editions() -> QuerySet[MatterList]:
    """Editions that the public may read: everything that was ever issued, newest first."""
    return MatterList.objects.exclude(state=ListState.DRAFT).order_by("-valid_from", "-pk")


def public_entry(code: str, on: date) -> MatterEntry | None:
    """The entry of a matter in force on a day, else the latest one that was issued (left out of the list since, or not yet begun)."""
    rows = MatterEntry.objects.filter(matter__code__iexact=code).exclude(edition__state=ListState.DRAFT)
    rows = rows.select_related("matter", "edition", "department").prefetch_related("measures")
    return rows.in_force(on).first() or rows.order_by("-edition__valid_from", "-pk").first()


@dataclass(frozen=True, slots=True)
class Texts:
    """The versions of a matter's letter that the public may read."""

    current: LetterTemplate | None
    coming: list[LetterTemplate]
    former: list[LetterTemplate]


def texts_of(matter: Matter, on: date) -> Texts:
    """The version that may be signed on a day, those that begin later, and those that were in use before, newest first."""
    rows = list(matter.templates.exclude(state=TemplateState.DRAFT).order_by("-version"))
    current = next((row for row in rows if _in_use(row, on)), None)
    coming = [row for row in rows if row.state == TemplateState.ISSUED and row.valid_from > on]
    return Texts(current, coming, [row for row in rows if row != current and row not in coming])


def _in_use(row: LetterTemplate, on: date) -> bool:
    started = row.state == TemplateState.ISSUED and row.valid_from <= on
    return started and (row.valid_until is None or row.valid_until >= on)


def measures_of(entry: MatterEntry, kind: BreachKind, on: date) -> list[Measure]:
    """What may follow a breach of this kind on a day, by the entry's list."""
    return [
        each
        for each in entry.measures.all()
        if (each.after_false if kind is BreachKind.FALSE else each.after_unfulfilled)
        and each.valid_from <= on
        and (each.valid_until is None or on <= each.valid_until)
    ]
