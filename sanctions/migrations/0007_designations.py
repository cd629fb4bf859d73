"""What a case of listing holds beside the case itself."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_draws'),
        ('records', '0015_undoing'),
        ('sanctions', '0006_public_findings'),
    ]

    operations = [
        migrations.CreateModel(
            name='DesignationCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='designationcase', serialize=False, to='casework.case')),
                ('facts', models.TextField(verbose_name='列入事由')),
                ('basis', models.TextField(verbose_name='列入依据')),
                ('conduct_on', models.DateField(verbose_name='行为发生日期')),
                ('months', models.PositiveSmallIntegerField(blank=True, help_text='留空按名单的期限。', null=True, verbose_name='期限（月）')),
                ('measures', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='决定的措施（编码）')),
                ('measures_text', models.TextField(blank=True, verbose_name='管理措施')),
                ('exit_conditions', models.TextField(blank=True, verbose_name='移出条件和程序')),
                ('remedies', models.TextField(blank=True, verbose_name='救济途径')),
                ('post', models.CharField(blank=True, choices=[('representative', '法定代表人'), ('head', '主要负责人'), ('controller', '实际控制人'), ('responsible', '直接责任人员')], max_length=16, verbose_name='职务')),
                ('post_since', models.DateField(blank=True, null=True, verbose_name='任职起')),
                ('post_until', models.DateField(blank=True, null=True, verbose_name='任职止')),
                ('repair_number', models.CharField(blank=True, max_length=128, verbose_name='信用修复告知书文号')),
                ('repair_notice', models.TextField(blank=True, verbose_name='信用修复告知书')),
                ('repair_sha256', models.CharField(blank=True, max_length=64, verbose_name='信用修复告知书摘要')),
                ('delivered_on', models.DateField(blank=True, null=True, verbose_name='决定送达日期')),
                ('delivered_how', models.CharField(blank=True, max_length=60, verbose_name='决定送达方式')),
                ('is_open', models.BooleanField(default=True, verbose_name='办理中')),
                ('credit_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sanctions.creditlist', verbose_name='名单')),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='designation', to='sanctions.listentry', verbose_name='名单条目')),
                ('firm', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='sanctions.designationcase', verbose_name='所在单位的案件')),
                ('listed_subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='拟列入的主体')),
            ],
            options={
                'verbose_name': '名单认定',
                'verbose_name_plural': '名单认定',
                'ordering': ['-case'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('credit_list', 'listed_subject'), name='designation_one_open_of_a_list'), models.CheckConstraint(condition=models.Q(('entry__isnull', True), models.Q(models.Q(('repair_notice', ''), _negated=True), models.Q(('repair_number', ''), _negated=True), models.Q(('repair_sha256', ''), _negated=True)), _connector='OR'), name='designation_both_papers', violation_error_message='决定书与信用修复告知书应同时制发。'), models.CheckConstraint(condition=models.Q(('delivered_on__isnull', True), ('entry__isnull', False), _connector='OR'), name='designation_delivered_what_was_decided'), models.CheckConstraint(condition=models.Q(('firm__isnull', True), models.Q(models.Q(('post', ''), _negated=True), ('post_since__isnull', False), ('post_since__lte', models.F('conduct_on')), models.Q(('post_until__isnull', True), ('post_until__gte', models.F('conduct_on')), _connector='OR')), _connector='OR'), name='designation_person_as_of_the_conduct', violation_error_message='责任人员应在行为发生时任职。')],
            },
        ),
        KeepHistory('sanctions_designationcase', pk='case_id'),
    ]
