"""Fields, campaigns, frozen target lists and what became of them."""

import django.db.models.deletion
import django.utils.timezone
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
            name='CampaignField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('no', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('name', models.CharField(max_length=60, verbose_name='领域')),
                ('lead', models.CharField(blank=True, max_length=100, verbose_name='牵头单位')),
                ('partners', models.CharField(blank=True, max_length=200, verbose_name='配合单位')),
                ('source', models.CharField(max_length=200, verbose_name='来源文件')),
                ('certainty', models.CharField(max_length=200, verbose_name='确定程度')),
                ('valid_from', models.DateField(verbose_name='施行日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='废止日期')),
            ],
            options={
                'verbose_name': '专项治理领域',
                'verbose_name_plural': '专项治理领域',
                'ordering': ['no', 'valid_from'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('no',), name='campaign_field_one_now'), models.UniqueConstraint(fields=('no', 'valid_from'), name='campaign_field_begins_once'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='campaign_field_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='CampaignCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='campaigncase', serialize=False, to='casework.case')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('measures', models.TextField(help_text='一行一项。', verbose_name='治理措施')),
                ('outcome', models.TextField(blank=True, verbose_name='治理成效')),
                ('lasting', models.TextField(blank=True, verbose_name='长效机制')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='campaigns.campaignfield', verbose_name='领域')),
            ],
            options={
                'verbose_name': '专项治理',
                'verbose_name_plural': '专项治理',
                'ordering': ['-case'],
            },
        ),
        migrations.CreateModel(
            name='Example',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='标题')),
                ('text', models.TextField(verbose_name='正文')),
                ('state', models.CharField(choices=[('draft', '待审核'), ('public', '已公开'), ('withdrawn', '已撤下')], default='draft', max_length=10, verbose_name='状态')),
                ('written_on', models.DateField(verbose_name='撰写日期')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='公开日期')),
                ('withdrawn_why', models.CharField(blank=True, max_length=300, verbose_name='撤下原因')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='examples', to='campaigns.campaigncase', verbose_name='专项治理')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撰写人')),
            ],
            options={
                'verbose_name': '治理案例',
                'verbose_name_plural': '治理案例',
                'ordering': ['-published_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
            ],
            options={
                'verbose_name': '治理对象',
                'verbose_name_plural': '治理对象',
                'ordering': ['target_list', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TargetRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.creditrecord')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.target')),
            ],
            options={
                'db_table': 'campaigns_target_records',
            },
        ),
        migrations.AddConstraint(
            model_name='targetrecord',
            constraint=models.UniqueConstraint(fields=('target', 'record'), name='target_record_once'),
        ),
        migrations.AddField(
            model_name='target',
            name='records',
            field=models.ManyToManyField(related_name='targets', through='campaigns.TargetRecord', to='records.creditrecord', verbose_name='依据的信用记录'),
        ),
        migrations.CreateModel(
            name='Handling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('progress', models.CharField(choices=[('notified', '已告知'), ('transferred', '已移送')], max_length=12, verbose_name='办理')),
                ('on', models.DateField(verbose_name='日期')),
                ('document', models.CharField(max_length=128, verbose_name='文书号')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='登记时间')),
                ('taken_back_on', models.DateField(blank=True, null=True, verbose_name='撤回日期')),
                ('taken_back_why', models.CharField(blank=True, max_length=300, verbose_name='撤回原因')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.attachment', verbose_name='证明材料')),
                ('receiver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='接收单位')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handlings', to='campaigns.target', verbose_name='治理对象')),
            ],
            options={
                'verbose_name': '治理办理登记',
                'verbose_name_plural': '治理办理登记',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TargetList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('query', models.JSONField(verbose_name='取数条件')),
                ('as_of', models.DateField(verbose_name='取数日期')),
                ('size', models.PositiveIntegerField(verbose_name='户数')),
                ('persons', models.PositiveIntegerField(verbose_name='未列入的自然人')),
                ('digest', models.CharField(max_length=64, verbose_name='名单摘要')),
                ('frozen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='冻结时间')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='审核日期')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lists', to='campaigns.campaigncase', verbose_name='专项治理')),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='冻结人')),
            ],
            options={
                'verbose_name': '治理清单',
                'verbose_name_plural': '治理清单',
                'ordering': ['campaign', '-number'],
            },
        ),
        migrations.AddField(
            model_name='target',
            name='target_list',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='campaigns.targetlist'),
        ),
        migrations.AddConstraint(
            model_name='campaigncase',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='campaign_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='campaigncase',
            constraint=models.CheckConstraint(condition=models.Q(('measures', ''), _negated=True), name='campaign_has_measures'),
        ),
        migrations.AddConstraint(
            model_name='example',
            constraint=models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('written_by')), _negated=True), _connector='OR'), name='example_published_by_a_second_person', violation_error_message='审核人不得是撰写人。'),
        ),
        migrations.AddConstraint(
            model_name='example',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('published_by__isnull', False), ('published_on__isnull', False)), _connector='OR'), name='example_public_after_a_review'),
        ),
        migrations.AddConstraint(
            model_name='handling',
            constraint=models.UniqueConstraint(condition=models.Q(('taken_back_on__isnull', True)), fields=('target', 'progress'), name='handling_once_a_target'),
        ),
        migrations.AddConstraint(
            model_name='handling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('progress', 'notified'), ('receiver__isnull', True)), models.Q(('progress', 'transferred'), ('receiver__isnull', False)), _connector='OR'), name='handling_transferred_to_somebody'),
        ),
        migrations.AddConstraint(
            model_name='targetlist',
            constraint=models.UniqueConstraint(fields=('campaign', 'number'), name='target_list_number'),
        ),
        migrations.AddConstraint(
            model_name='targetlist',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('frozen_by')), _negated=True), _connector='OR'), name='target_list_approved_by_a_second_person', violation_error_message='审核人不得是冻结人。'),
        ),
        migrations.AddConstraint(
            model_name='targetlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', True), ('approved_on__isnull', True)), models.Q(('approved_by__isnull', False), ('approved_on__isnull', False)), _connector='OR'), name='target_list_approved_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('target_list', 'subject'), name='target_once'),
        ),
    ]
