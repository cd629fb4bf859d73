"""The list of measures in editions."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_triggers'),
        ('accounts', '0005_second_factor'),
        ('sanctions', '0003_national_events'),
    ]

    operations = [
        migrations.CreateModel(
            name='MatterField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='领域代码')),
                ('name', models.CharField(max_length=100, verbose_name='领域名称')),
                ('matters', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), blank=True, default=list, size=None, verbose_name='事项编码')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='启用日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='停用日期')),
            ],
            options={
                'verbose_name': '核查事项领域',
                'verbose_name_plural': '核查事项领域',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='措施编码')),
                ('name', models.CharField(max_length=200, verbose_name='措施名称')),
            ],
            options={
                'verbose_name': '联合奖惩措施',
                'verbose_name_plural': '联合奖惩措施',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='MeasureList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='版本代号')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('basis', models.CharField(max_length=300, verbose_name='发布依据')),
                ('state', models.CharField(choices=[('draft', '编制中'), ('issued', '已发布'), ('repealed', '已废止')], default='draft', max_length=12, verbose_name='状态')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='失效日期')),
            ],
            options={
                'verbose_name': '联合奖惩措施清单',
                'verbose_name_plural': '联合奖惩措施清单',
                'ordering': ['-valid_from'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='sanctions_measurelist_days')],
            },
        ),
        migrations.CreateModel(
            name='MeasureEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='事项生效日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='事项失效日期')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='序号')),
                ('base_item', models.CharField(blank=True, help_text='全国失信惩戒措施基础清单的序号，激励措施留空。', max_length=20, verbose_name='基础清单序号')),
                ('kind', models.CharField(choices=[('limiting', '依法减损权益或增加义务'), ('managing', '履职中的管理措施'), ('autonomous', '其他组织自主实施'), ('rewarding', '守信激励')], max_length=12, verbose_name='措施类别')),
                ('force', models.CharField(choices=[('must', '应当执行'), ('weigh', '作为考量因素'), ('inform', '仅供参考')], max_length=8, verbose_name='约束力')),
                ('whom', models.CharField(choices=[('firm', '法人及非法人组织、个体工商户'), ('person', '责任人员等自然人'), ('both', '单位和责任人员')], max_length=8, verbose_name='适用对象')),
                ('lists', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, help_text='名单编码，或者 @serious（各严重失信主体名单）、@abnormal、@red、@watch。', size=None, verbose_name='触发名单')),
                ('documents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='触发文书')),
                ('matters', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, help_text='领域代码；* 为各类事项。', size=None, verbose_name='事项领域')),
                ('term', models.CharField(choices=[('entry', '与列入期限相同'), ('months', '固定期限'), ('decided', '由决定确定'), ('life', '终身')], max_length=8, verbose_name='期限方式')),
                ('months_least', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='最短（月）')),
                ('months_most', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='最长（月）')),
                ('authority', models.CharField(max_length=200, verbose_name='实施主体')),
                ('basis', models.TextField(verbose_name='依据')),
                ('legal_text', models.TextField(verbose_name='条文')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('departments', models.ManyToManyField(blank=True, help_text='名单列入后收到执行任务的单位；由法院、边检等实施的留空。', related_name='+', to='accounts.department', verbose_name='本市执行单位')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='sanctions.measure', verbose_name='措施')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='sanctions.measurelist', verbose_name='清单版本')),
            ],
            options={
                'verbose_name': '措施清单条目',
                'verbose_name_plural': '措施清单条目',
                'ordering': ['edition', 'position', 'measure__code'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'measure'), name='measure_entry_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'autonomous'), _negated=True), ('force', 'inform'), _connector='OR'), name='measure_autonomous_is_no_duty', violation_error_message='其他组织自主实施的措施，约束力只能是“仅供参考”。'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'rewarding'), _negated=True), models.Q(('force', 'must'), _negated=True), _connector='OR'), name='measure_rewarding_is_no_must'), models.CheckConstraint(condition=models.Q(models.Q(('term', 'months'), _negated=True), ('months_most__gt', 0), _connector='OR'), name='measure_months_are_given'), models.CheckConstraint(condition=models.Q(('months_least__isnull', True), ('months_most__isnull', True), ('months_most__gte', models.F('months_least')), _connector='OR'), name='measure_months_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('basis', ''), _negated=True), models.Q(('legal_text', ''), _negated=True)), name='measure_has_its_law')],
            },
        ),
        KeepHistory("sanctions_measurelist"),
        KeepHistory("sanctions_measure"),
        KeepHistory("sanctions_matterfield"),
        KeepHistory("sanctions_measureentry"),
        KeepHistory("sanctions_measureentry_departments"),
    ]
