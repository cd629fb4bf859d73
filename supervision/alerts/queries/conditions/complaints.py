"""The condition on complaints: how many for each shop, against the others of the trade and size (a chain of 900 shops has more than a shop)."""

from __future__ import annotations

from supervision.alerts.queries.conditions.declaring import Condition, Parameter

COMPLAINTS = Condition(
    code="complaints",
    label="投诉率",
    says="观察期内投诉件数达到触发值，且每店投诉数达到同行业、同规模中位数的规定倍数。预警列在总机构名下。",
    wanted="r.kind = 'complaint' AND r.decided_on >= %(first)s::date - %(window)s",
    fields=("TS_LB", "TS_SLJG"),
    kinds=("complaint",),
    parameters=(
        Parameter("times", "中位数的倍数", 3),
        Parameter("declined", "不计入的受理结果", "不予受理"),
        Parameter("bands", "规模分档（店数下限）", ("1", "2", "10", "100"), "每行一个数，从小到大。"),
    ),
    spans=(
        """
        WITH counted AS (
            SELECT coalesce(s.head_id, s.id) AS firm, k.record_id, coalesce(k.content ->> 'TS_LB', '') AS trade,
                   greatest(k.since, k.decided_on) AS starts, least(k.until, k.decided_on + %(window)s + 1) AS ends
            FROM alerts_known k JOIN records_subject s ON s.id = k.subject_id 
            WHERE k.kind = 'complaint' AND coalesce(k.content ->> 'TS_SLJG', '') <> %(declined)s),
        shops AS (
            SELECT coalesce(head_id, id) AS firm, count(*) AS shops FROM records_subject
            WHERE merged_into_id IS NULL AND coalesce(head_id, id) IN (SELECT firm FROM counted) GROUP BY 1),
        daily AS (
            SELECT day::date AS day, firm, max(trade) AS trade, count(*) AS here, count(*)::float8 / shops AS rate,
                   (SELECT count(*) FROM unnest(%(bands)s::text[]) band 
                    WHERE CASE WHEN band ~ '^[0-9]{1,9}$' THEN band::bigint <= shops ELSE false END) AS band
            FROM counted JOIN shops USING (firm)
            JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 day') day ON starts <= day AND ends > day
            GROUP BY day, firm, shops),
        middle AS (
            SELECT day, trade, band, percentile_cont(0.5) WITHIN GROUP (ORDER BY rate) AS median FROM daily GROUP BY 1, 2, 3),
        hot AS (
            SELECT firm, range_agg(daterange(day, day + 1)) AS days FROM daily JOIN middle USING (day, trade, band)
            WHERE here >= %(threshold)s AND rate >= %(times)s * median GROUP BY 1)
        SELECT firm, 'record:' || record_id, record_id, 1, lower(part), upper(part)
        FROM counted JOIN hot USING (firm), unnest(datemultirange(daterange(starts, ends)) * days) part
        WHERE starts < ends
        """,
    ),
)
