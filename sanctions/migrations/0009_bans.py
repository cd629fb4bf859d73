"""Bans: who may not enter a market, an industry or a post."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_draws'),
        ('sanctions', '0008_removals'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ban',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='ban', serialize=False, to='casework.case')),
                ('scope', models.CharField(choices=[('market', '市场禁入'), ('industry', '行业禁入、从业限制'), ('post', '任职限制')], max_length=10, verbose_name='种类')),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None, verbose_name='领域')),
                ('words', models.TextField(verbose_name='禁入内容')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('document_number', models.CharField(max_length=128, verbose_name='决定文书号')),
                ('decided_on', models.DateField(verbose_name='决定日期')),
                ('starts_on', models.DateField(verbose_name='起始日期')),
                ('until', models.DateField(blank=True, help_text='留空为终身。', null=True, verbose_name='截止日期')),
                ('lifted_on', models.DateField(blank=True, null=True, verbose_name='解除日期')),
                ('lifted_document', models.CharField(blank=True, max_length=128, verbose_name='解除文书号')),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bans', to='sanctions.listentry', verbose_name='所附的名单条目')),
            ],
            options={
                'verbose_name': '市场和行业禁入',
                'verbose_name_plural': '市场和行业禁入',
                'ordering': ['-case'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['fields'], name='ban_fields')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('starts_on')), _connector='OR'), name='ban_ends_after_its_start'), models.CheckConstraint(condition=models.Q(('starts_on__gte', models.F('decided_on'))), name='ban_starts_when_decided'), models.CheckConstraint(condition=models.Q(('lifted_on__isnull', True), models.Q(('lifted_document', ''), _negated=True), _connector='OR'), name='ban_lifted_by_a_document')],
            },
        ),
        KeepHistory('sanctions_ban', pk='case_id'),
    ]
