"""How many decisions a year has, for the planner: without it a year counts as one row in two hundred, and lists by year sort
half a million rows to show twenty."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0004_list_indexes")]

    operations = [
        migrations.RunSQL(
            "CREATE STATISTICS IF NOT EXISTS disclosure_decided_year ON (EXTRACT(YEAR FROM decided_on)) FROM disclosure_disclosure",
            "DROP STATISTICS IF EXISTS disclosure_decided_year",
        )
    ]
