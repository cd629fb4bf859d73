"""Who objects without an account; what the public reads of corrections; reconsiderations and lawsuits; an entry taken off its list."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_resealing'),
        ('disclosure', '0020_marks'),
        ('objections', '0003_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='objection',
            name='place',
            field=models.CharField(default='item', max_length=20, verbose_name='异议对象'),
        ),
        migrations.AddField(
            model_name='objection',
            name='place_number',
            field=models.CharField(blank=True, max_length=64, verbose_name='对象编号'),
        ),
        migrations.AlterField(
            model_name='objection',
            name='outcome',
            field=models.CharField(blank=True, choices=[('corrected', '已更正'), ('stopped', '公示期已满，停止公示'), ('withdrawn', '撤回公示'), ('delisted', '移出名单（错误列入或者保留）'), ('upheld', '维持'), ('unclear', '未能核实，双方说法并存')], max_length=10, verbose_name='答复'),
        ),
        migrations.AlterField(
            model_name='objection',
            name='settled_outcome',
            field=models.CharField(blank=True, choices=[('corrected', '已更正'), ('stopped', '公示期已满，停止公示'), ('withdrawn', '撤回公示'), ('delisted', '移出名单（错误列入或者保留）'), ('upheld', '维持'), ('unclear', '未能核实，双方说法并存')], max_length=10, verbose_name='复核结论'),
        ),
        migrations.CreateModel(
            name='Contest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reconsideration', '行政复议'), ('lawsuit', '行政诉讼')], max_length=16, verbose_name='种类')),
                ('body', models.CharField(max_length=100, verbose_name='受理机关')),
                ('number', models.CharField(max_length=100, verbose_name='案号')),
                ('begun_on', models.DateField(verbose_name='受理日期')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='审结日期')),
                ('result', models.CharField(blank=True, max_length=300, verbose_name='结果')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='disclosure.disclosure', verbose_name='公示事项')),
                ('ended_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记结果的人')),
                ('entered_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '复议诉讼标注',
                'verbose_name_plural': '复议诉讼标注',
                'ordering': ['-begun_on', '-id'],
                'constraints': [models.UniqueConstraint(fields=('disclosure', 'number'), name='contest_once_of_an_item'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), models.Q(('ended_on__gte', models.F('begun_on')), models.Q(('result', ''), _negated=True)), _connector='OR'), name='contest_ends_with_a_result')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='更正日期')),
                ('code', models.CharField(max_length=40, verbose_name='项目代码')),
                ('label', models.CharField(max_length=100, verbose_name='项目')),
                ('old', models.TextField(blank=True, verbose_name='原公示内容')),
                ('new', models.TextField(blank=True, verbose_name='现公示内容')),
                ('is_private', models.BooleanField(default=False, verbose_name='原内容不再显示')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='disclosure.disclosure', verbose_name='公示事项')),
                ('objection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='objections.objection', verbose_name='异议')),
            ],
            options={
                'verbose_name': '更正说明',
                'verbose_name_plural': '更正说明',
                'ordering': ['-on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_private', False), ('old', ''), _connector='OR'), name='correction_private_is_not_kept')],
            },
        ),
        migrations.CreateModel(
            name='Objector',
            fields=[
                ('objection', models.OneToOneField(db_column='case_id', on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='objector', serialize=False, to='objections.objection')),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('capacity', models.CharField(choices=[('head', '法定代表人、负责人、经营者或者本人'), ('agent', '受委托的经办人')], max_length=10, verbose_name='身份')),
                ('phone', models.BinaryField(verbose_name='手机号（加密）')),
                ('phone_masked', models.CharField(max_length=20, verbose_name='手机号（隐去中间）')),
                ('summoned_on', models.DateField(blank=True, null=True, verbose_name='通知到窗口核验日期')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='确认身份日期')),
                ('confirmed_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核对身份的人')),
            ],
            options={
                'verbose_name': '无账户异议人',
                'verbose_name_plural': '无账户异议人',
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_on__isnull', True), ('confirmed_by__isnull', False), _connector='OR'), name='objector_confirmed_by_somebody')],
            },
        ),
        KeepHistory("objections_objector", pk="case_id"),
        KeepHistory("objections_correction"),
        KeepHistory("objections_contest"),
    ]
