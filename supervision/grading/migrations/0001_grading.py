"""Schemes, fields, tiers; grades as received; versions of our own model and the grades that they give."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('records', '0016_document_issuer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GradeScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='方案编码')),
                ('name', models.CharField(max_length=100, verbose_name='评价方案')),
                ('owner', models.CharField(max_length=100, verbose_name='评价机关')),
                ('source', models.CharField(choices=[('sector', '行业信用评价'), ('risk', '企业信用风险分类'), ('province', '省级分级'), ('own', '本市模型'), ('nation', '公共信用综合评价')], max_length=8, verbose_name='来源')),
                ('scale', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None, verbose_name='等级（由好到差）')),
                ('public_grades', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, help_text='留空为不公开；有的方案只公开最好的等级。', size=None, verbose_name='可以公开的等级')),
                ('months', models.PositiveSmallIntegerField(blank=True, help_text='来件没有写明有效期时适用。', null=True, verbose_name='有效期（月）')),
                ('rank', models.PositiveSmallIntegerField(help_text='确定监管等次时，小的先用。', verbose_name='适用次序')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('certainty', models.CharField(blank=True, max_length=200, verbose_name='依据确定程度')),
                ('valid_from', models.DateField(verbose_name='施行日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='停用日期')),
            ],
            options={
                'verbose_name': '评价方案',
                'verbose_name_plural': '评价方案',
                'ordering': ['rank', 'code', 'valid_from'],
            },
        ),
        migrations.CreateModel(
            name='GradingModel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版本号')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('base', models.DecimalField(decimal_places=2, default=Decimal('100'), max_digits=8, verbose_name='基准分')),
                ('least', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=8, verbose_name='最低分')),
                ('most', models.DecimalField(decimal_places=2, default=Decimal('120'), max_digits=8, verbose_name='最高分')),
                ('places', models.PositiveSmallIntegerField(default=0, verbose_name='小数位数')),
                ('rounding', models.CharField(choices=[('half_up', '四舍五入'), ('down', '舍去尾数')], default='half_up', max_length=8, verbose_name='取整方式')),
                ('state', models.CharField(choices=[('draft', '编制中'), ('tried', '已试算'), ('proposed', '待采用'), ('adopted', '使用中'), ('retired', '已停用'), ('discarded', '已作废')], default='draft', max_length=10, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='修改次数')),
                ('drawn_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='编制时间')),
                ('proposed_at', models.DateTimeField(blank=True, null=True, verbose_name='提请时间')),
                ('adopted_at', models.DateTimeField(blank=True, null=True, verbose_name='采用时间')),
                ('adopted_why', models.CharField(blank=True, max_length=500, verbose_name='采用理由')),
                ('retired_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
                ('adopted_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='采用的人')),
                ('drawn_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='编制人')),
                ('proposed_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提请采用的人')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='grading.gradescheme', verbose_name='评价方案')),
            ],
            options={
                'verbose_name': '分级模型',
                'verbose_name_plural': '分级模型',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Grade',
            fields=[
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='grade', serialize=False, to='records.subject', verbose_name='主体')),
                ('subject_kind', models.CharField(max_length=12, verbose_name='主体类别')),
                ('grade', models.CharField(max_length=20, verbose_name='等级')),
                ('score', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='得分')),
                ('parts', models.JSONField(default=list, verbose_name='各项')),
                ('direct', models.JSONField(default=list, verbose_name='直接认定')),
                ('before', models.CharField(blank=True, default='', max_length=20, verbose_name='上一等级')),
                ('since', models.DateField(verbose_name='等级起始日期')),
                ('computed_on', models.DateField(verbose_name='计算日期')),
                ('computed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='计算时间')),
                ('model', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='grades', to='grading.gradingmodel', verbose_name='模型')),
            ],
            options={
                'verbose_name': '监管等级',
                'verbose_name_plural': '监管等级',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='DirectRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, verbose_name='编码')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None, verbose_name='信息种类')),
                ('severities', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name='失信严重程度')),
                ('field', models.CharField(blank=True, max_length=40, verbose_name='数据项')),
                ('values', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, default=list, size=None, verbose_name='取值')),
                ('months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='计算期（月）')),
                ('in_force', models.BooleanField(default=False, verbose_name='只计有效期内的')),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='依据')),
                ('grade', models.CharField(max_length=20, verbose_name='等级')),
                ('model', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='grading.gradingmodel', verbose_name='模型')),
            ],
            options={
                'verbose_name': '直接认定',
                'verbose_name_plural': '直接认定',
                'ordering': ['code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Band',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade', models.CharField(max_length=20, verbose_name='等级')),
                ('lowest', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='最低分')),
                ('highest', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='最高分')),
                ('model', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bands', to='grading.gradingmodel', verbose_name='模型')),
            ],
            options={
                'verbose_name': '分数段',
                'verbose_name_plural': '分数段',
                'ordering': ['-highest'],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, verbose_name='编码')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None, verbose_name='信息种类')),
                ('severities', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name='失信严重程度')),
                ('field', models.CharField(blank=True, max_length=40, verbose_name='数据项')),
                ('values', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, default=list, size=None, verbose_name='取值')),
                ('months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='计算期（月）')),
                ('in_force', models.BooleanField(default=False, verbose_name='只计有效期内的')),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='依据')),
                ('points', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='每条分值')),
                ('weight', models.DecimalField(decimal_places=2, default=Decimal('1'), max_digits=5, verbose_name='权重')),
                ('cap', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name='上限（分）')),
                ('model', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='grading.gradingmodel', verbose_name='模型')),
            ],
            options={
                'verbose_name': '指标',
                'verbose_name_plural': '指标',
                'ordering': ['code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReceivedGrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='记录版本')),
                ('subject_kind', models.CharField(max_length=12, verbose_name='主体类别')),
                ('grade', models.CharField(max_length=20, verbose_name='等级')),
                ('as_of', models.DateField(verbose_name='评价日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                ('source', models.CharField(max_length=200, verbose_name='来源')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='收到时间')),
                ('replaced_at', models.DateTimeField(blank=True, null=True, verbose_name='被后来版本代替的时间')),
                ('gone_at', models.DateTimeField(blank=True, null=True, verbose_name='记录撤销的时间')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='received_grades', to='records.creditrecord', verbose_name='信用记录')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='received', to='grading.gradescheme', verbose_name='评价方案')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
            ],
            options={
                'verbose_name': '外来等级',
                'verbose_name_plural': '外来等级',
                'ordering': ['-as_of', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SupervisionField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True, verbose_name='领域编码')),
                ('name', models.CharField(max_length=60, verbose_name='监管领域')),
                ('floor', models.CharField(choices=[('relaxed', '宽松'), ('usual', '常规'), ('close', '加强'), ('strict', '严格')], default='relaxed', max_length=8, verbose_name='监管下限')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('valid_from', models.DateField(verbose_name='施行日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='废止日期')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='次序')),
            ],
            options={
                'verbose_name': '监管领域',
                'verbose_name_plural': '监管领域',
                'ordering': ['position', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='supervision_field_days'), models.CheckConstraint(condition=models.Q(('floor__in', ['relaxed', 'usual', 'close', 'strict'])), name='supervision_field_floor_is_a_tier')],
            },
        ),
        migrations.AddField(
            model_name='gradescheme',
            name='field',
            field=models.ForeignKey(blank=True, help_text='留空为各领域通用。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grading.supervisionfield', verbose_name='适用领域'),
        ),
        migrations.CreateModel(
            name='TierRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade', models.CharField(max_length=20, verbose_name='等级')),
                ('tier', models.CharField(choices=[('relaxed', '宽松'), ('usual', '常规'), ('close', '加强'), ('strict', '严格')], max_length=8, verbose_name='监管等次')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('valid_from', models.DateField(verbose_name='施行日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('field', models.ForeignKey(blank=True, help_text='留空为各领域通用。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tiers', to='grading.supervisionfield', verbose_name='监管领域')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tiers', to='grading.gradescheme', verbose_name='评价方案')),
            ],
            options={
                'verbose_name': '监管等次对应表',
                'verbose_name_plural': '监管等次对应表',
                'ordering': ['scheme', 'field', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of_version', models.PositiveIntegerField(verbose_name='试算时的修改次数')),
                ('on', models.DateField(verbose_name='试算日期')),
                ('state', models.CharField(choices=[('running', '正在试算'), ('done', '已完成'), ('failed', '未完成'), ('cancelled', '已取消')], default='running', max_length=10, verbose_name='状态')),
                ('step', models.PositiveSmallIntegerField(default=0, verbose_name='已完成步骤')),
                ('subjects', models.PositiveIntegerField(default=0, verbose_name='主体数')),
                ('verdict', models.CharField(blank=True, choices=[('rises', '等级越差，检查发现问题的比例越高'), ('flat', '检查发现问题的比例没有随等级变差而上升，不优于随机'), ('unknown', '有检查结果的等级不足，无法判断')], max_length=8, verbose_name='检查结果印证')),
                ('figures', models.JSONField(blank=True, default=dict, verbose_name='试算结果')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='未完成原因')),
                ('ordered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='试算时间')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('against', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grading.gradingmodel', verbose_name='对照版本')),
                ('model', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trials', to='grading.gradingmodel', verbose_name='模型')),
                ('ordered_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='试算人')),
            ],
            options={
                'verbose_name': '模型试算',
                'verbose_name_plural': '模型试算',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='gradingmodel',
            constraint=models.UniqueConstraint(fields=('scheme', 'number'), name='grading_model_number_once'),
        ),
        migrations.AddConstraint(
            model_name='gradingmodel',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'adopted')), fields=('scheme',), name='grading_model_one_in_use'),
        ),
        migrations.AddConstraint(
            model_name='gradingmodel',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['adopted', 'retired']), _negated=True), models.Q(('adopted_by__isnull', False), ('drawn_by__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='grading_model_in_use_names_its_people'),
        ),
        migrations.AddConstraint(
            model_name='gradingmodel',
            constraint=models.CheckConstraint(condition=models.Q(('adopted_by__isnull', True), ('drawn_by__isnull', True), models.Q(('adopted_by', models.F('drawn_by')), _negated=True), _connector='OR'), name='grading_model_adopted_by_another_than_drawn', violation_error_message='模型由编制人、提请人以外的人采用。'),
        ),
        migrations.AddConstraint(
            model_name='gradingmodel',
            constraint=models.CheckConstraint(condition=models.Q(('adopted_by__isnull', True), ('proposed_by__isnull', True), models.Q(('adopted_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='grading_model_adopted_by_another_than_proposed', violation_error_message='模型由编制人、提请人以外的人采用。'),
        ),
        migrations.AddIndex(
            model_name='grade',
            index=models.Index(fields=['grade', 'score', 'subject'], name='grade_and_score'),
        ),
        migrations.AddIndex(
            model_name='grade',
            index=models.Index(fields=['-since', '-subject'], name='grade_newest'),
        ),
        migrations.AddConstraint(
            model_name='grade',
            constraint=models.CheckConstraint(condition=models.Q(('subject_kind', 'person'), _negated=True), name='grade_never_of_a_person', violation_error_message='自然人不评定等级。'),
        ),
        migrations.AddConstraint(
            model_name='directrule',
            constraint=models.UniqueConstraint(fields=('model', 'code'), name='direct_rule_code_once'),
        ),
        migrations.AddConstraint(
            model_name='band',
            constraint=models.UniqueConstraint(fields=('model', 'grade'), name='band_grade_once'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('model', 'code'), name='indicator_code_once'),
        ),
        migrations.AddIndex(
            model_name='receivedgrade',
            index=models.Index(condition=models.Q(('gone_at__isnull', True), ('replaced_at__isnull', True)), fields=['subject', 'scheme', '-as_of'], name='received_grade_of_subject'),
        ),
        migrations.AddConstraint(
            model_name='receivedgrade',
            constraint=models.UniqueConstraint(fields=('record', 'version'), name='received_grade_version_once'),
        ),
        migrations.AddConstraint(
            model_name='receivedgrade',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('record',), name='received_grade_one_last_word'),
        ),
        migrations.AddConstraint(
            model_name='receivedgrade',
            constraint=models.CheckConstraint(condition=models.Q(('subject_kind', 'person'), _negated=True), name='received_grade_never_of_a_person', violation_error_message='自然人不评定等级。'),
        ),
        migrations.AddConstraint(
            model_name='receivedgrade',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('as_of')), _connector='OR'), name='received_grade_days'),
        ),
        migrations.AddConstraint(
            model_name='gradescheme',
            constraint=models.UniqueConstraint(fields=('code', 'valid_from'), name='grade_scheme_begins_once'),
        ),
        migrations.AddConstraint(
            model_name='gradescheme',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('code',), name='grade_scheme_one_present'),
        ),
        migrations.AddConstraint(
            model_name='gradescheme',
            constraint=models.CheckConstraint(condition=models.Q(('public_grades__contained_by', models.F('scale'))), name='grade_scheme_shows_what_it_has'),
        ),
        migrations.AddConstraint(
            model_name='gradescheme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source__in', ['risk', 'own']), _negated=True), ('public_grades', []), _connector='OR'), name='grade_scheme_risk_is_never_public', violation_error_message='企业信用风险分类和本市模型的等级不得公开（国市监信发〔2022〕6号）。'),
        ),
        migrations.AddConstraint(
            model_name='gradescheme',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='grade_scheme_days'),
        ),
        migrations.AddConstraint(
            model_name='tierrule',
            constraint=models.UniqueConstraint(fields=('scheme', 'grade', 'field', 'valid_from'), name='tier_rule_begins_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='tierrule',
            constraint=models.CheckConstraint(condition=models.Q(('tier__in', ['relaxed', 'usual', 'close', 'strict'])), name='tier_rule_names_a_tier'),
        ),
        migrations.AddConstraint(
            model_name='tierrule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='tier_rule_days'),
        ),
        migrations.AddConstraint(
            model_name='trial',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('model',), name='trial_one_running'),
        ),
        migrations.AddConstraint(
            model_name='trial',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('verdict', ''), _negated=True), _connector='OR'), name='trial_done_has_verdict'),
        ),
    ]
