"""Conditions on the register: many firms at one place or under one head, a firm that changes often."""

# ruff: noqa: S608 - made of constants of this room, never of input
from __future__ import annotations

from supervision.alerts.queries.conditions.declaring import Condition, Parameter
from supervision.alerts.queries.conditions.lists import HEAD

# Every sign that is neither a letter nor a number says nothing of where it is.
_PLACE = "regexp_replace(upper(content ->> 'ZS'), '[^[:alnum:]]', '', 'g')"

SHARED = Condition(
    code="shared",
    label="同一地址或者同一法定代表人",
    says="同一住所登记的主体每户计1；同一法定代表人（按证件号码摘要）名下的主体每户按权重计。预警列在其中建档最早的主体名下。",
    wanted=f"""r.kind = 'registration'
        OR (r.kind IN ('permit', 'penalty') AND r.decided_on >= %(first)s::date - %(window)s AND {HEAD} IS NOT NULL)""",
    fields=("ZS", "DJZT", "XK_FR_ZJHM", "CF_FR_ZJHM"),
    kinds=("registration",),
    parameters=(
        Parameter("head_weight", "同一法定代表人的每户计", 2, "2 即为一人名下10户等于同址20户。"),
        Parameter("gone", "不计入的登记状态", ("注销", "吊销", "迁出"), "每行一项。"),
    ),
    spans=(
        f"""
        SELECT min(subject_id) OVER (PARTITION BY place), 'record:' || record_id, record_id, 1, since, until
        FROM (SELECT *, count(*) OVER (PARTITION BY place) AS here
              FROM (SELECT *, {_PLACE} AS place FROM alerts_known WHERE kind = 'registration' AND content ->> 'ZS' <> ''
                    AND coalesce(content ->> 'DJZT', '') <> ALL(%(gone)s::text[])) r) r
        WHERE place <> '' AND here >= %(threshold)s
        """,
        f"""
        SELECT min(subject_id) OVER (PARTITION BY head), 'head:' || subject_id, record_id, %(head_weight)s, since, until
        FROM (SELECT *, count(*) OVER (PARTITION BY head) AS here
              FROM (SELECT DISTINCT ON ({HEAD}, r.subject_id) r.*, {HEAD} AS head FROM alerts_known r
                    JOIN records_subject s ON s.id = r.subject_id AND s.kind <> 'person'
                    WHERE r.kind IN ('permit', 'penalty') AND {HEAD} IS NOT NULL ORDER BY {HEAD}, r.subject_id, r.since) r) r
        WHERE here * %(head_weight)s >= %(threshold)s
        """,
    ),
)

CHANGES = Condition(
    code="changes",
    label="频繁变更",
    says="观察期内名称、法定代表人、住所变更的次数（按平台得知的日期）。",
    wanted="r.kind = 'registration'",
    fields=("QYMC", "FDDBR", "ZS"),
    kinds=("registration",),
    looks_back=True,
    spans=(
        """
        SELECT subject_id, 'change:' || record_id || ':' || since, record_id,
               (content ->> 'QYMC' IS DISTINCT FROM old ->> 'QYMC')::int + (content ->> 'FDDBR' IS DISTINCT FROM old ->> 'FDDBR')::int
               + (content ->> 'ZS' IS DISTINCT FROM old ->> 'ZS')::int,
               since, since + %(window)s + 1
        FROM (SELECT *, lag(content) OVER (PARTITION BY record_id ORDER BY since, until) AS old
              FROM alerts_known WHERE kind = 'registration'
                AND record_id IN (SELECT record_id FROM alerts_known WHERE kind = 'registration' GROUP BY 1 HAVING count(*) > 1)) r
        WHERE old IS NOT NULL
        """,
    ),
)
