"""The trigger function of append-only tables with a column that is filled in later, a single time (`AppendOnly(table, once=[…])`)."""

from django.db import migrations

# Every old row has a new one that differs in nothing but columns that were NULL; a row whose key was changed finds no partner.
FUNCTION = """
CREATE FUNCTION audit_refuse_but_once() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT r.id, to_jsonb(r) AS line FROM old_rows r) o
        LEFT JOIN (SELECT r.id, to_jsonb(r) AS line FROM new_rows r) n USING (id)
        WHERE n.line IS NULL OR n.line - TG_ARGV[0]::text[] <> o.line - TG_ARGV[0]::text[]
           OR EXISTS (SELECT 1 FROM unnest(TG_ARGV[0]::text[]) AS c(name)
                      WHERE o.line ->> c.name IS NOT NULL AND n.line ->> c.name IS DISTINCT FROM o.line ->> c.name)
    ) THEN
        RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $body$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_text_indexes")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION audit_refuse_but_once()")]
