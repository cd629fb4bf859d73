"""The key of who stated a class is validated while people work: PostgreSQL holds no lock against writers for it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0014_lowerings")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE disclosure_disclosure VALIDATE CONSTRAINT disclosure_severity_said_by_fk",
            migrations.RunSQL.noop,
        )
    ]
