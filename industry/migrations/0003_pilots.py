"""Pilots with their indicators and what was measured."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_draws'),
        ('industry', '0002_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='指标')),
                ('unit', models.CharField(max_length=20, verbose_name='单位')),
                ('baseline', models.DecimalField(decimal_places=4, max_digits=16, verbose_name='基线值')),
                ('target', models.DecimalField(decimal_places=4, max_digits=16, verbose_name='目标值')),
            ],
            options={
                'verbose_name': '试点指标',
                'verbose_name_plural': '试点指标',
                'ordering': ['pilot', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='日期')),
                ('value', models.DecimalField(decimal_places=4, max_digits=16, verbose_name='实际值')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='登记时间')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.attachment', verbose_name='证明材料')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='industry.indicator', verbose_name='指标')),
            ],
            options={
                'verbose_name': '试点指标值',
                'verbose_name_plural': '试点指标值',
                'ordering': ['indicator', 'on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PilotCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='pilotcase', serialize=False, to='casework.case')),
                ('title', models.CharField(max_length=100, verbose_name='名称')),
                ('theme', models.CharField(choices=[('commitment', '信用承诺'), ('repair', '信用修复'), ('joint', '联合奖惩'), ('plus', '“信用+”'), ('personal', '个人信用应用场景'), ('data', '大数据开发利用')], max_length=12, verbose_name='主题')),
                ('plan', models.TextField(max_length=5000, verbose_name='试点方案')),
                ('safeguards', models.TextField(blank=True, max_length=2000, verbose_name='个人权益保障')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('lesson', models.TextField(blank=True, max_length=5000, verbose_name='经验总结')),
                ('spreading', models.TextField(blank=True, max_length=2000, verbose_name='推广安排')),
            ],
            options={
                'verbose_name': '试点',
                'verbose_name_plural': '试点',
                'ordering': ['-case'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='pilot_days_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('theme', 'personal'), _negated=True), models.Q(('safeguards', ''), _negated=True), _connector='OR'), name='pilot_of_persons_has_safeguards')],
            },
        ),
        migrations.AddField(
            model_name='indicator',
            name='pilot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='industry.pilotcase', verbose_name='试点'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('pilot', 'name'), name='pilot_indicator_once'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('baseline', models.F('target')), _negated=True), name='pilot_indicator_has_a_way_to_go'),
        ),
        AppendOnly("industry_indicator"),
        AppendOnly("industry_measurement"),
        KeepHistory("industry_pilotcase", pk="case_id"),
    ]
