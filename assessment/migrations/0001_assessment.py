"""Tasks of the plan and what is done about them, sheets of months, articles."""


import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0006_paused_sharing'),
        ('casework', '0003_draws'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EvidenceCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='evidencecase', serialize=False, to='casework.case')),
                ('for_due', models.DateField(blank=True, null=True, verbose_name='对应的期限')),
                ('done_on', models.DateField(verbose_name='完成日期')),
                ('text', models.TextField(verbose_name='落实情况')),
                ('document', models.CharField(blank=True, max_length=200, verbose_name='文件名称和文号')),
                ('link', models.CharField(blank=True, max_length=300, verbose_name='公开网址')),
                ('refuted_on', models.DateField(blank=True, null=True, verbose_name='抽查不实日期')),
            ],
            options={
                'verbose_name': '任务落实情况',
                'verbose_name_plural': '任务落实情况',
                'ordering': ['-case'],
            },
        ),
        migrations.CreateModel(
            name='Number',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(choices=[('reporting', '双公示上报率'), ('timeliness', '双公示及时率'), ('compliance', '双公示合规率'), ('letters', '信用承诺归集率'), ('reviews', '承诺复核按期率'), ('checks', '信用核查覆盖率'), ('joint', '联合奖惩反馈率'), ('repair', '信用修复按期率'), ('objections', '异议处理按期率'), ('inspections', '双随机完成率'), ('results', '检查结果公示及时率'), ('tasks', '任务落实率')], max_length=20, verbose_name='指标')),
                ('points', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='权重')),
                ('met', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='完成的事项')),
                ('missed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='未完成的事项')),
                ('late', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='其中上月以前补报的')),
            ],
            options={
                'verbose_name': '考核数字',
                'verbose_name_plural': '考核数字',
                'ordering': ['sheet', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ArticleCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='articlecase', serialize=False, to='casework.case')),
                ('kind', models.CharField(choices=[('policy', '政策法规'), ('explanation', '政策解读'), ('notice', '通知公告')], max_length=12, verbose_name='栏目')),
                ('title', models.CharField(max_length=100, verbose_name='标题')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='发文机关和文号')),
                ('text', models.TextField(verbose_name='正文')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='发布日期')),
            ],
            options={
                'verbose_name': '政策文章',
                'verbose_name_plural': '政策文章',
                'ordering': ['-case'],
                'indexes': [models.Index(condition=models.Q(('published_on__isnull', False)), fields=['-published_on', '-case'], name='article_newest')],
            },
        ),
        migrations.CreateModel(
            name='ContestCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='contestcase', serialize=False, to='casework.case')),
                ('refs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='有异议的事项')),
                ('text', models.TextField(verbose_name='事实和理由')),
                ('upheld', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='成立的事项')),
                ('is_open', models.BooleanField(default=True, verbose_name='办理中')),
                ('number', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='assessment.number', verbose_name='考核数字')),
            ],
            options={
                'verbose_name': '考核数字申诉',
                'verbose_name_plural': '考核数字申诉',
                'ordering': ['-case'],
            },
        ),
        migrations.CreateModel(
            name='SchemeCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='schemecase', serialize=False, to='casework.case')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
                ('valid_from', models.DateField(help_text='某月1日。', verbose_name='施行日期')),
                ('small', models.PositiveSmallIntegerField(default=10, help_text='不足此数的标注，样本小的单位单列。', verbose_name='小样本界限')),
                ('freeze_days', models.PositiveSmallIntegerField(default=5, verbose_name='月后几日冻结（自然日）')),
                ('contest_days', models.PositiveSmallIntegerField(default=5, verbose_name='申诉期限（工作日）')),
                ('floor', models.DecimalField(decimal_places=1, default=Decimal('10'), max_digits=4, verbose_name='扣分上限')),
                ('cap', models.DecimalField(decimal_places=1, default=Decimal('5'), max_digits=4, verbose_name='加分上限')),
            ],
            options={
                'verbose_name': '考核方案',
                'verbose_name_plural': '考核方案',
                'ordering': ['-case'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__day', 1)), name='assessment_scheme_from_a_first'), models.CheckConstraint(condition=models.Q(('cap__gte', 0), ('floor__gte', 0)), name='assessment_scheme_limits')],
            },
        ),
        migrations.CreateModel(
            name='Month',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField(unique=True, verbose_name='月份')),
                ('frozen_on', models.DateField(verbose_name='冻结日期')),
                ('frozen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='冻结时间')),
                ('contest_until', models.DateField(verbose_name='申诉截止日期（含当日）')),
                ('frozen_by', models.ForeignKey(blank=True, help_text='空为平台定时冻结。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='冻结人')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='months', to='assessment.schemecase', verbose_name='考核方案')),
            ],
            options={
                'verbose_name': '考核月份',
                'verbose_name_plural': '考核月份',
                'ordering': ['-first'],
            },
        ),
        migrations.CreateModel(
            name='SchemeLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(choices=[('reporting', '双公示上报率'), ('timeliness', '双公示及时率'), ('compliance', '双公示合规率'), ('letters', '信用承诺归集率'), ('reviews', '承诺复核按期率'), ('checks', '信用核查覆盖率'), ('joint', '联合奖惩反馈率'), ('repair', '信用修复按期率'), ('objections', '异议处理按期率'), ('inspections', '双随机完成率'), ('results', '检查结果公示及时率'), ('tasks', '任务落实率')], max_length=20, verbose_name='指标')),
                ('points', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='权重')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='assessment.schemecase', verbose_name='考核方案')),
            ],
            options={
                'verbose_name': '考核指标权重',
                'verbose_name_plural': '考核指标权重',
                'ordering': ['scheme', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='版本')),
                ('contest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made', to='assessment.contestcase', verbose_name='更正依据')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='单位')),
                ('month', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='assessment.month', verbose_name='月份')),
            ],
            options={
                'verbose_name': '考核表',
                'verbose_name_plural': '考核表',
                'ordering': ['month', 'department__code', 'version'],
            },
        ),
        migrations.AddField(
            model_name='number',
            name='sheet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numbers', to='assessment.sheet', verbose_name='考核表'),
        ),
        migrations.CreateModel(
            name='SpotCheckCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='spotcheckcase', serialize=False, to='casework.case')),
                ('result', models.CharField(blank=True, choices=[('true', '属实'), ('untrue', '不实')], max_length=8, verbose_name='核查结果')),
                ('finding', models.TextField(blank=True, verbose_name='核查情况')),
                ('draw', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spot_checks', to='casework.draw', verbose_name='随机抽取')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spot_checks', to='assessment.evidencecase', verbose_name='落实情况')),
            ],
            options={
                'verbose_name': '任务落实抽查',
                'verbose_name_plural': '任务落实抽查',
                'ordering': ['-case'],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=8, verbose_name='序号')),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('title', models.CharField(max_length=200, verbose_name='任务')),
                ('lead', models.CharField(blank=True, max_length=200, verbose_name='牵头单位')),
                ('responsible', models.CharField(blank=True, max_length=200, verbose_name='责任单位')),
                ('basis', models.CharField(max_length=100, verbose_name='依据')),
                ('issued_on', models.DateField(verbose_name='印发日期')),
                ('due', models.CharField(choices=[('once', '一次完成'), ('monthly', '按月报送'), ('yearly', '按年报送'), ('within', '印发后限期'), ('ongoing', '持续推进'), ('by_province', '按照省部署')], default='ongoing', max_length=12, verbose_name='期限种类')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('days', models.PositiveSmallIntegerField(default=0, help_text='自然日，遇休息日不顺延。', verbose_name='印发后天数')),
                ('continues', models.BooleanField(default=False, verbose_name='完成后持续推进')),
                ('indicator', models.CharField(blank=True, max_length=20, verbose_name='对应的考核指标')),
            ],
            options={
                'verbose_name': '方案任务',
                'verbose_name_plural': '方案任务',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('basis', 'number'), name='task_number_of_a_plan'), models.CheckConstraint(condition=models.Q(models.Q(('due__in', ['once', 'yearly']), _negated=True), ('due_on__isnull', False), _connector='OR'), name='task_once_on_a_day', violation_error_message='一次完成、按年报送的任务应当有期限。')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='文件名称')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='文号')),
                ('state', models.CharField(choices=[('planned', '拟制定'), ('issued', '已印发'), ('repealed', '已废止')], default='planned', max_length=8, verbose_name='状态')),
                ('planned_on', models.DateField(verbose_name='计划印发日期')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='印发日期')),
                ('repealed_on', models.DateField(blank=True, null=True, verbose_name='废止日期')),
                ('link', models.CharField(blank=True, max_length=300, verbose_name='公开网址')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='单位')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='assessment.task', verbose_name='对应任务')),
            ],
            options={
                'verbose_name': '制度文件',
                'verbose_name_plural': '制度文件',
                'ordering': ['department__code', 'task__position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TaskAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leads', models.BooleanField(default=False, verbose_name='牵头')),
                ('due', models.CharField(blank=True, choices=[('once', '一次完成'), ('monthly', '按月报送'), ('yearly', '按年报送'), ('within', '印发后限期'), ('ongoing', '持续推进'), ('by_province', '按照省部署')], max_length=12, verbose_name='期限种类')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('valid_from', models.DateField(verbose_name='起始日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='终止日期')),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='分派人')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='单位')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='assessment.task', verbose_name='任务')),
            ],
            options={
                'verbose_name': '任务分工',
                'verbose_name_plural': '任务分工',
                'ordering': ['task__position', 'department__code'],
            },
        ),
        migrations.AddField(
            model_name='evidencecase',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='assessment.taskassignment', verbose_name='任务分工'),
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('leader', '分管领导'), ('staff', '专职工作人员')], max_length=8, verbose_name='类别')),
                ('name', models.CharField(max_length=50, verbose_name='姓名')),
                ('post', models.CharField(max_length=60, verbose_name='职务')),
                ('phone', models.CharField(max_length=30, verbose_name='办公电话')),
                ('valid_from', models.DateField(verbose_name='起始日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='终止日期')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='单位')),
            ],
            options={
                'verbose_name': '联系人',
                'verbose_name_plural': '联系人',
                'ordering': ['department__code', 'kind', '-valid_from'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('department', 'kind'), name='contact_one_of_a_kind'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='contact_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='CircularCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='circularcase', serialize=False, to='casework.case')),
                ('title', models.CharField(max_length=100, verbose_name='标题')),
                ('text', models.TextField(verbose_name='正文')),
                ('figures', models.JSONField(blank=True, default=list, verbose_name='印发时的数字')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='文件摘要（SHA-256）')),
                ('certificate', models.TextField(blank=True, verbose_name='签章证书')),
                ('issued_at', models.DateTimeField(blank=True, null=True, verbose_name='印发时间')),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='assessment.circularcase', verbose_name='更正的通报')),
                ('month', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circulars', to='assessment.month', verbose_name='月份')),
            ],
            options={
                'verbose_name': '考核通报',
                'verbose_name_plural': '考核通报',
                'ordering': ['-case'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('issued_at__isnull', True)), models.Q(('issued_at__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='circular_issued_with_its_file')],
            },
        ),
        migrations.CreateModel(
            name='AdjustmentCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='adjustmentcase', serialize=False, to='casework.case')),
                ('ground', models.CharField(choices=[('concealed', '瞒报（扣分）'), ('personal', '违规公示个人信息（扣分）'), ('wrong_repair', '错误修复（扣分）'), ('innovation', '创新经验（加分）')], max_length=12, verbose_name='事由')),
                ('points', models.DecimalField(decimal_places=1, max_digits=3, verbose_name='分值')),
                ('text', models.TextField(verbose_name='事实')),
                ('document', models.CharField(max_length=128, verbose_name='认定文书号')),
                ('month', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='assessment.month', verbose_name='月份')),
            ],
            options={
                'verbose_name': '考核加减分',
                'verbose_name_plural': '考核加减分',
                'ordering': ['-case'],
                'constraints': [models.CheckConstraint(condition=models.Q(('points__gt', 0), ('points__lte', 10)), name='adjustment_of_some_points')],
            },
        ),
        migrations.AddConstraint(
            model_name='contestcase',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('number',), name='contest_one_open_a_number'),
        ),
        migrations.AddConstraint(
            model_name='contestcase',
            constraint=models.CheckConstraint(condition=models.Q(('refs__len__gt', 0)), name='contest_of_some_row'),
        ),
        migrations.AddConstraint(
            model_name='contestcase',
            constraint=models.CheckConstraint(condition=models.Q(('upheld__contained_by', models.F('refs'))), name='contest_upholds_what_was_contested'),
        ),
        migrations.AddConstraint(
            model_name='month',
            constraint=models.CheckConstraint(condition=models.Q(('first__day', 1)), name='assessed_month_from_its_first'),
        ),
        migrations.AddConstraint(
            model_name='month',
            constraint=models.CheckConstraint(condition=models.Q(('frozen_on__gt', models.F('first'))), name='assessed_month_frozen_after'),
        ),
        migrations.AddConstraint(
            model_name='schemeline',
            constraint=models.UniqueConstraint(fields=('scheme', 'indicator'), name='scheme_line_once'),
        ),
        migrations.AddConstraint(
            model_name='schemeline',
            constraint=models.CheckConstraint(condition=models.Q(('points__gt', 0)), name='scheme_line_weighs'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.UniqueConstraint(fields=('month', 'department', 'version'), name='sheet_version_once'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contest__isnull', True), ('version', 1)), models.Q(('contest__isnull', False), ('version__gt', 1)), _connector='OR'), name='sheet_version_by_a_contest'),
        ),
        migrations.AddConstraint(
            model_name='number',
            constraint=models.UniqueConstraint(fields=('sheet', 'indicator'), name='assessed_number_once'),
        ),
        migrations.AddConstraint(
            model_name='spotcheckcase',
            constraint=models.UniqueConstraint(fields=('evidence', 'draw'), name='spot_check_once_a_draw'),
        ),
        migrations.AddConstraint(
            model_name='spotcheckcase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result', 'untrue'), _negated=True), models.Q(('finding', ''), _negated=True), _connector='OR'), name='spot_check_untrue_with_a_finding'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'planned'), models.Q(('issued_on__isnull', False), models.Q(('number', ''), _negated=True)), _connector='OR'), name='document_issued_with_a_number', violation_error_message='已印发的，请填写文号和印发日期。'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'repealed'), _negated=True), ('repealed_on__gte', models.F('issued_on')), _connector='OR'), name='document_repealed_after_it_was_issued'),
        ),
        migrations.AddConstraint(
            model_name='taskassignment',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('task', 'department'), name='assignment_one_a_department'),
        ),
        migrations.AddConstraint(
            model_name='taskassignment',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='assignment_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='taskassignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due__in', ['once', 'yearly']), _negated=True), ('due_on__isnull', False), _connector='OR'), name='assignment_once_on_a_day'),
        ),
        migrations.AddIndex(
            model_name='evidencecase',
            index=models.Index(fields=['assignment', 'for_due'], name='evidence_of_assignment'),
        ),
    ]
