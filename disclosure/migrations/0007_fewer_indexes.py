"""Indexes that no question needs: the department (`disclosure_desk` begins with it), the persons, and the pattern twin of the public id."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Dropped by name: altering the fields would drop and validate every foreign key anew, minutes on tables of millions.
DROPPED = (
    ("disclosure_disclosure_changed_by_id_b7d9f606", "disclosure_disclosure (changed_by_id)"),
    ("disclosure_disclosure_drafted_by_id_2e538f4b", "disclosure_disclosure (drafted_by_id)"),
    ("disclosure_disclosure_reviewed_by_id_bfe0e89b", "disclosure_disclosure (reviewed_by_id)"),
    ("disclosure_disclosure_source_department_id_8c194645", "disclosure_disclosure (source_department_id)"),
    ("disclosure_disclosure_submitted_by_id_2df64ecc", "disclosure_disclosure (submitted_by_id)"),
    ("disclosure_disclosure_public_id_2e4e86ad_like", "disclosure_disclosure (public_id varchar_pattern_ops)"),
)


class Migration(migrations.Migration):
    dependencies = [
        ('accounts', '0002_history'),
        ("disclosure", "0006_commitment_periods"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON {columns}")
                for name, columns in DROPPED
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='disclosure',
                    name='changed_by',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='最近修改记录的人'),
                ),
                migrations.AlterField(
                    model_name='disclosure',
                    name='drafted_by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AlterField(
                    model_name='disclosure',
                    name='reviewed_by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AlterField(
                    model_name='disclosure',
                    name='source_department',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department'),
                ),
                migrations.AlterField(
                    model_name='disclosure',
                    name='submitted_by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
    ]
