"""Lists as rows with days in force, and the entries that stand on them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0005_second_factor'),
        ('casework', '0002_history'),
        ('records', '0015_undoing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CreditList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='编码')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('short_name', models.CharField(help_text='核对期限的表格（explain_periods）用它指明名单。', max_length=30, verbose_name='简称')),
                ('nature', models.CharField(choices=[('serious', '严重失信主体名单'), ('abnormal', '经营异常名录（状态）'), ('red', '守信激励名单'), ('watch', '重点关注名单')], max_length=8, verbose_name='性质')),
                ('field', models.CharField(max_length=60, verbose_name='领域')),
                ('authority', models.CharField(max_length=100, verbose_name='认定机关')),
                ('authority_level', models.CharField(choices=[('state', '国家'), ('province', '省级以上'), ('city', '设区的市级以上'), ('county', '县级以上'), ('court', '人民法院')], max_length=8, verbose_name='认定层级')),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='设立依据')),
                ('basis_rank', models.CharField(blank=True, choices=[('law', '法律'), ('regulation', '行政法规'), ('central', '党中央、国务院文件'), ('judicial', '司法解释'), ('local', '地方性法规'), ('rule', '部门规章'), ('policy', '规范性文件')], max_length=10, verbose_name='依据位阶')),
                ('standard_at', models.CharField(blank=True, max_length=200, verbose_name='认定标准公布处')),
                ('consultation_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='公开征求意见（日）')),
                ('review_due', models.DateField(blank=True, null=True, verbose_name='下一次评估日期')),
                ('term_months', models.PositiveSmallIntegerField(blank=True, help_text='留空为无固定期限。', null=True, verbose_name='期限（月）')),
                ('term_from', models.CharField(choices=[('listing', '列入之日'), ('publication', '公布之日')], default='listing', max_length=12, verbose_name='期限起算')),
                ('may_exit', models.BooleanField(default=False, verbose_name='可以提前移出')),
                ('exit_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='满几个月可申请提前移出')),
                ('exit_from', models.CharField(choices=[('start', '与期限相同'), ('performed', '纠正、履行之日')], default='start', max_length=10, verbose_name='提前移出起算')),
                ('exit_conditions', models.CharField(blank=True, max_length=500, verbose_name='移出条件和程序')),
                ('publication', models.CharField(choices=[('public', '社会公开'), ('shared', '政务共享')], max_length=8, verbose_name='公开属性')),
                ('published_what', models.CharField(blank=True, max_length=300, verbose_name='公示内容')),
                ('persons', models.CharField(choices=[('never', '自然人不公示'), ('masked', '自然人遮盖姓名后公示')], default='never', max_length=8, verbose_name='自然人')),
                ('lists_responsible', models.BooleanField(default=False, verbose_name='可以一并列入责任人员')),
                ('conflict_note', models.CharField(blank=True, max_length=500, verbose_name='规则冲突说明')),
                ('certainty', models.CharField(blank=True, max_length=200, verbose_name='依据确定程度')),
                ('valid_from', models.DateField(blank=True, help_text='留空为尚未在本市施行。', null=True, verbose_name='施行日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='废止日期')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='次序')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='本市牵头单位')),
            ],
            options={
                'verbose_name': '名单',
                'verbose_name_plural': '名单',
                'ordering': ['position', 'code', 'valid_from'],
            },
        ),
        migrations.CreateModel(
            name='ListEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document_number', models.CharField(max_length=128, verbose_name='列入决定文书号')),
                ('entered_on', models.DateField(verbose_name='列入日期')),
                ('starts_on', models.DateField(verbose_name='期限起算日')),
                ('months', models.PositiveSmallIntegerField(blank=True, help_text='留空按名单的期限。', null=True, verbose_name='决定的期限（月）')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='期限届满日')),
                ('performed_on', models.DateField(blank=True, null=True, verbose_name='纠正、履行完毕日期')),
                ('attached_until', models.DateField(blank=True, null=True, verbose_name='所附禁止、限制期限至')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='移出日期')),
                ('ended_way', models.CharField(blank=True, choices=[('term', '期满移出'), ('early', '提前移出'), ('repair', '信用修复'), ('annulled', '决定撤销'), ('wrong', '错误列入更正'), ('source', '来源单位移出'), ('displaced', '因列入严重失信主体名单取消'), ('undone', '导入已撤回')], max_length=10, verbose_name='移出方式')),
                ('ended_document', models.CharField(blank=True, max_length=128, verbose_name='移出文书号')),
                ('ended_why', models.CharField(blank=True, max_length=300, verbose_name='移出原因')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='更新时间')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='list_entries', to='casework.case', verbose_name='认定案件')),
                ('credit_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='sanctions.creditlist', verbose_name='名单')),
                ('end_asked_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出移出的人')),
                ('end_confirmed_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认移出的人')),
                ('named_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='sanctions.listentry', verbose_name='随何者列入')),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='listentry', to='records.creditrecord', verbose_name='信用记录')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
            ],
            options={
                'verbose_name': '名单条目',
                'verbose_name_plural': '名单条目',
                'ordering': ['-entered_on', '-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='creditlist',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('code',), name='list_one_present_rule'),
        ),
        migrations.AddConstraint(
            model_name='creditlist',
            constraint=models.UniqueConstraint(fields=('code', 'valid_from'), name='list_rule_begins_once'),
        ),
        migrations.AddConstraint(
            model_name='creditlist',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), models.Q(models.Q(('basis', ''), _negated=True), models.Q(('basis_rank', ''), _negated=True), models.Q(('standard_at', ''), _negated=True), ('review_due__isnull', False)), _connector='OR'), name='list_in_force_is_grounded', violation_error_message='没有依据及其位阶、已公布的认定标准和评估日期的名单不能施行。'),
        ),
        migrations.AddConstraint(
            model_name='creditlist',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), models.Q(('nature', 'serious'), _negated=True), models.Q(models.Q(('basis_rank', 'policy'), _negated=True), ('consultation_days__gte', 30), ('consultation_days__isnull', False)), _connector='OR'), name='list_serious_by_law_and_consulted', violation_error_message='严重失信主体名单应依法设立，认定标准应公开征求意见不少于三十日。'),
        ),
        migrations.AddConstraint(
            model_name='creditlist',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), models.Q(('valid_from__isnull', False), ('valid_until__gte', models.F('valid_from'))), _connector='OR'), name='list_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='creditlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('nature', 'watch'), _negated=True), ('publication', 'shared'), _connector='OR'), name='list_watch_is_never_public'),
        ),
        migrations.AddConstraint(
            model_name='creditlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication', 'shared'), _negated=True), ('persons', 'never'), _connector='OR'), name='list_shared_shows_nobody'),
        ),
        migrations.AddIndex(
            model_name='listentry',
            index=models.Index(fields=['subject', 'credit_list'], name='entry_of_subject'),
        ),
        migrations.AddIndex(
            model_name='listentry',
            index=models.Index(fields=['credit_list', '-entered_on', '-id'], name='entry_newest_of_list'),
        ),
        migrations.AddIndex(
            model_name='listentry',
            index=models.Index(condition=models.Q(('ended_on__isnull', True)), fields=['ends_on', 'id'], name='entry_to_end'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('ended_way', '')), models.Q(('ended_on__isnull', False), models.Q(('ended_way', ''), _negated=True)), _connector='OR'), name='entry_ended_in_a_way'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__gte', models.F('entered_on'))), name='entry_starts_when_listed'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='entry_ends_after_its_start'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('entered_on')), _connector='OR'), name='entry_ended_after_listing'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_way__in', ['annulled', 'early', 'repair', 'wrong']), _negated=True), models.Q(('end_asked_by__isnull', False), ('end_confirmed_by__isnull', False), models.Q(('end_asked_by', models.F('end_confirmed_by')), _negated=True), models.Q(('ended_document', ''), _negated=True)), _connector='OR'), name='entry_lowered_by_two_with_a_document', violation_error_message='提前移出应有文书，并由两人办理。'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('named_with__isnull', True), ('case__isnull', False), _connector='OR'), name='entry_person_named_by_a_decision'),
        ),
    ]
