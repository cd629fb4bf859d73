"""Marks, their sum, and the functions by which a change leaves a mark."""

from django.db import migrations, models

# Argument: the condition that is true of rows which a page may show. Written in a migration, never by a visitor.
ONE_SIDE = """
CREATE FUNCTION freshness_mark_{side}() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    found boolean;
BEGIN
    EXECUTE 'SELECT EXISTS (SELECT FROM {side}_rows WHERE ' || TG_ARGV[0] || ')' INTO found;
    IF found THEN
        INSERT INTO freshness_changemark DEFAULT VALUES;
    END IF;
    RETURN NULL;
END $body$;
"""
BOTH_SIDES = """
CREATE FUNCTION freshness_mark_both() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    found boolean;
BEGIN
    EXECUTE 'SELECT EXISTS (SELECT FROM old_rows WHERE ' || TG_ARGV[0] || ') OR EXISTS (SELECT FROM new_rows WHERE ' || TG_ARGV[0] || ')'
        INTO found;
    IF found THEN
        INSERT INTO freshness_changemark DEFAULT VALUES;
    END IF;
    RETURN NULL;
END $body$;
"""
DROP = "DROP FUNCTION freshness_mark_new(); DROP FUNCTION freshness_mark_old(); DROP FUNCTION freshness_mark_both();"


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="ChangeMark",
            fields=[("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))],
            options={"verbose_name": "变更标记", "verbose_name_plural": "变更标记"},
        ),
        migrations.CreateModel(
            name="ChangeCount",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("total", models.BigIntegerField(default=0, verbose_name="变更次数")),
            ],
            options={"verbose_name": "变更计数", "verbose_name_plural": "变更计数"},
        ),
        migrations.AddConstraint(
            model_name="changecount",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="freshness_one_count"),
        ),
        migrations.RunSQL(
            ONE_SIDE.format(side="new") + ONE_SIDE.format(side="old") + BOTH_SIDES,
            DROP,
        ),
        migrations.RunSQL("INSERT INTO freshness_changecount (id, total) VALUES (1, 0)", migrations.RunSQL.noop),
    ]
