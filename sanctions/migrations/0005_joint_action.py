"""Joint actions, the tasks of departments, their lines, the liftings."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_triggers'),
        ('accounts', '0005_second_factor'),
        ('casework', '0002_history'),
        ('sanctions', '0004_measures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Lifting',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='lifting', serialize=False, to='casework.case')),
                ('ended_on', models.DateField(verbose_name='解除事由发生日期')),
                ('way', models.CharField(blank=True, help_text='名单移出方式；留空为措施期限届满。', max_length=10, verbose_name='解除事由')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='解除情况')),
            ],
            options={
                'verbose_name': '联合奖惩解除',
                'verbose_name_plural': '联合奖惩解除',
            },
        ),
        migrations.CreateModel(
            name='JointAction',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='jointaction', serialize=False, to='casework.case')),
                ('reason', models.CharField(max_length=300, verbose_name='发起事由')),
                ('place', models.BigIntegerField(default=0, verbose_name='推送到')),
                ('credit_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sanctions.creditlist', verbose_name='名单')),
            ],
            options={
                'verbose_name': '联合奖惩',
                'verbose_name_plural': '联合奖惩',
            },
        ),
        migrations.CreateModel(
            name='JointTask',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='jointtask', serialize=False, to='casework.case')),
                ('refusal', models.CharField(blank=True, max_length=500, verbose_name='拒绝理由')),
                ('ruling', models.CharField(blank=True, max_length=500, verbose_name='市信用办意见')),
                ('accepted_on', models.DateField(blank=True, null=True, verbose_name='接受日期')),
                ('reported_on', models.DateField(blank=True, null=True, verbose_name='提交反馈日期')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='sanctions.jointaction', verbose_name='联合奖惩')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='执行单位')),
            ],
            options={
                'verbose_name': '联合奖惩任务',
                'verbose_name_plural': '联合奖惩任务',
            },
        ),
        migrations.CreateModel(
            name='JointItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('todo', '待执行'), ('taken', '已执行'), ('not_taken', '未执行'), ('dropped', '无需执行'), ('lifting', '待解除'), ('lifted', '已解除')], default='todo', max_length=12, verbose_name='执行情况')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='执行日期')),
                ('document_number', models.CharField(blank=True, max_length=128, verbose_name='执行文书号')),
                ('until', models.DateField(blank=True, null=True, verbose_name='措施截止日期')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='填报时间')),
                ('lifted_on', models.DateField(blank=True, null=True, verbose_name='解除日期')),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='joint_items', to='sanctions.listentry', verbose_name='名单条目')),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sanctions.measureentry', verbose_name='措施')),
                ('settled_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填报人')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='sanctions.jointtask', verbose_name='任务')),
                ('lifting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='sanctions.lifting', verbose_name='解除')),
            ],
            options={
                'verbose_name': '联合奖惩措施执行',
                'verbose_name_plural': '联合奖惩措施执行',
                'ordering': ['task', 'entry', 'id'],
            },
        ),
        migrations.CreateModel(
            name='JointTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='sanctions.jointaction')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sanctions.listentry', verbose_name='名单条目')),
            ],
            options={
                'verbose_name': '联合奖惩对象',
                'verbose_name_plural': '联合奖惩对象',
                'constraints': [models.UniqueConstraint(fields=('action', 'entry'), name='joint_target_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='jointtask',
            constraint=models.UniqueConstraint(fields=('action', 'department'), name='joint_task_one_a_department'),
        ),
        migrations.AddIndex(
            model_name='jointitem',
            index=models.Index(fields=['task', 'state'], name='joint_item_of_task'),
        ),
        migrations.AddIndex(
            model_name='jointitem',
            index=models.Index(fields=['entry', 'state'], name='joint_item_of_entry'),
        ),
        migrations.AddIndex(
            model_name='jointitem',
            index=models.Index(condition=models.Q(('state', 'taken')), fields=['until', 'id'], name='joint_item_to_lift'),
        ),
        migrations.AddConstraint(
            model_name='jointitem',
            constraint=models.UniqueConstraint(fields=('task', 'entry', 'measure'), name='joint_item_once'),
        ),
        migrations.AddConstraint(
            model_name='jointitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['taken', 'lifting', 'lifted']), _negated=True), ('done_on__isnull', False), _connector='OR'), name='joint_item_taken_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='jointitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_taken'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='joint_item_left_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='jointitem',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('done_on__isnull', True), ('until__gte', models.F('done_on')), _connector='OR'), name='joint_item_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='jointitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['lifting', 'lifted']), _negated=True), ('lifting__isnull', False), _connector='OR'), name='joint_item_lifted_by_a_case'),
        ),
        migrations.AddConstraint(
            model_name='jointitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'lifted'), _negated=True), ('lifted_on__isnull', False), _connector='OR'), name='joint_item_lifted_on_a_day'),
        ),
        KeepHistory("sanctions_jointaction", pk="case_id", quiet=["place"]),
        KeepHistory("sanctions_jointtask", pk="case_id"),
        KeepHistory("sanctions_lifting", pk="case_id"),
        KeepHistory("sanctions_jointitem"),
        AppendOnly("sanctions_jointtarget"),
    ]
