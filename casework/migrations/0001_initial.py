import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_history'),
        ('companies', '0004_password_age'),
        ('records', '0008_import_parcel'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('procedure', models.CharField(max_length=40, verbose_name='事项种类')),
                ('number', models.CharField(max_length=64, unique=True, verbose_name='案号')),
                ('state', models.CharField(max_length=20, verbose_name='状态')),
                ('moved_on', models.DateField(verbose_name='最近一步的日期')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('due_from', models.DateField(blank=True, null=True, verbose_name='期限起算日')),
                ('due_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='期限（工作日）')),
                ('due_provisional', models.BooleanField(default=False, verbose_name='期限暂定')),
                ('extended', models.PositiveSmallIntegerField(default=0, verbose_name='延长次数')),
                ('paused', models.BooleanField(default=False, verbose_name='期限暂停计算')),
                ('escalated_on', models.DateField(blank=True, null=True, verbose_name='提请督办日期')),
                ('drafted_on', models.DateField(verbose_name='提出日期')),
                ('determined_on', models.DateField(blank=True, null=True, verbose_name='认定日期')),
                ('reasons', models.TextField(blank=True, help_text='对陈述申辩是否采纳及理由一并写明。', verbose_name='认定理由')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='决定日期')),
                ('document_number', models.CharField(blank=True, max_length=128, verbose_name='决定文书号')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='结案日期')),
                ('closed_why', models.CharField(blank=True, max_length=500, verbose_name='结案说明')),
                ('public_note', models.CharField(blank=True, max_length=500, verbose_name='对外说明')),
                ('tracking', models.CharField(blank=True, max_length=128, verbose_name='查询码摘要')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='建立时间')),
                ('applicant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount', verbose_name='申请账户')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='决定人')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='办理单位')),
                ('determined_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='认定人')),
                ('drafted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人')),
                ('record', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case', to='records.creditrecord', verbose_name='信用记录')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
            ],
            options={
                'verbose_name': '办理事项',
                'verbose_name_plural': '办理事项',
                'ordering': ['-drafted_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Tip',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='tip', serialize=False, to='casework.case')),
                ('way', models.CharField(max_length=10, verbose_name='来源渠道')),
                ('received_on', models.DateField(verbose_name='收到日期')),
                ('account', models.TextField(verbose_name='反映内容')),
                ('informant', models.BinaryField(blank=True, null=True, verbose_name='反映人（密文）')),
            ],
            options={
                'verbose_name': '线索',
                'verbose_name_plural': '线索',
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=20, verbose_name='用途')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('media_type', models.CharField(max_length=60, verbose_name='类型')),
                ('size', models.PositiveIntegerField(verbose_name='大小（字节）')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('path', models.CharField(max_length=200, verbose_name='位置')),
                ('added_by', models.CharField(max_length=100, verbose_name='上传人')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='上传时间')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='casework.case')),
            ],
            options={
                'verbose_name': '办理附件',
                'verbose_name_plural': '办理附件',
                'ordering': ['added_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CaseNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('procedure', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': '案号序列',
                'verbose_name_plural': '案号序列',
                'constraints': [models.UniqueConstraint(fields=('procedure', 'year'), name='case_number_of_a_year')],
            },
        ),
        migrations.CreateModel(
            name='ClockPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField(verbose_name='暂停之日')),
                ('until', models.DateField(blank=True, null=True, verbose_name='恢复之日')),
                ('why', models.CharField(max_length=200, verbose_name='事由')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='casework.case')),
            ],
            options={
                'verbose_name': '期限暂停',
                'verbose_name_plural': '期限暂停',
                'ordering': ['case', 'asked_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ClockProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('procedure', models.CharField(max_length=40, verbose_name='事项种类')),
                ('profile', models.CharField(max_length=20, verbose_name='时限方案')),
                ('stage', models.CharField(max_length=20, verbose_name='环节')),
                ('days', models.PositiveSmallIntegerField(verbose_name='工作日')),
                ('extension', models.PositiveSmallIntegerField(default=0, verbose_name='可延长（工作日）')),
                ('extensions', models.PositiveSmallIntegerField(default=0, verbose_name='可延长次数')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('valid_from', models.DateField(verbose_name='施行日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='失效日期')),
            ],
            options={
                'verbose_name': '办理时限',
                'verbose_name_plural': '办理时限',
                'ordering': ['procedure', 'profile', 'stage', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('procedure', 'profile', 'stage', 'valid_from'), name='clock_profile_once_a_day'), models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='clock_profile_has_a_basis'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='clock_profile_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='种类')),
                ('on', models.DateField(verbose_name='日期')),
                ('about', models.DateField(blank=True, null=True, verbose_name='所涉期限')),
                ('office', models.BooleanField(default=False, verbose_name='告知信用办')),
                ('text', models.CharField(max_length=500, verbose_name='内容')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅读时间')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='casework.case')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='单位')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
            ],
            options={
                'verbose_name': '通知',
                'verbose_name_plural': '通知',
                'ordering': ['-on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=20, verbose_name='渠道')),
                ('address', models.BinaryField(verbose_name='接收地址（密文）')),
                ('state', models.CharField(choices=[('waiting', '待发送'), ('sent', '已发送'), ('failed', '未能发送')], default='waiting', max_length=10, verbose_name='状态')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='尝试次数')),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='下次发送时间')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发送时间')),
                ('problem', models.CharField(blank=True, max_length=200, verbose_name='未发送原因')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='casework.notice')),
            ],
            options={
                'verbose_name': '消息',
                'verbose_name_plural': '消息',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Urging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField(verbose_name='督办日期')),
                ('text', models.CharField(max_length=500, verbose_name='督办意见')),
                ('answer_due_on', models.DateField(verbose_name='答复期限')),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='答复')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='答复日期')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='督办人')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='urgings', to='casework.case')),
            ],
            options={
                'verbose_name': '督办',
                'verbose_name_plural': '督办',
                'ordering': ['-asked_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='hearing', serialize=False, to='casework.case')),
                ('notice', models.TextField(blank=True, verbose_name='告知内容')),
                ('intended', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='拟采取的措施（编码）')),
                ('notified_on', models.DateField(blank=True, null=True, verbose_name='告知日期')),
                ('served_on', models.DateField(blank=True, null=True, verbose_name='送达日期')),
                ('served_how', models.CharField(blank=True, max_length=60, verbose_name='送达方式')),
                ('days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='陈述申辩期限（工作日）')),
                ('until', models.DateField(blank=True, null=True, verbose_name='陈述申辩截止日')),
                ('provisional', models.BooleanField(default=False, verbose_name='截止日暂定')),
                ('statement', models.TextField(blank=True, verbose_name='陈述申辩内容')),
                ('statement_on', models.DateField(blank=True, null=True, verbose_name='陈述申辩日期')),
                ('waived', models.BooleanField(default=False, verbose_name='放弃陈述申辩')),
                ('statement_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount', verbose_name='在线提交的账户')),
            ],
            options={
                'verbose_name': '告知与陈述申辩',
                'verbose_name_plural': '告知与陈述申辩',
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['department', 'due_on', 'id'], name='case_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['due_on', 'id'], name='case_due_anywhere'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['procedure', 'department', 'state', '-drafted_on', '-id'], name='case_of_department'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['procedure', '-drafted_on', '-id'], name='case_newest'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['subject', 'procedure', 'state'], name='case_of_subject'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('determined_by__isnull', True), ('drafted_by__isnull', True), models.Q(('determined_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='case_determined_by_a_second_person', violation_error_message='认定人不得是提出人。'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('drafted_by__isnull', True), models.Q(('decided_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='case_decided_by_a_second_person', violation_error_message='决定人不得是提出人。'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('determined_on__isnull', True), models.Q(('reasons', ''), _negated=True), _connector='OR'), name='case_determined_with_reasons'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__isnull', True), ('due_from__isnull', True), ('due_on__gte', models.F('due_from')), _connector='OR'), name='case_due_after_its_beginning'),
        ),
        migrations.AddConstraint(
            model_name='clockpause',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('case',), name='clock_pause_one_open'),
        ),
        migrations.AddConstraint(
            model_name='clockpause',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('asked_on')), _connector='OR'), name='clock_pause_in_order'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['department', '-on', '-id'], name='notice_of_department'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['subject', '-on', '-id'], name='notice_of_subject'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('department__isnull', False), ('office', False), ('subject__isnull', True)), models.Q(('department__isnull', True), ('office', False), ('subject__isnull', False)), models.Q(('department__isnull', True), ('office', True), ('subject__isnull', True)), _connector='OR'), name='notice_to_one'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('about__isnull', False)), fields=('case', 'kind', 'about'), name='notice_once_a_deadline'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at', 'id'], name='message_waiting'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('notice', 'channel'), name='message_once_a_channel'),
        ),
        migrations.AddConstraint(
            model_name='urging',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_on__isnull', True)), fields=('case',), name='urging_one_open_a_case'),
        ),
        migrations.AddConstraint(
            model_name='urging',
            constraint=models.CheckConstraint(condition=models.Q(('answered_on__isnull', True), models.Q(models.Q(('answer', ''), _negated=True), ('answered_by__isnull', False)), _connector='OR'), name='urging_answered_with_words'),
        ),
        migrations.AddConstraint(
            model_name='urging',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), ('asked_by__isnull', True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='urging_answered_by_another'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('served_on__isnull', True), models.Q(('notified_on__isnull', False), ('served_on__gte', models.F('notified_on')), models.Q(('notice', ''), _negated=True)), _connector='OR'), name='hearing_served_what_was_told'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('served_on__isnull', True), models.Q(('until__isnull', False), ('days__isnull', False)), _connector='OR'), name='hearing_served_with_a_last_day'),
        ),
    ]
