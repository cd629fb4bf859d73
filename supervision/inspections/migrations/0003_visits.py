"""Visits: their items, requests for recusal, what followed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_draws'),
        ('companies', '0005_resets_and_applicants'),
        ('inspections', '0002_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='VisitCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='visitcase', serialize=False, to='casework.case')),
                ('exempt', models.CharField(blank=True, choices=[('complaint', '投诉举报（12345等）'), ('ordered', '上级交办'), ('assisting', '配合上级检查'), ('investigation', '稽查'), ('remote', '非现场监管发现线索'), ('media', '媒体曝光'), ('rectification', '整改复核'), ('requested', '企业申请'), ('licensing', '许可现场核查'), ('urgent', '法律规定的紧急情形')], max_length=14, verbose_name='计划外检查类型')),
                ('ground', models.CharField(blank=True, max_length=500, verbose_name='检查事由')),
                ('approval_number', models.CharField(blank=True, max_length=128, verbose_name='审批表编号')),
                ('notice_number', models.CharField(blank=True, max_length=128, verbose_name='检查通知书文书号')),
                ('notice', models.TextField(blank=True, verbose_name='通知内容')),
                ('notified_on', models.DateField(blank=True, null=True, verbose_name='通知日期')),
                ('planned_on', models.DateField(blank=True, null=True, verbose_name='拟检查日期')),
                ('visited_on', models.DateField(blank=True, null=True, verbose_name='检查日期')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='检查结束日期')),
                ('cards_from', models.DateField(blank=True, null=True, verbose_name='执法证有效期起（最晚）')),
                ('cards_until', models.DateField(blank=True, null=True, verbose_name='执法证有效期止（最早）')),
                ('account', models.TextField(blank=True, verbose_name='检查情况')),
                ('result', models.CharField(blank=True, choices=[('clean', '未发现问题'), ('unpublished', '未按规定公示应当公示的信息'), ('untrue', '公示信息隐瞒真实情况、弄虚作假'), ('unreachable', '通过登记的住所（经营场所）无法联系'), ('ordered', '发现问题已责令改正'), ('obstructed', '不配合检查情节严重'), ('no_business', '未发现开展本次抽查涉及的经营活动'), ('pending', '发现问题待后续处理')], max_length=12, verbose_name='检查结果')),
                ('skip_reason', models.CharField(blank=True, choices=[('deregistered', '已注销'), ('moved', '已迁出'), ('revoked', '被吊销、被撤销'), ('closed', '停业或者正在清算'), ('nobody', '无人可派'), ('cap', '已达检查次数上限')], max_length=12, verbose_name='不能检查的原因')),
                ('skip_evidence', models.CharField(blank=True, max_length=500, verbose_name='证明材料和说明')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='结果填写人')),
                ('first_inspector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspector', verbose_name='检查人员一')),
                ('object', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='inspections.taskobject', verbose_name='抽查对象')),
                ('others', models.ManyToManyField(blank=True, related_name='+', to='inspections.inspector', verbose_name='其他检查人员')),
                ('part', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='inspections.taskpart', verbose_name='任务分工')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='结果审核人')),
                ('second_inspector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspector', verbose_name='检查人员二')),
            ],
            options={
                'verbose_name': '检查',
                'verbose_name_plural': '检查',
                'ordering': ['-case'],
            },
        ),
        migrations.CreateModel(
            name='RecusalRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('interest', '有直接利害关系'), ('relative', '近亲属在该单位任职'), ('former', '曾在该单位任职'), ('other', '其他可能影响公正执法的关系')], max_length=10, verbose_name='回避事由')),
                ('account', models.CharField(max_length=500, verbose_name='说明')),
                ('asked_on', models.DateField(verbose_name='申请日期')),
                ('ruling', models.CharField(choices=[('open', '待决定'), ('granted', '准许'), ('refused', '不准许')], default='open', max_length=8, verbose_name='决定')),
                ('reasons', models.CharField(blank=True, max_length=500, verbose_name='理由')),
                ('ruled_on', models.DateField(blank=True, null=True, verbose_name='决定日期')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount', verbose_name='申请账户')),
                ('inspector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspector', verbose_name='检查人员')),
                ('recusal', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='inspections.recusal', verbose_name='回避')),
                ('ruled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='决定人')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusal_requests', to='inspections.visitcase')),
            ],
            options={
                'verbose_name': '回避申请',
                'verbose_name_plural': '回避申请',
                'ordering': ['visit', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VisitItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('result', models.CharField(blank=True, choices=[('clean', '未发现问题'), ('unpublished', '未按规定公示应当公示的信息'), ('untrue', '公示信息隐瞒真实情况、弄虚作假'), ('unreachable', '通过登记的住所（经营场所）无法联系'), ('ordered', '发现问题已责令改正'), ('obstructed', '不配合检查情节严重'), ('no_business', '未发现开展本次抽查涉及的经营活动'), ('pending', '发现问题待后续处理')], max_length=12, verbose_name='检查结果')),
                ('finding', models.TextField(blank=True, verbose_name='具体情况')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.item', verbose_name='检查事项')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='inspections.visitcase')),
            ],
            options={
                'verbose_name': '检查事项结果',
                'verbose_name_plural': '检查事项结果',
                'ordering': ['visit', 'item__code'],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('order', '责令限期公示'), ('listing', '列入经营异常名录'), ('recheck', '复查整改'), ('file', '处理不配合检查'), ('decide', '后续处理')], max_length=8, verbose_name='后续处理')),
                ('opened_on', models.DateField(verbose_name='开始日期')),
                ('due_on', models.DateField(verbose_name='期限')),
                ('outcome', models.CharField(blank=True, choices=[('corrected', '已改正'), ('uncorrected', '逾期未改正'), ('listed', '已列入经营异常名录'), ('filed', '已立案'), ('transferred', '已移送'), ('dropped', '不予处罚')], max_length=12, verbose_name='处理结果')),
                ('document', models.CharField(blank=True, max_length=128, verbose_name='文书号')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='处理情况')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='处理日期')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='inspections.visitcase')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='inspections.visititem', verbose_name='检查事项')),
            ],
            options={
                'verbose_name': '后续处理',
                'verbose_name_plural': '后续处理',
                'ordering': ['visit', 'due_on', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='visitcase',
            constraint=models.UniqueConstraint(condition=models.Q(('object__isnull', False)), fields=('object', 'part'), name='visit_once_an_object_and_part'),
        ),
        migrations.AddConstraint(
            model_name='visitcase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('exempt', ''), ('object__isnull', False), ('part__isnull', False)), models.Q(('object__isnull', True), ('part__isnull', True), models.Q(('exempt', ''), _negated=True), models.Q(('ground', ''), _negated=True)), _connector='OR'), name='visit_drawn_or_of_an_exempt_kind'),
        ),
        migrations.AddConstraint(
            model_name='visitcase',
            constraint=models.CheckConstraint(condition=models.Q(('visited_on__isnull', True), models.Q(('cards_from__lte', models.F('visited_on')), ('cards_until__gte', models.F('visited_on')), ('first_inspector__isnull', False), ('second_inspector__isnull', False), models.Q(('first_inspector', models.F('second_inspector')), _negated=True)), _connector='OR'), name='visit_by_two_with_valid_cards', violation_error_message='检查人员不得少于两人，执法证应当在检查当日有效。'),
        ),
        migrations.AddConstraint(
            model_name='visitcase',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('visited_on')), _connector='OR'), name='visit_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='visitcase',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('entered_by')), _negated=True), _connector='OR'), name='visit_reviewed_by_a_second_person', violation_error_message='审核人不得是结果填写人。'),
        ),
        migrations.AddConstraint(
            model_name='visitcase',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(models.Q(('result', ''), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='visit_reviewed_with_a_result'),
        ),
        migrations.AddConstraint(
            model_name='recusalrequest',
            constraint=models.UniqueConstraint(fields=('visit', 'inspector'), name='recusal_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='recusalrequest',
            constraint=models.CheckConstraint(condition=models.Q(('ruling', 'open'), models.Q(('ruled_by__isnull', False), ('ruled_on__isnull', False), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='recusal_ruled_with_reasons'),
        ),
        migrations.AddConstraint(
            model_name='recusalrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ruling', 'granted'), _negated=True), ('recusal__isnull', False), _connector='OR'), name='recusal_granted_is_a_recusal'),
        ),
        migrations.AddConstraint(
            model_name='visititem',
            constraint=models.UniqueConstraint(fields=('visit', 'item'), name='visit_item_once'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(fields=('item', 'stage'), name='follow_up_once_an_item_and_stage'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('outcome', '')), models.Q(('ended_on__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='follow_up_ended_with_an_outcome'),
        ),
    ]
