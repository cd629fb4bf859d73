"""When a field key is changed, every token is written anew. That is no change of what a row says, so history keeps nothing for it, and
lets the tokens in its own rows be renewed, for an undo brings old rows back and must be able to open them. Everything else about a row
stays as strict as it was: a line that differs in more than tokens, their look-up hashes and the hash of a content that holds tokens is
kept (tables) or refused (history). A false token or hash proves itself: the cipher is bound to the hash and does not open.
"""

from django.db import migrations

FUNCTIONS = """
-- A line without what changes when it is sealed anew.
CREATE FUNCTION audit_without_tokens(line jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $body$
    SELECT CASE WHEN line::text LIKE '%"sealed": "%'
                THEN regexp_replace(line::text, '"(sealed|hash|content_hash)": "[^"]*"', '"\\1": ""', 'g')::jsonb ELSE line END
$body$;

-- audit_keep_old, but while app.reseal is on a row that only was sealed anew keeps nothing. The third argument names columns of tokens.
CREATE FUNCTION audit_keep_unless_resealed() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    who jsonb := audit_actor();
BEGIN
    IF coalesce(current_setting('app.reseal', true), '') <> 'on' THEN
        INSERT INTO audit_history (table_name, row_pk, op, old, at, actor_kind, actor_id, actor_name, request_id, db_user, txid)
        SELECT TG_TABLE_NAME, o.line ->> TG_ARGV[0], TG_OP, o.line - TG_ARGV[1]::text[], clock_timestamp(),
               coalesce(who ->> 'kind', ''), (who ->> 'id')::bigint, coalesce(who ->> 'name', ''),
               left(coalesce(current_setting('app.request', true), ''), 64), session_user, pg_current_xact_id()::text::bigint
        FROM (SELECT to_jsonb(r) AS line FROM old_rows r) o;
        RETURN NULL;
    END IF;
    INSERT INTO audit_history (table_name, row_pk, op, old, at, actor_kind, actor_id, actor_name, request_id, db_user, txid)
    SELECT TG_TABLE_NAME, o.line ->> TG_ARGV[0], TG_OP, o.line - TG_ARGV[1]::text[], clock_timestamp(),
           coalesce(who ->> 'kind', ''), (who ->> 'id')::bigint, coalesce(who ->> 'name', ''),
           left(coalesce(current_setting('app.request', true), ''), 64), session_user, pg_current_xact_id()::text::bigint
    FROM (SELECT to_jsonb(r) AS line FROM old_rows r) o
    LEFT JOIN (SELECT to_jsonb(r) AS line FROM new_rows r) n ON n.line ->> TG_ARGV[0] = o.line ->> TG_ARGV[0]
    WHERE n.line IS NULL OR audit_without_tokens(n.line - TG_ARGV[2]::text[]) <> audit_without_tokens(o.line - TG_ARGV[2]::text[]);
    RETURN NULL;
END $body$;

CREATE FUNCTION audit_refuse_but_resealed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF coalesce(current_setting('app.reseal', true), '') <> 'on' OR EXISTS (
        SELECT 1 FROM (SELECT r.id, to_jsonb(r) AS line FROM old_rows r) o
        LEFT JOIN (SELECT r.id, to_jsonb(r) AS line FROM new_rows r) n USING (id)
        WHERE n.line IS NULL OR audit_without_tokens(n.line) <> audit_without_tokens(o.line)
    ) THEN
        RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $body$;

DROP TRIGGER audit_history_append_only ON audit_history;
CREATE TRIGGER audit_history_append_only BEFORE DELETE ON audit_history FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_history_resealed AFTER UPDATE ON audit_history REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_but_resealed();
"""

BACK = """
DROP TRIGGER audit_history_resealed ON audit_history;
DROP TRIGGER audit_history_append_only ON audit_history;
CREATE TRIGGER audit_history_append_only BEFORE UPDATE OR DELETE ON audit_history FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
DROP FUNCTION audit_refuse_but_resealed();
DROP FUNCTION audit_keep_unless_resealed();
DROP FUNCTION audit_without_tokens(jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_checkpoints")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
