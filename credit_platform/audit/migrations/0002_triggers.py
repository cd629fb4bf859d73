"""Trigger functions of history and of the append-only tables, and the triggers of the audit tables themselves."""

from django.db import migrations

from credit_platform.audit.history import AppendOnly

FUNCTIONS = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $body$;

-- Who acts, as the application said it with SET LOCAL app.actor; NULL when nobody said it or it is not readable.
CREATE FUNCTION audit_actor() RETURNS jsonb LANGUAGE plpgsql STABLE AS $body$
DECLARE
    said text := nullif(current_setting('app.actor', true), '');
    who jsonb;
BEGIN
    IF said IS NULL THEN
        RETURN NULL;
    END IF;
    who := said::jsonb;
    IF jsonb_typeof(who) <> 'object' OR coalesce(who ->> 'kind', '') = '' THEN
        RETURN NULL;
    END IF;
    RETURN who;
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END $body$;

-- Arguments of the three below: name of the key column, columns never copied, columns whose change alone is not kept.
CREATE FUNCTION audit_keep_old() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    who jsonb := audit_actor();
BEGIN
    INSERT INTO audit_history (table_name, row_pk, op, old, at, actor_kind, actor_id, actor_name, request_id, db_user, txid)
    SELECT TG_TABLE_NAME, o.line ->> TG_ARGV[0], TG_OP, o.line - TG_ARGV[1]::text[], clock_timestamp(),
           coalesce(who ->> 'kind', ''), (who ->> 'id')::bigint, coalesce(who ->> 'name', ''),
           left(coalesce(current_setting('app.request', true), ''), 64), session_user, pg_current_xact_id()::text::bigint
    FROM (SELECT to_jsonb(r) AS line FROM old_rows r) o;
    RETURN NULL;
END $body$;

CREATE FUNCTION audit_keep_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    who jsonb := audit_actor();
BEGIN
    INSERT INTO audit_history (table_name, row_pk, op, old, at, actor_kind, actor_id, actor_name, request_id, db_user, txid)
    SELECT TG_TABLE_NAME, o.line ->> TG_ARGV[0], TG_OP, o.line - TG_ARGV[1]::text[], clock_timestamp(),
           coalesce(who ->> 'kind', ''), (who ->> 'id')::bigint, coalesce(who ->> 'name', ''),
           left(coalesce(current_setting('app.request', true), ''), 64), session_user, pg_current_xact_id()::text::bigint
    FROM (SELECT to_jsonb(r) AS line FROM old_rows r) o
    LEFT JOIN (SELECT to_jsonb(r) AS line FROM new_rows r) n ON n.line ->> TG_ARGV[0] = o.line ->> TG_ARGV[0]
    WHERE n.line IS NULL OR n.line - TG_ARGV[2]::text[] <> o.line - TG_ARGV[2]::text[];
    RETURN NULL;
END $body$;

CREATE FUNCTION audit_keep_stray() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF audit_actor() IS NULL THEN
        INSERT INTO audit_history (table_name, row_pk, op, old, at, actor_kind, actor_name, request_id, db_user, txid)
        SELECT TG_TABLE_NAME, to_jsonb(r) ->> TG_ARGV[0], TG_OP, NULL, clock_timestamp(), '', '',
               left(coalesce(current_setting('app.request', true), ''), 64), session_user, pg_current_xact_id()::text::bigint
        FROM new_rows r;
    END IF;
    RETURN NULL;
END $body$;

CREATE FUNCTION audit_await_seal() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO audit_pending (entry_id) SELECT id FROM new_rows;
    RETURN NULL;
END $body$;

CREATE TRIGGER audit_entry_await_seal AFTER INSERT ON audit_entry REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_await_seal();
"""

BACK = """
DROP TRIGGER audit_entry_await_seal ON audit_entry;
DROP FUNCTION audit_await_seal();
DROP FUNCTION audit_keep_stray();
DROP FUNCTION audit_keep_changed();
DROP FUNCTION audit_keep_old();
DROP FUNCTION audit_actor();
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, BACK),
        AppendOnly("audit_entry"),
        AppendOnly("audit_seal"),
        AppendOnly("audit_history"),
    ]
