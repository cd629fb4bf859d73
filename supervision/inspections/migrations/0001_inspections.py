"""Items, libraries, plans, tasks, who was drawn and who goes there."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0006_paused_sharing'),
        ('casework', '0003_draws'),
        ('records', '0016_document_issuer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='事项编码')),
                ('name', models.CharField(max_length=200, verbose_name='事项名称')),
            ],
            options={
                'verbose_name': '抽查事项',
                'verbose_name_plural': '抽查事项',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='ObjectTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='标签代码')),
                ('name', models.CharField(max_length=100, verbose_name='标签名称')),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='建库依据')),
            ],
            options={
                'verbose_name': '检查对象标签',
                'verbose_name_plural': '检查对象标签',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='InspectionPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
                ('state', models.CharField(choices=[('draft', '起草'), ('approved', '已批准'), ('published', '已公布'), ('closed', '已结束')], default='draft', max_length=12, verbose_name='状态')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='批准日期')),
                ('filed_with', models.CharField(blank=True, help_text='报哪个上级单位备案、日期和文号。', max_length=200, verbose_name='报备情况')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='公布日期')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='批准人')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='单位')),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人')),
            ],
            options={
                'verbose_name': '年度抽查计划',
                'verbose_name_plural': '年度抽查计划',
                'ordering': ['-year', 'department'],
            },
        ),
        migrations.CreateModel(
            name='Inspector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=50, verbose_name='姓名')),
                ('card_kind', models.CharField(choices=[('national', '行政执法证（国家统一样式）'), ('ministry', '国务院部门执法证')], max_length=10, verbose_name='执法证种类')),
                ('card_number', models.CharField(max_length=20, unique=True, verbose_name='执法证号')),
                ('card_from', models.DateField(verbose_name='执法证有效期起')),
                ('card_until', models.DateField(verbose_name='执法证有效期止')),
                ('specialities', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='专业')),
                ('is_expert', models.BooleanField(default=False, verbose_name='专家')),
                ('duty', models.CharField(choices=[('on', '在岗'), ('suspended', '停用')], default='on', max_length=10, verbose_name='状态')),
                ('duty_reason', models.CharField(blank=True, max_length=300, verbose_name='停用原因')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspector_of', to=settings.AUTH_USER_MODEL, verbose_name='平台账号')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspectors', to='accounts.department', verbose_name='单位')),
                ('items', models.ManyToManyField(blank=True, related_name='+', to='inspections.item', verbose_name='检查事项范围')),
            ],
            options={
                'verbose_name': '执法检查人员',
                'verbose_name_plural': '执法检查人员',
                'ordering': ['department', 'card_number'],
            },
        ),
        migrations.CreateModel(
            name='ItemList',
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
                'verbose_name': '随机抽查事项清单',
                'verbose_name_plural': '随机抽查事项清单',
                'ordering': ['-valid_from'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='inspections_itemlist_days')],
            },
        ),
        migrations.CreateModel(
            name='ItemEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='事项生效日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='事项失效日期')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='序号')),
                ('part', models.CharField(blank=True, max_length=200, verbose_name='子项')),
                ('weight', models.CharField(choices=[('key', '重点检查事项'), ('general', '一般检查事项')], max_length=8, verbose_name='事项类别')),
                ('field', models.SlugField(blank=True, help_text='分级监管的领域代码；通用的留空。', max_length=40, verbose_name='监管领域')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, size=None, verbose_name='检查对象类型')),
                ('methods', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, size=None, verbose_name='检查方式')),
                ('share_rule', models.CharField(blank=True, choices=[('least', '不低于'), ('most', '不超过'), ('band', '区间')], help_text='留空按分级监管比例。', max_length=8, verbose_name='比例规则')),
                ('share_low', models.CharField(blank=True, help_text='例如 3%、1/3。', max_length=20, verbose_name='比例（下限）')),
                ('share_high', models.CharField(blank=True, help_text='比例为区间的填写。', max_length=20, verbose_name='比例上限')),
                ('per_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='每年至多（次）')),
                ('staff', models.CharField(blank=True, max_length=200, verbose_name='人员要求')),
                ('speciality', models.CharField(blank=True, help_text='填写的，每组至少一人有该专业，例如 食品、特种设备。', max_length=20, verbose_name='专业要求')),
                ('basis', models.TextField(verbose_name='检查依据')),
                ('departments', models.ManyToManyField(blank=True, related_name='+', to='accounts.department', verbose_name='检查主体')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='inspections.item', verbose_name='事项')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='inspections.itemlist', verbose_name='清单版本')),
            ],
            options={
                'verbose_name': '抽查事项条目',
                'verbose_name_plural': '抽查事项条目',
                'ordering': ['position', 'item__code'],
            },
        ),
        migrations.CreateModel(
            name='PlanBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='序号')),
                ('title', models.CharField(max_length=200, verbose_name='批次名称')),
                ('scope', models.CharField(max_length=200, verbose_name='检查对象范围')),
                ('planned', models.CharField(max_length=60, verbose_name='抽取比例或者户数')),
                ('first_month', models.PositiveSmallIntegerField(verbose_name='起始月份')),
                ('last_month', models.PositiveSmallIntegerField(verbose_name='截止月份')),
                ('items', models.ManyToManyField(related_name='+', to='inspections.item', verbose_name='抽查事项')),
                ('partners', models.ManyToManyField(blank=True, related_name='+', to='accounts.department', verbose_name='配合部门')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='batches', to='inspections.inspectionplan', verbose_name='计划')),
            ],
            options={
                'verbose_name': '计划批次',
                'verbose_name_plural': '计划批次',
                'ordering': ['plan', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='InspectionTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='任务编号')),
                ('source', models.CharField(choices=[('plan', '年度计划'), ('ad_hoc', '临时任务')], default='plan', max_length=8, verbose_name='任务来源')),
                ('title', models.CharField(max_length=100, verbose_name='任务名称')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='计划外任务的理由')),
                ('starts_on', models.DateField(verbose_name='检查开始日期')),
                ('ends_on', models.DateField(verbose_name='检查结束日期')),
                ('criteria', models.JSONField(blank=True, default=dict, verbose_name='筛选条件')),
                ('scope', models.CharField(max_length=200, verbose_name='筛选条件说明')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='最多抽取（户）')),
                ('capacity_way', models.CharField(choices=[('largest', '各层按比例缩减（最大余数法）'), ('strict', '先保证监管等级严的')], default='largest', max_length=8, verbose_name='超过时的取舍')),
                ('capacity_reason', models.CharField(blank=True, max_length=300, verbose_name='取舍理由')),
                ('band_upper', models.BooleanField(default=False, verbose_name='区间内没有整数时按上限')),
                ('substitutes', models.BooleanField(default=True, verbose_name='未检查的由次序在后的替补')),
                ('shown_from', models.CharField(choices=[('notice', '送达检查通知后'), ('visit', '检查结果公示后')], default='visit', max_length=8, verbose_name='名单公示时间')),
                ('state', models.CharField(choices=[('draft', '起草'), ('frozen', '名单已冻结'), ('committed', '已公布待抽取'), ('drawn', '已抽取'), ('running', '检查中'), ('done', '已完成'), ('cancelled', '已取消'), ('void', '抽取作废'), ('redrawn', '已重新抽取')], default='draft', max_length=10, verbose_name='状态')),
                ('population', models.PositiveIntegerField(default=0, verbose_name='名单户数')),
                ('excluded', models.PositiveIntegerField(default=0, verbose_name='排除户数')),
                ('size', models.PositiveIntegerField(default=0, verbose_name='抽取户数')),
                ('list_digest', models.CharField(blank=True, max_length=64, verbose_name='名单摘要（SHA-256）')),
                ('exclusion_digest', models.CharField(blank=True, max_length=64, verbose_name='排除名单摘要（SHA-256）')),
                ('sealed_secret', models.BinaryField(null=True, verbose_name='签条密钥（密文）')),
                ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='冻结时间')),
                ('load_cap', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='每人至多（户）')),
                ('ended_reason', models.CharField(blank=True, max_length=500, verbose_name='取消、作废或者重新抽取的原因')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='完成日期')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('committed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='公布人')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='发起单位')),
                ('draw', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspection_task', to='casework.draw', verbose_name='随机抽取')),
                ('frozen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='冻结人')),
                ('redraw_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='redrawn_as', to='inspections.inspectiontask', verbose_name='重新抽取的原任务')),
                ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.itemlist', verbose_name='事项清单版本')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='inspections.planbatch', verbose_name='计划批次')),
            ],
            options={
                'verbose_name': '抽查任务',
                'verbose_name_plural': '抽查任务',
                'ordering': ['-starts_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('interest', '有直接利害关系'), ('relative', '近亲属在该单位任职'), ('former', '曾在该单位任职'), ('other', '其他可能影响公正执法的关系')], max_length=10, verbose_name='回避事由')),
                ('source', models.CharField(choices=[('own', '本人申报'), ('register', '登记信息比对'), ('firm', '检查对象申请')], max_length=10, verbose_name='来源')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('valid_from', models.DateField(verbose_name='自')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='至')),
                ('inspector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='inspections.inspector', verbose_name='检查人员')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='检查对象')),
            ],
            options={
                'verbose_name': '回避',
                'verbose_name_plural': '回避',
                'ordering': ['inspector', 'subject'],
            },
        ),
        migrations.CreateModel(
            name='ShareRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.SlugField(blank=True, help_text='留空适用于没有单独规定的领域。', max_length=40, verbose_name='监管领域')),
                ('tier', models.SlugField(max_length=20, verbose_name='监管等级')),
                ('rule', models.CharField(choices=[('least', '不低于'), ('most', '不超过'), ('band', '区间')], max_length=8, verbose_name='比例规则')),
                ('share_low', models.CharField(help_text='例如 3%、1/3。', max_length=20, verbose_name='比例（下限）')),
                ('share_high', models.CharField(blank=True, max_length=20, verbose_name='比例上限')),
                ('frequency', models.CharField(blank=True, help_text='例如 每24个月至多一次。', max_length=60, verbose_name='频次')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='生效日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='失效日期')),
            ],
            options={
                'verbose_name': '抽查比例',
                'verbose_name_plural': '抽查比例',
                'ordering': ['field', 'tier', 'valid_from'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('field', 'tier'), name='inspection_share_one_open'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='inspection_share_days')],
            },
        ),
        migrations.CreateModel(
            name='TaggedSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='标注日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='截止日期')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='标注单位')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspection_tags', to='records.subject', verbose_name='主体')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tagged', to='inspections.objecttag', verbose_name='标签')),
            ],
            options={
                'verbose_name': '检查对象标注',
                'verbose_name_plural': '检查对象标注',
                'ordering': ['tag', 'subject'],
            },
        ),
        migrations.CreateModel(
            name='TaskExclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='代码')),
                ('members', models.TextField(help_text='每行一个：统一社会信用代码和平台编号。', verbose_name='主体')),
                ('count', models.PositiveIntegerField(verbose_name='户数')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to='inspections.inspectiontask', verbose_name='任务')),
            ],
            options={
                'verbose_name': '排除的主体',
                'verbose_name_plural': '排除的主体',
                'ordering': ['task', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TaskItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sizes', models.JSONField(blank=True, default=dict, verbose_name='各层抽取数')),
                ('grounds', models.JSONField(blank=True, default=dict, verbose_name='各层抽取数的依据')),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.itementry', verbose_name='清单条目')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.item', verbose_name='抽查事项')),
            ],
            options={
                'verbose_name': '任务事项',
                'verbose_name_plural': '任务事项',
                'ordering': ['part', 'item'],
            },
        ),
        migrations.CreateModel(
            name='TaskObject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stratum', models.CharField(max_length=20, verbose_name='监管等级')),
                ('slip', models.CharField(max_length=32, verbose_name='签条')),
                ('ticket', models.CharField(max_length=64, verbose_name='签号')),
                ('place', models.PositiveIntegerField(verbose_name='次序')),
                ('state', models.CharField(choices=[('assigned', '待通知'), ('notified', '已通知'), ('inspecting', '检查中'), ('entered', '结果待审核'), ('reviewed', '待公示'), ('published', '已公示'), ('follow_up', '后续处理中'), ('closed', '已办结'), ('skipped', '未检查')], default='assigned', max_length=12, verbose_name='状态')),
                ('notified_on', models.DateField(blank=True, null=True, verbose_name='通知送达日期')),
                ('skip_reason', models.CharField(blank=True, choices=[('deregistered', '已注销'), ('moved', '已迁出'), ('revoked', '被吊销、被撤销'), ('closed', '停业或者正在清算'), ('nobody', '无人可派'), ('cap', '已达检查次数上限')], max_length=12, verbose_name='未检查原因')),
                ('skip_note', models.CharField(blank=True, max_length=500, verbose_name='未检查的证明材料和说明')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('items', models.ManyToManyField(related_name='+', to='inspections.taskitem', verbose_name='检查事项')),
                ('stands_for', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='substitute', to='inspections.taskobject', verbose_name='替补')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspection_objects', to='records.subject', verbose_name='检查对象')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objects_drawn', to='inspections.inspectiontask', verbose_name='任务')),
            ],
            options={
                'verbose_name': '检查任务对象',
                'verbose_name_plural': '检查任务对象',
                'ordering': ['task', 'stratum', 'place'],
            },
        ),
        migrations.CreateModel(
            name='TaskPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leads', models.BooleanField(default=False, verbose_name='发起')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='检查主体')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='inspections.inspectiontask', verbose_name='任务')),
            ],
            options={
                'verbose_name': '任务分工',
                'verbose_name_plural': '任务分工',
                'ordering': ['task', '-leads', 'department'],
            },
        ),
        migrations.AddField(
            model_name='taskitem',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='inspections.taskpart', verbose_name='分工'),
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveIntegerField(verbose_name='次序')),
                ('since', models.DateField(verbose_name='指派日期')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='更换日期')),
                ('ended_reason', models.CharField(blank=True, max_length=300, verbose_name='更换原因')),
                ('inspector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='inspections.inspector', verbose_name='检查人员')),
                ('object', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='inspections.taskobject', verbose_name='检查任务对象')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='inspections.taskpart', verbose_name='分工')),
            ],
            options={
                'verbose_name': '检查人员指派',
                'verbose_name_plural': '检查人员指派',
                'ordering': ['object', 'part', 'rank'],
            },
        ),
        migrations.CreateModel(
            name='TaskStratum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='代码')),
                ('members', models.TextField(help_text='每行一个：统一社会信用代码和平台编号。', verbose_name='主体')),
                ('count', models.PositiveIntegerField(verbose_name='户数')),
                ('label', models.CharField(max_length=60, verbose_name='名称')),
                ('size', models.PositiveIntegerField(verbose_name='抽取数')),
                ('ground', models.CharField(max_length=500, verbose_name='依据')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='strata', to='inspections.inspectiontask', verbose_name='任务')),
            ],
            options={
                'verbose_name': '冻结的名单',
                'verbose_name_plural': '冻结的名单',
                'ordering': ['task', 'id'],
            },
        ),
        migrations.CreateModel(
            name='FrequencyCap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(blank=True, choices=[('national', '国家级'), ('province', '省级'), ('city', '市级'), ('district', '区县（市）级'), ('zone', '开发区（新区）')], max_length=16, verbose_name='层级')),
                ('field', models.SlugField(blank=True, max_length=40, verbose_name='监管领域')),
                ('per_year', models.PositiveSmallIntegerField(verbose_name='每年至多（次）')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='生效日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='检查主体')),
            ],
            options={
                'verbose_name': '检查频次上限',
                'verbose_name_plural': '检查频次上限',
                'ordering': ['department', 'level', 'field', 'valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('department__isnull', True), models.Q(('field', ''), ('level', '')), _connector='OR'), name='inspection_cap_of_one_kind'), models.CheckConstraint(condition=models.Q(('level', ''), ('field', ''), _connector='OR'), name='inspection_cap_level_or_field'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='inspection_cap_days')],
            },
        ),
        migrations.AddConstraint(
            model_name='inspectionplan',
            constraint=models.UniqueConstraint(fields=('year', 'department', 'title'), name='inspection_plan_once'),
        ),
        migrations.AddConstraint(
            model_name='inspectionplan',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='inspection_plan_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='inspectionplan',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('approved_on__isnull', False), _connector='OR'), name='inspection_plan_approved_first'),
        ),
        migrations.AddConstraint(
            model_name='inspector',
            constraint=models.CheckConstraint(condition=models.Q(('card_until__gte', models.F('card_from'))), name='inspector_card_days'),
        ),
        migrations.AddConstraint(
            model_name='inspector',
            constraint=models.CheckConstraint(condition=models.Q(('duty', 'on'), models.Q(('duty_reason', ''), _negated=True), _connector='OR'), name='inspector_suspended_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='itementry',
            constraint=models.UniqueConstraint(fields=('edition', 'item'), name='inspection_item_once_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='planbatch',
            constraint=models.CheckConstraint(condition=models.Q(('first_month__gte', 1), ('last_month__lte', 12), ('last_month__gte', models.F('first_month'))), name='inspection_batch_months'),
        ),
        migrations.AddConstraint(
            model_name='inspectiontask',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='inspection_task_days'),
        ),
        migrations.AddConstraint(
            model_name='inspectiontask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('batch__isnull', True), ('source', 'ad_hoc'), models.Q(('reason', ''), _negated=True)), models.Q(('batch__isnull', False), ('source', 'plan')), _connector='OR'), name='inspection_task_planned_or_reasoned'),
        ),
        migrations.AddConstraint(
            model_name='inspectiontask',
            constraint=models.CheckConstraint(condition=models.Q(('committed_by__isnull', True), models.Q(('committed_by', models.F('frozen_by')), _negated=True), _connector='OR'), name='inspection_task_committed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='inspectiontask',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'cancelled']), models.Q(('frozen_at__isnull', False), models.Q(('list_digest', ''), _negated=True)), _connector='OR'), name='inspection_task_frozen_first'),
        ),
        migrations.AddConstraint(
            model_name='inspectiontask',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'cancelled', 'frozen']), ('draw__isnull', False), _connector='OR'), name='inspection_task_committed_has_draw'),
        ),
        migrations.AddConstraint(
            model_name='inspectiontask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['cancelled', 'void', 'redrawn']), _negated=True), models.Q(('ended_reason', ''), _negated=True), _connector='OR'), name='inspection_task_ended_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='inspectiontask',
            constraint=models.CheckConstraint(condition=models.Q(('redraw_of__isnull', True), models.Q(('redraw_of', models.F('id')), _negated=True), _connector='OR'), name='inspection_task_not_its_own_redraw'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('inspector', 'subject'), name='recusal_once'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='recusal_days'),
        ),
        migrations.AddConstraint(
            model_name='taggedsubject',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('tag', 'subject'), name='inspection_tag_once'),
        ),
        migrations.AddConstraint(
            model_name='taggedsubject',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='inspection_tag_days'),
        ),
        migrations.AddConstraint(
            model_name='taskexclusion',
            constraint=models.UniqueConstraint(fields=('task', 'code'), name='inspection_exclusion_once'),
        ),
        migrations.AddIndex(
            model_name='taskobject',
            index=models.Index(fields=['subject', 'task'], name='inspection_object_subject'),
        ),
        migrations.AddConstraint(
            model_name='taskobject',
            constraint=models.UniqueConstraint(fields=('task', 'subject'), name='inspection_object_once'),
        ),
        migrations.AddConstraint(
            model_name='taskobject',
            constraint=models.UniqueConstraint(fields=('task', 'slip'), name='inspection_object_slip_once'),
        ),
        migrations.AddConstraint(
            model_name='taskobject',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'skipped'), _negated=True), models.Q(models.Q(('skip_reason', ''), _negated=True), models.Q(('skip_note', ''), _negated=True)), _connector='OR'), name='inspection_object_skipped_with_evidence'),
        ),
        migrations.AddConstraint(
            model_name='taskobject',
            constraint=models.CheckConstraint(condition=models.Q(('stands_for__isnull', True), models.Q(('stands_for', models.F('id')), _negated=True), _connector='OR'), name='inspection_object_no_substitute_of_itself'),
        ),
        migrations.AddConstraint(
            model_name='taskpart',
            constraint=models.UniqueConstraint(fields=('task', 'department'), name='inspection_part_once'),
        ),
        migrations.AddConstraint(
            model_name='taskpart',
            constraint=models.UniqueConstraint(condition=models.Q(('leads', True)), fields=('task',), name='inspection_part_one_leads'),
        ),
        migrations.AddConstraint(
            model_name='taskitem',
            constraint=models.UniqueConstraint(fields=('part', 'item'), name='inspection_task_item_once'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('object', 'inspector'), name='inspection_assignment_once'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), models.Q(('ended_reason', ''), _negated=True), _connector='OR'), name='inspection_assignment_ended_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='taskstratum',
            constraint=models.UniqueConstraint(fields=('task', 'code'), name='inspection_stratum_once'),
        ),
        migrations.AddConstraint(
            model_name='taskstratum',
            constraint=models.CheckConstraint(condition=models.Q(('size__lte', models.F('count'))), name='inspection_stratum_not_over_its_list'),
        ),
    ]
