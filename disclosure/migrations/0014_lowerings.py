"""What somebody said to make an item lighter, or to keep it from the public, and whether another person has confirmed it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_tries'),
        ('disclosure', '0013_faces'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='disclosure',
            name='awaits_confirmation',
            field=models.BooleanField(db_default=False, default=False, verbose_name='较轻认定或不公示，待他人确认'),
        ),
        migrations.SeparateDatabaseAndState(
            # The next migration validates the key: adding it validated would hold the table while ten million rows are read.
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE disclosure_disclosure ADD COLUMN severity_said_by_id bigint NULL, "
                    "ADD CONSTRAINT disclosure_severity_said_by_fk FOREIGN KEY (severity_said_by_id) "
                    "REFERENCES accounts_user (id) DEFERRABLE INITIALLY DEFERRED NOT VALID",
                    "ALTER TABLE disclosure_disclosure DROP COLUMN severity_said_by_id",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name='disclosure',
                    name='severity_said_by',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填写失信严重程度的人'),
                ),
            ],
        ),
        migrations.CreateModel(
            name='Lowering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('class', '失信严重程度'), ('procedure', '简易程序'), ('exemption', '依法不公示')], max_length=10, verbose_name='事由')),
                ('text', models.CharField(max_length=300, verbose_name='内容')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='依据、理由')),
                ('said_by_name', models.CharField(max_length=200, verbose_name='提出人')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='提出时间')),
                ('state', models.CharField(choices=[('waiting', '待确认'), ('confirmed', '已确认'), ('denied', '不予确认'), ('barred', '依法不予采用'), ('void', '已失效')], default='waiting', max_length=10, verbose_name='状态')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='确认时间')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='确认意见')),
                ('decided_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lowerings', to='disclosure.disclosure')),
                ('said_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '较轻认定、不公示',
                'verbose_name_plural': '较轻认定、不公示',
                'indexes': [models.Index(fields=['department', '-id'], name='lowering_of_department'), models.Index(condition=models.Q(('state', 'waiting')), fields=['department', 'id'], name='lowering_waiting')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('disclosure',), name='lowering_one_waits'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('said_by__isnull', True), models.Q(('decided_by', models.F('said_by')), _negated=True), _connector='OR'), name='lowering_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='lowering_confirmed_by_somebody')],
            },
        ),
        KeepHistory("disclosure_lowering"),
    ]
