"""The tier of supervision of many subjects on a day: one statement finds what decides, the rule decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from credit_platform.errors import Refused
from credit_platform.pg import array, query
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Nature
from supervision.grading.models import SupervisionField
from supervision.grading.rules.tiers import YOUNG_MONTHS, Decided, Known, Tier, decide, is_young

CHUNK = 50_000
NAMED = 1000
"""Up to so many subjects are named in a question; beyond it their range is."""

# Of each scheme the newest word, whether it still holds or not; then the first scheme in order whose word holds and has a tier.
_GRADED = """
WITH asked AS MATERIALIZED (SELECT * FROM unnest(%(ids)s::bigint[]) AS s(subject_id), unnest(%(fields)s::bigint[]) AS f(field_id)),
words AS (
    SELECT a.*, g.scheme_id, g.grade, g.as_of, g.valid_until, g.id FROM asked a JOIN grading_receivedgrade g USING (subject_id)
    WHERE g.replaced_at IS NULL AND g.gone_at IS NULL AND g.as_of <= %(on)s
    UNION ALL
    SELECT a.*, m.scheme_id, g.grade, g.since, NULL, NULL FROM asked a JOIN grading_grade g USING (subject_id)
    JOIN grading_gradingmodel m ON m.id = g.model_id WHERE g.since <= %(on)s),
newest AS (
    SELECT DISTINCT ON (w.subject_id, w.field_id, s.code) w.subject_id, w.field_id, w.scheme_id, w.grade, w.valid_until, s.name, s.rank
    FROM words w JOIN grading_gradescheme s ON s.id = w.scheme_id
    WHERE s.valid_from <= %(on)s AND (s.valid_until IS NULL OR s.valid_until >= %(on)s)
        AND (s.field_id IS NULL OR s.field_id = w.field_id)
    ORDER BY w.subject_id, w.field_id, s.code, w.as_of DESC, w.id DESC NULLS LAST),
mapped AS (
    SELECT DISTINCT ON (n.subject_id, n.field_id) n.subject_id, n.field_id, n.name, n.grade, t.tier
    FROM newest n JOIN grading_tierrule t ON t.scheme_id = n.scheme_id AND t.grade = n.grade
    WHERE (n.valid_until IS NULL OR n.valid_until >= %(on)s) AND (t.field_id IS NULL OR t.field_id = n.field_id)
        AND t.valid_from <= %(on)s AND (t.valid_until IS NULL OR t.valid_until >= %(on)s)
    ORDER BY n.subject_id, n.field_id, n.rank, n.name, t.field_id NULLS LAST, t.valid_from DESC)
SELECT a.subject_id, a.field_id, m.name, m.grade, m.tier, b.registered_on
FROM asked a LEFT JOIN mapped m USING (subject_id, field_id) LEFT JOIN records_subject b ON b.id = a.subject_id
WHERE m.tier IS NOT NULL OR b.registered_on > (%(on)s - %(young)s * interval '1 month')::date
"""


def tiers_of(subject_ids: Collection[int], field: str, on: date) -> Mapping[int, Tier]:
    """The tier of each subject in a field on a day; every id asked is answered, one of whom nothing is known with 常规.

    Parameters: `subject_ids` of Subject (a million is fine), `field` the code of a SupervisionField in force on the day, `on` the day in
    Asia/Shanghai. Refused when the field does not hold on that day. Source: 哈政办规〔2020〕12号 nos. 16, 17. The tier is of the day
    asked: a draw keeps the answer of its own freezing, for a repair changes the next answer at once.
    """
    return {subject: each.tier for subject, each in decided(subject_ids, field, on)}


def decided(subject_ids: Collection[int], field: str, on: date) -> Iterator[tuple[int, Decided]]:
    """The same with why: subject and decision, in pieces of fifty thousand. Errors as `tiers_of`."""
    place = field_in_force(field, on)
    ids = sorted(set(subject_ids))
    for start in range(0, len(ids), CHUNK):
        for subject, _, each in _decided(ids[start : start + CHUNK], [place], on):
            yield subject, each


def decided_everywhere(subject_id: int, on: date) -> list[tuple[SupervisionField, Decided]]:
    """The tier of one subject in every field in force, with why, in the order of the fields."""
    fields = list(SupervisionField.objects.in_force(on))
    found = {field: each for _, field, each in _decided([subject_id], fields, on)}
    return [(field, found[field.pk]) for field in fields]


def field_in_force(code: str, on: date) -> SupervisionField:
    """The field of a code on a day; Refused when none holds."""
    row = SupervisionField.objects.in_force(on).filter(code=code).first()
    if row is None:
        raise Refused("grading.field", f"监管领域“{code}”在该日没有施行。", mend="请在“监管领域”中查对编码。")
    return row


def _decided(ids: Sequence[int], fields: Sequence[SupervisionField], on: date) -> Iterator[tuple[int, int, Decided]]:
    """Of a million most are graded by nobody and old enough: only the others are read, and who is not among them is decided once for all."""
    listed, watched = (_on_lists(ids, nature, on) for nature in (Nature.SERIOUS, Nature.WATCH))
    once, young = cache(decide), cache(is_young)
    # A month more than the rule asks for: months differ in length, and the rule has the last word.
    asked = {"ids": array(ids), "fields": [field.pk for field in fields], "on": on, "young": YOUNG_MONTHS + 1}
    rows: Any = query(_GRADED, asked)
    known = {(subject, field): facts for subject, field, *facts in rows}
    for field in fields:
        floor = Tier(field.floor)
        plain = once(Known(floor=floor))
        for subject in ids:
            facts = known.get((subject, field.pk))
            if facts is None and subject not in listed and subject not in watched:
                yield subject, field.pk, plain
                continue
            scheme, grade, tier, registered_on = facts or ("", "", None, None)
            found = Known(
                scheme=scheme or "",
                grade=grade or "",
                mapped=Tier(tier) if tier else None,
                listed=subject in listed,
                watched=subject in watched,
                young=young(registered_on, on),
                floor=floor,
            )
            yield subject, field.pk, once(found)


def _on_lists(ids: Sequence[int], nature: Nature, on: date) -> frozenset[int]:
    """Who of these stands on a list of a nature; of many the range is asked, for naming each costs more than what lies between."""
    rows = ListEntry.objects.listed(on).of_nature(nature)
    many = len(ids) > NAMED
    rows = rows.filter(subject_id__gte=ids[0], subject_id__lte=ids[-1]) if many else rows.filter(subject_id__in=ids)
    return frozenset(rows.values_list("subject_id", flat=True).distinct())
