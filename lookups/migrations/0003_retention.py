"""How long what holds personal data is stored, what is held back, what was disposed of."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_triggers'),
        ('lookups', '0002_history'),
        ('records', '0016_document_issuer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Disposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='种类')),
                ('number', models.CharField(max_length=40, verbose_name='编号')),
                ('on', models.DateField(verbose_name='销毁日期')),
                ('rule', models.CharField(max_length=340, verbose_name='依据的期限')),
            ],
            options={
                'verbose_name': '销毁记录',
                'verbose_name_plural': '销毁记录',
                'db_table': 'lookups_disposal',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RetentionHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='种类')),
                ('number', models.CharField(max_length=40, verbose_name='编号')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('document', models.CharField(max_length=100, verbose_name='文书号')),
                ('state', models.CharField(choices=[('proposed', '已保全，待确认'), ('held', '已保全'), ('declined', '不予保全'), ('releasing', '拟解除，待确认'), ('released', '已解除')], default='proposed', max_length=10, verbose_name='状态')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='提出时间')),
                ('release_reason', models.CharField(blank=True, max_length=300, verbose_name='解除理由')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
            ],
            options={
                'verbose_name': '保全',
                'verbose_name_plural': '保全',
                'db_table': 'lookups_retentionhold',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='种类')),
                ('months', models.PositiveSmallIntegerField(verbose_name='保存期（月）')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='失效日期')),
            ],
            options={
                'verbose_name': '保存期限',
                'verbose_name_plural': '保存期限',
                'db_table': 'lookups_retentionrule',
                'ordering': ['kind', '-valid_from'],
            },
        ),
        migrations.AddField(
            model_name='authorisation',
            name='disposed_on',
            field=models.DateField(blank=True, null=True, verbose_name='销毁日期'),
        ),
        migrations.AlterField(
            model_name='authorisation',
            name='path',
            field=models.CharField(blank=True, max_length=200, verbose_name='位置'),
        ),
        migrations.AddConstraint(
            model_name='authorisation',
            constraint=models.CheckConstraint(condition=models.Q(('disposed_on__isnull', True), ('path', ''), _connector='XOR'), name='lookup_authorisation_disposed_has_no_file'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.UniqueConstraint(fields=('kind', 'number'), name='lookup_disposed_once'),
        ),
        migrations.AddField(
            model_name='retentionhold',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人'),
        ),
        migrations.AddField(
            model_name='retentionhold',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人'),
        ),
        migrations.AddField(
            model_name='retentionhold',
            name='release_asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出解除人'),
        ),
        migrations.AddField(
            model_name='retentionhold',
            name='released_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认解除人'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('kind',), name='lookup_retention_one_now'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('months__gte', 1)), name='lookup_retention_at_least_a_month'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='lookup_retention_dates'),
        ),
        migrations.AddConstraint(
            model_name='retentionhold',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'held', 'releasing'])), fields=('kind', 'number'), name='lookup_retention_held_once'),
        ),
        migrations.AddConstraint(
            model_name='retentionhold',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='lookup_retention_held_by_two'),
        ),
        migrations.AddConstraint(
            model_name='retentionhold',
            constraint=models.CheckConstraint(condition=models.Q(('released_by__isnull', True), models.Q(('released_by', models.F('release_asked_by')), _negated=True), _connector='OR'), name='lookup_retention_released_by_two'),
        ),
        migrations.AddConstraint(
            model_name='retentionhold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'released'), _negated=True), ('released_by__isnull', False), _connector='OR'), name='lookup_retention_released_is_confirmed'),
        ),
        KeepHistory("lookups_retentionrule"),
        KeepHistory("lookups_retentionhold"),
        AppendOnly("lookups_disposal"),
    ]
