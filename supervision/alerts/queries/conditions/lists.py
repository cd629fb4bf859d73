"""Conditions on lists: somebody is newly on one, or has stood on one for long."""

# ruff: noqa: S608 - made of constants of this room, never of input
from __future__ import annotations

from supervision.alerts.queries.conditions.declaring import FOREVER, SHANGHAI, Condition, Parameter

# The first day on which an entry no longer stands: its last day is over, or somebody took it off and had said so.
LEFT = f"""least(coalesce(e.ends_on + 1, {FOREVER}),
           CASE WHEN e.ended_on IS NULL THEN {FOREVER} ELSE greatest(e.ended_on, (e.updated_at {SHANGHAI})::date) END)"""
# Whom an act names as head, by the keyed hash of the number: a name alone is borne by many.
HEAD = "coalesce(r.content -> 'XK_FR_ZJHM', r.content -> 'CF_FR_ZJHM') ->> 'hash'"
_PEOPLE = """SELECT p.id_hash FROM sanctions_listentry e JOIN records_subject p ON p.id = e.subject_id
             WHERE p.kind = 'person' AND p.id_hash IS NOT NULL"""

LISTED = Condition(
    code="listed",
    label="新列入名单",
    says="观察期内新列入所选性质的名单；或者行政许可、行政处罚中登记的法定代表人新列入。",
    wanted=f"""r.kind = 'list-entry'
        OR ((SELECT count(*) > 0 FROM ({_PEOPLE}) people) AND r.kind IN ('permit', 'penalty') AND {HEAD} IN ({_PEOPLE}))""",
    fields=("XK_FR_ZJHM", "CF_FR_ZJHM"),
    kinds=("list-entry",),
    parameters=(Parameter("natures", "名单性质", ("serious",), "每行一个，serious 为严重失信。"),),
    spans=(
        f"""
        SELECT k.subject_id, 'record:' || k.record_id, k.record_id, 1, greatest(k.since, e.entered_on),
               least(k.until, greatest(k.since, e.entered_on) + %(window)s + 1, {LEFT})
        FROM alerts_known k JOIN sanctions_listentry e USING (record_id) JOIN sanctions_creditlist c ON c.id = e.credit_list_id
        WHERE k.kind = 'list-entry' AND c.nature = ANY(%(natures)s::text[])
        """,
        f"""
        SELECT DISTINCT ON (r.subject_id, k.record_id, k.since) r.subject_id, 'head:' || k.record_id, k.record_id, 1,
               greatest(k.since, e.entered_on, r.since), least(k.until, greatest(k.since, e.entered_on) + %(window)s + 1, {LEFT})
        FROM alerts_known k JOIN sanctions_listentry e USING (record_id) JOIN sanctions_creditlist c ON c.id = e.credit_list_id
        JOIN records_subject p ON p.id = k.subject_id AND p.kind = 'person'
        JOIN alerts_known r ON r.kind IN ('permit', 'penalty') AND {HEAD} = p.id_hash
        WHERE k.kind = 'list-entry' AND c.nature = ANY(%(natures)s::text[])
        ORDER BY r.subject_id, k.record_id, k.since, r.since
        """,
    ),
)

LASTING = Condition(
    code="lasting",
    label="长期在册",
    says="列入后超过观察期仍未移出。",
    wanted="r.kind = ANY(%(kinds)s::text[])",
    kinds_in="kinds",
    parameters=(Parameter("kinds", "信息种类", ("list-abnormal",), "每行一个种类代号。"),),
    spans=(
        f"""
        SELECT k.subject_id, 'record:' || k.record_id, k.record_id, 1, greatest(k.since, e.entered_on + %(window)s + 1),
               least(k.until, {LEFT})
        FROM alerts_known k JOIN sanctions_listentry e USING (record_id) WHERE k.kind = ANY(%(kinds)s::text[])
        """,
    ),
)
