"""Indexes that no question needs: keys that another index begins with, and the pattern twins of hashes, which nobody searches by part."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Dropped by name: altering the fields would drop and validate every foreign key anew, minutes on tables of millions.
DROPPED = (
    ("records_creditrecord_batch_id_1fee7ac9", "records_creditrecord (batch_id)"),
    ("records_creditrecord_entered_by_id_3fb4ed2e", "records_creditrecord (entered_by_id)"),
    ("records_creditrecord_replaces_id_3e4a866f", "records_creditrecord (replaces_id)"),
    ("records_creditrecord_source_department_id_9082e947", "records_creditrecord (source_department_id)"),
    ("records_creditrecord_subject_id_b7b6b8a1", "records_creditrecord (subject_id)"),
    ("records_importeffect_batch_id_07308015", "records_importeffect (batch_id)"),
    ("records_subjectname_subject_id_4cae64bc", "records_subjectname (subject_id)"),
    ("records_importfinding_batch_id_278aa23c", "records_importfinding (batch_id)"),
    ("records_importreject_batch_id_11d8f9c1", "records_importreject (batch_id)"),
    ("records_arrival_fingerprint_d2e230a1_like", "records_arrival (fingerprint varchar_pattern_ops)"),
    ("records_subject_id_hash_dd28deaf_like", "records_subject (id_hash varchar_pattern_ops)"),
)


class Migration(migrations.Migration):
    dependencies = [
        ('accounts', '0002_history'),
        ('records', '0005_code_org_part'),
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
                    model_name='creditrecord',
                    name='batch',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='records.importbatch', verbose_name='导入批次'),
                ),
                migrations.AlterField(
                    model_name='creditrecord',
                    name='entered_by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人'),
                ),
                migrations.AlterField(
                    model_name='creditrecord',
                    name='replaces',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='records.creditrecord', verbose_name='重新作出、替代'),
                ),
                migrations.AlterField(
                    model_name='creditrecord',
                    name='source_department',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='数据来源单位'),
                ),
                migrations.AlterField(
                    model_name='creditrecord',
                    name='subject',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='records.subject', verbose_name='信用主体'),
                ),
                migrations.AlterField(
                    model_name='importeffect',
                    name='batch',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='records.importbatch'),
                ),
                migrations.AlterField(
                    model_name='importfinding',
                    name='batch',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='records.importbatch'),
                ),
                migrations.AlterField(
                    model_name='importreject',
                    name='batch',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rejects', to='records.importbatch'),
                ),
                migrations.AlterField(
                    model_name='subjectname',
                    name='subject',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='names', to='records.subject'),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='creditrecord',
            index=models.Index(condition=models.Q(('replaces__isnull', False)), fields=['replaces'], name='record_replaces'),
        ),
    ]
