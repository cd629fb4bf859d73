"""Entries of the list as people read them: what each says in words, what the public may read, the texts and measures beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commitments.lists.models import LetterTemplate, Matter, MatterEntry, Measure
from commitments.lists.queries.measures import facts_of
from commitments.lists.rules import words
from commitments.lists.rules.measures import fits
from commitments.lists.rules.states import TemplateState
from commitments.rules.kinds import BreachKind
from credit_platform.editions.queries import Fact
from credit_platform.web.formats import cn_date
from records.models import SubjectKind


def subjects_of(entry: MatterEntry) -> str:
    """企业法人、个体工商户: whom the matter is for."""
    labels = dict(SubjectKind.choices)
    return "、".join(str(labels.get(kind, kind)) for kind in entry.subject_kinds)


def reviews_of(entry: MatterEntry) -> str:
    """The rule of reviews in words."""
    first = words.period(entry.first_after, entry.first_unit)
    return words.review_rule(first, words.period(entry.every, entry.every_unit), words.share(entry.random_share))


FACTS: tuple[Fact[MatterEntry], ...] = (
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
    ("事项生效日期", lambda entry: cn_date(entry.valid_from)),
    ("事项失效日期", lambda entry: cn_date(entry.valid_until)),
)
"""What an entry says, by its label; the order of the pages."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The versions of a matter's letter that the public may read."""

    current: LetterTemplate | None
    coming: list[LetterTemplate]
    former: list[LetterTemplate]


def texts_of(matter: Matter, on: date) -> Texts:
    """The version that may be signed on a day, those that begin later, and those that were in use before, newest first."""
    rows = list(matter.templates.exclude(state=TemplateState.DRAFT).order_by("-version"))
    current = LetterTemplate.objects.in_force(on).filter(matter=matter).first()
    coming = [row for row in rows if row.state == TemplateState.ISSUED and row.valid_from > on]
    return Texts(current, coming, [row for row in rows if row != current and row not in coming])


def measures_of(entry: MatterEntry, kind: BreachKind, on: date) -> list[Measure]:
    """What may follow a breach of this kind on a day, by the entry's list."""
    return [each for each in entry.measures.all() if fits(facts_of(each), kind, on)]
