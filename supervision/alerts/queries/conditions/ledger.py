"""Conditions on records: how many of a kind, something done after a permit ended, what inspections found."""

# ruff: noqa: S608 - made of constants of this room, never of input
from __future__ import annotations

from supervision.alerts.queries.conditions.declaring import FIRST_KNOWN, Condition, Parameter

RECORDS = Condition(
    code="records",
    label="某类信息的件数",
    says="观察期内该类信息（按决定日期，当日已知、未撤销、未修复）的件数。",
    wanted="r.kind = ANY(%(kinds)s::text[]) AND r.decided_on >= %(first)s::date - %(window)s",
    kinds_in="kinds",
    parameters=(
        Parameter("kinds", "信息种类", ("penalty",), "每行一个种类代号，如 penalty。"),
        Parameter("without_minor", "不计轻微失信（1是，0否）", 1),
    ),
    spans=(
        """
        SELECT subject_id, 'record:' || record_id, record_id, 1, greatest(since, decided_on),
               least(until, decided_on + %(window)s + 1)
        FROM alerts_known WHERE kind = ANY(%(kinds)s::text[])
        """,
    ),
)

AFTER_END = Condition(
    code="after_end",
    label="许可到期后仍有活动",
    says="许可有效期届满后，又发生处罚、检查或者投诉，且没有同一证书名称（没有证书名称的按许可内容）的有效许可。",
    wanted="""(r.kind = 'permit' AND r.valid_until BETWEEN %(first)s::date - 2 * %(window)s AND %(last)s)
        OR (r.kind = ANY(%(activities)s::text[]) AND r.decided_on >= %(first)s::date - %(window)s)""",
    fields=("XK_XKZS", "XK_NR"),
    kinds=("permit",),
    parameters=(
        Parameter("activities", "视为活动的信息种类", ("penalty", "act-inspection", "complaint"), "每行一个种类代号。"),
    ),
    spans=(
        f"""
        WITH pairs AS MATERIALIZED (
            SELECT a.subject_id, a.record_id, a.since, a.decided_on, coalesce(p.content ->> 'XK_XKZS', p.content ->> 'XK_NR', '') AS named,
                   greatest(p.since, a.since, a.decided_on) AS starts, least(a.until, p.until, a.decided_on + %(window)s + 1) AS ends
            FROM alerts_known p JOIN alerts_known a USING (subject_id)
            WHERE p.kind = 'permit' AND a.kind = ANY(%(activities)s::text[])
              AND a.decided_on > p.valid_until AND a.decided_on <= p.valid_until + %(window)s),
        permits AS MATERIALIZED (
            SELECT r.subject_id, coalesce(r.content ->> 'XK_XKZS', r.content ->> 'XK_NR', '') AS named, r.decided_on, r.valid_until,
                   {FIRST_KNOWN} AS known
            FROM records_creditrecord r
            WHERE r.kind = 'permit' AND r.status = 'active' AND r.subject_id IN (SELECT subject_id FROM pairs)),
        held AS MATERIALIZED (
            SELECT subject_id, named, q.decided_on, min(known) AS known
            FROM (SELECT DISTINCT subject_id, named, decided_on FROM pairs) q JOIN permits r USING (subject_id, named)
            WHERE r.decided_on <= q.decided_on AND (r.valid_until IS NULL OR r.valid_until >= q.decided_on)
            GROUP BY 1, 2, 3)
        SELECT DISTINCT ON (record_id, since) subject_id, 'record:' || record_id, record_id, 1, starts, least(ends, known)
        FROM pairs LEFT JOIN held USING (subject_id, named, decided_on) WHERE starts < least(ends, known)
        ORDER BY record_id, since, starts, least(ends, known) DESC
        """,
    ),
)

INSPECTIONS = Condition(
    code="inspections",
    label="检查结果",
    says="观察期内检查结果属所列各项；或者“待后续处理”超过规定天数没有最终结果。",
    wanted="r.kind = 'act-inspection' AND r.decided_on >= %(first)s::date - %(window)s - %(pending_days)s",
    fields=("JC_JG_LX",),
    kinds=("act-inspection",),
    parameters=(
        Parameter(
            "results",
            "计入的检查结果",
            ("公示信息隐瞒真实情况、弄虚作假", "通过登记的住所（经营场所）无法联系", "不配合检查情节严重"),
            "每行一项，按检查结果代码表填写。",
        ),
        Parameter("pending", "视为没有最终结果的检查结果", "发现问题待后续处理"),
        Parameter("pending_days", "没有最终结果的天数", 60),
    ),
    spans=(
        """
        SELECT subject_id, 'record:' || record_id, record_id, 1, greatest(since, decided_on),
               least(until, decided_on + %(window)s + 1)
        FROM alerts_known WHERE kind = 'act-inspection' AND content ->> 'JC_JG_LX' = ANY(%(results)s::text[])
        """,
        """
        SELECT subject_id, 'pending:' || record_id, record_id, 1, greatest(since, decided_on + %(pending_days)s + 1),
               least(until, decided_on + %(pending_days)s + %(window)s + 1)
        FROM alerts_known WHERE kind = 'act-inspection' AND content ->> 'JC_JG_LX' = %(pending)s
        """,
    ),
)
