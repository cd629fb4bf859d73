"""Objections beside their cases, and the rules of what is hidden while a source is silent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0002_history'),
        ('disclosure', '0020_marks'),
        ('objections', '0001_clock_profiles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SuppressionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24, verbose_name='信息种类')),
                ('suppress', models.BooleanField(default=False, verbose_name='来源逾期未核实时暂停展示')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('valid_from', models.DateField(verbose_name='施行日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='失效日期')),
            ],
            options={
                'verbose_name': '异议逾期展示规则',
                'verbose_name_plural': '异议逾期展示规则',
                'ordering': ['kind', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'valid_from'), name='suppression_once_a_day'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='suppression_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='objection', serialize=False, to='casework.case')),
                ('about', models.CharField(choices=[('content', '公示内容'), ('period', '公示期限'), ('repair', '信用修复结果')], default='content', max_length=10, verbose_name='异议事项')),
                ('field', models.CharField(blank=True, max_length=40, verbose_name='项目代码')),
                ('label', models.CharField(blank=True, max_length=100, verbose_name='项目')),
                ('shown_value', models.TextField(blank=True, verbose_name='公示的内容')),
                ('claimed', models.TextField(verbose_name='应当是')),
                ('grounds', models.TextField(verbose_name='理由')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='事实摘要')),
                ('profile', models.CharField(max_length=20, verbose_name='时限方案')),
                ('filed_on', models.DateField(verbose_name='提交日期')),
                ('accepted_on', models.DateField(blank=True, null=True, verbose_name='受理日期')),
                ('asked_for', models.CharField(blank=True, max_length=500, verbose_name='要求补正')),
                ('forwarded_on', models.DateField(blank=True, null=True, verbose_name='转办日期')),
                ('is_extended', models.BooleanField(default=False, verbose_name='已延长')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='核实反馈日期')),
                ('finding', models.CharField(blank=True, choices=[('wrong', '确有错误'), ('right', '信息无误'), ('unclear', '无法核实')], max_length=10, verbose_name='核实结论')),
                ('source_text', models.TextField(blank=True, verbose_name='核实情况')),
                ('unverified_since', models.DateField(blank=True, null=True, verbose_name='逾期未核实自')),
                ('outcome', models.CharField(blank=True, choices=[('corrected', '已更正'), ('stopped', '公示期已满，停止公示'), ('withdrawn', '撤回公示'), ('upheld', '维持'), ('unclear', '未能核实，双方说法并存')], max_length=10, verbose_name='答复')),
                ('answer', models.TextField(blank=True, verbose_name='答复内容')),
                ('appeal_until', models.DateField(blank=True, null=True, verbose_name='可申请复核至')),
                ('appeal_reasons', models.TextField(blank=True, verbose_name='复核理由')),
                ('appealed_on', models.DateField(blank=True, null=True, verbose_name='申请复核日期')),
                ('settled_outcome', models.CharField(blank=True, choices=[('corrected', '已更正'), ('stopped', '公示期已满，停止公示'), ('withdrawn', '撤回公示'), ('upheld', '维持'), ('unclear', '未能核实，双方说法并存')], max_length=10, verbose_name='复核结论')),
                ('settlement', models.TextField(blank=True, verbose_name='复核答复')),
                ('is_open', models.BooleanField(default=True, verbose_name='办理中')),
                ('accepted_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='受理人')),
                ('answered_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核实人')),
                ('answered_to_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subject_objections', to='disclosure.disclosure', verbose_name='公示事项')),
                ('settled_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人')),
            ],
            options={
                'verbose_name': '异议',
                'verbose_name_plural': '异议',
                'ordering': ['-case'],
                'indexes': [models.Index(fields=['fingerprint', '-case'], name='objection_same_facts')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('fingerprint',), name='objection_one_open_of_the_same_facts'), models.CheckConstraint(condition=models.Q(('answered_to_by__isnull', True), ('accepted_by__isnull', True), models.Q(('answered_to_by', models.F('accepted_by')), _negated=True), _connector='OR'), name='objection_answered_by_a_second_person', violation_error_message='答复人不得是受理人。'), models.CheckConstraint(condition=models.Q(('answered_to_by__isnull', True), models.Q(('answered_to_by', models.F('answered_by')), _negated=True), _connector='OR'), name='objection_source_does_not_answer', violation_error_message='核实人不得作出答复。'), models.CheckConstraint(condition=models.Q(('settled_by__isnull', True), models.Q(models.Q(('settled_by', models.F('answered_to_by')), _negated=True), models.Q(('accepted_by__isnull', True), models.Q(('settled_by', models.F('accepted_by')), _negated=True), _connector='OR')), _connector='OR'), name='objection_settled_by_a_third_person', violation_error_message='复核人不得是受理人或者答复人。'), models.CheckConstraint(condition=models.Q(('outcome', ''), models.Q(('answer', ''), _negated=True), _connector='OR'), name='objection_answered_with_reasons')],
            },
        ),
    ]
