"""Conditions on what is being handled: breaches of commitments, orders to correct that are overdue."""

# ruff: noqa: S608 - made of constants of this room, never of input
from __future__ import annotations

from supervision.alerts.queries.conditions.declaring import FOREVER, SHANGHAI, Condition, Parameter

BREACHES = Condition(
    code="breaches",
    label="违背承诺",
    says="观察期内认定违背承诺的，按权重计；正在办理的疑似违诺每件计1。",
    wanted="r.kind = 'commitment-breach' AND r.decided_on >= %(first)s::date - %(window)s",
    kinds=("commitment-breach",),
    parameters=(Parameter("decided_weight", "已认定的每件计", 2),),
    spans=(
        """
        SELECT subject_id, 'record:' || record_id, record_id, %(decided_weight)s, greatest(since, decided_on),
               least(until, decided_on + %(window)s + 1)
        FROM alerts_known WHERE kind = 'commitment-breach'
        """,
        f"""
        SELECT subject_id, 'case:' || id, NULL::bigint, 1, (created_at {SHANGHAI})::date, coalesce(closed_on, {FOREVER})
        FROM casework_case WHERE procedure = 'breach' AND subject_id IS NOT NULL
        """,
    ),
)

OVERDUE = Condition(
    code="overdue",
    label="责令整改逾期",
    says="责令整改送达后，整改期限届满仍没有复查结论的件数。",
    spans=(
        f"""
        SELECT subject_id, 'case:' || id, NULL::bigint, 1, due_on + 1, coalesce(next_on, {FOREVER})
        FROM (SELECT c.*, lead(moved_on) OVER (PARTITION BY id ORDER BY n) AS next_on FROM (
            SELECT id, 9223372036854775807 AS n, subject_id, state, due_on, moved_on, paused
            FROM casework_case WHERE procedure = 'correction'
            UNION ALL
            SELECT c.id, h.id, c.subject_id, c.state, c.due_on, c.moved_on, c.paused
            FROM audit_history h CROSS JOIN LATERAL jsonb_populate_record(NULL::casework_case, h.old) c
            WHERE h.table_name = 'casework_case' AND h.op = 'UPDATE' AND h.at >= %(since)s
              AND h.old ->> 'procedure' = 'correction') c) v
        WHERE state = 'served' AND due_on IS NOT NULL AND NOT paused AND subject_id IS NOT NULL
        """,
    ),
)
