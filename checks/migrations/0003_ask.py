"""`checks_ask`: a check is one statement. It reads who the subject is and what is known of it, writes the entry of the audit and the check, and
answers; without the entry there is no row of the check, and without both there is no answer."""

from django.db import migrations

ASK = """
-- The subject that stands for a file today, through any number of merges.
CREATE FUNCTION checks_standing(file bigint) RETURNS bigint LANGUAGE sql STABLE AS $body$
    WITH RECURSIVE up (id, next) AS (
        SELECT id, merged_into_id FROM records_subject WHERE id = file
        UNION ALL SELECT s.id, s.merged_into_id FROM up JOIN records_subject s ON s.id = up.next
    ) SELECT id FROM up WHERE next IS NULL
$body$;

-- asked: [{n, number, code, hashes, name, normal, ref, case, until, row, facts, place, as_of}], of which facts and place are given for a day that is over;
-- who: {kind, id, name, department, request, ip, purpose, why, channel, window, job}; keys: those of the matter, whose weightiest verdict counts.
-- A state that time or another version of the register has made wrong stops everything before it is written: the rows come back as behind.
CREATE FUNCTION checks_ask(asked jsonb, who jsonb, matter bigint, matter_code text, keys text[], version bigint, today date)
RETURNS TABLE (n int, number text, subject bigint, kind text, code text, name text, fits boolean, place int, facts jsonb,
               entry bigint, asked_at timestamptz, behind boolean)
LANGUAGE plpgsql AS $body$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH questions AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(asked) AS q (n int, number text, code text, hashes text[], name text, normal text, ref text, "case" text,
                                                      facts jsonb, place int, as_of date, until date, "row" int)
    ), found AS MATERIALIZED (
        SELECT q.n, q.number, q.code AS asked_code, q.name AS asked_name, q.ref, q."case", q.as_of, q.until, q."row",
               s.id AS subject, s.kind, s.code, s.name,
               CASE WHEN q.name = '' OR s.id IS NULL THEN NULL
                    WHEN s.kind = 'person' THEN s.name = q.name
                    ELSE EXISTS (SELECT 1 FROM records_subjectname named WHERE named.subject_id = s.id AND named.normal = q.normal) END AS fits,
               CASE WHEN q.as_of IS NULL
                    THEN coalesce((SELECT max((st.verdicts ->> key)::int) FROM unnest(keys) key), 0) ELSE q.place END AS place,
               CASE WHEN q.as_of IS NULL THEN st.facts ELSE nullif(q.facts, 'null') END AS facts,
               q.as_of IS NULL AND st.subject_id IS NOT NULL
                   AND (st.register <> version OR coalesce(st.changes_on <= today, false)) AS behind
        FROM questions q
        LEFT JOIN LATERAL (
            SELECT f.id, f.merged_into_id FROM records_subject f WHERE f.code = q.code
            UNION ALL SELECT f.id, f.merged_into_id FROM records_subject f WHERE f.id_hash = ANY (q.hashes)
            UNION ALL SELECT f.id, f.merged_into_id FROM records_subjectidentifier i JOIN records_subject f ON f.id = i.subject_id
                      WHERE i.value = q.code AND i.kind = 'former_code'
            LIMIT 1
        ) file ON true
        LEFT JOIN records_subject s
               ON s.id = CASE WHEN file.merged_into_id IS NULL THEN file.id ELSE checks_standing(file.id) END
        LEFT JOIN checks_subjectstate st ON st.subject_id = s.id
    ), current AS MATERIALIZED (
        SELECT f.* FROM found f WHERE NOT EXISTS (SELECT 1 FROM found WHERE found.behind)
    ), logged AS (
        INSERT INTO audit_entry (at, kind, verb, actor_kind, actor_id, actor_name, department_id, object_type, object_id, object_label, detail,
                                 reason, basis, purpose, results, request_id, ip)
        SELECT statement_timestamp(), 'look', 'checks.ask', who ->> 'kind', (who ->> 'id')::bigint, who ->> 'name', (who ->> 'department')::bigint,
               'subject', coalesce(c.code, c.ref), coalesce(c.code, c.ref),
               jsonb_build_object('receipt', c.number, 'matter', matter_code, 'case', c."case", 'channel', who ->> 'channel',
                                  'verdict', (ARRAY['none', 'note', 'caution', 'forbid'])[c.place + 1]),
               '', '', who ->> 'why', (c.subject IS NOT NULL)::int, who ->> 'request', who ->> 'ip'
        FROM current c ORDER BY c.n
        RETURNING audit_entry.id, audit_entry.at, audit_entry.detail ->> 'receipt' AS number
    ), kept AS (
        INSERT INTO checks_check (number, asked_at, matter_id, case_number, purpose, channel, department_id, asker_kind, asker_id, asker_name,
                                  "window", subject_id, code, name, name_fits, as_of, verdict, facts, register, valid_until, entry,
                                  job, "row")
        SELECT c.number, l.at, matter, c."case", who ->> 'purpose', who ->> 'channel', (who ->> 'department')::bigint, who ->> 'kind',
               (who ->> 'id')::bigint, who ->> 'name', who ->> 'window', c.subject, c.asked_code, c.asked_name, c.fits, c.as_of,
               (ARRAY['none', 'note', 'caution', 'forbid'])[c.place + 1], c.facts, version, c.until, l.id,
               (who ->> 'job')::bigint, c."row"
        FROM current c JOIN logged l ON l.number = c.number
    )
    SELECT f.n, f.number, f.subject, f.kind::text, f.code::text, f.name::text, f.fits, f.place, f.facts, l.id, l.at, f.behind
    FROM found f LEFT JOIN logged l ON l.number = f.number
    ORDER BY f.n;
END $body$;
"""
BACK = """
DROP FUNCTION checks_ask(jsonb, jsonb, bigint, text, text[], bigint, date);
DROP FUNCTION checks_standing(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("checks", "0002_answers"), ("audit", "0009_key_uses"), ("records", "0015_undoing")]

    operations = [migrations.RunSQL(ASK, BACK)]
