"""Complaints as they are counted and watched, and reports of violations, which are sealed."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0006_paused_sharing'),
        ('records', '0016_document_issuer'),
    ]

    operations = [
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=64, verbose_name='12315登记编号')),
                ('number_key', models.CharField(max_length=64, unique=True, verbose_name='登记编号（比对用）')),
                ('operator', models.CharField(max_length=200, verbose_name='被投诉经营者')),
                ('channel', models.CharField(blank=True, max_length=30, verbose_name='登记渠道')),
                ('received_on', models.DateField(verbose_name='登记日期')),
                ('decision', models.CharField(blank=True, max_length=8, verbose_name='受理结果')),
                ('accepted_on', models.DateField(blank=True, null=True, verbose_name='受理决定日期')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='办结日期')),
                ('result', models.CharField(blank=True, max_length=12, verbose_name='办理结果')),
                ('trade', models.CharField(max_length=30, verbose_name='商品服务类别')),
                ('problem', models.CharField(max_length=30, verbose_name='问题类别')),
                ('platform', models.CharField(blank=True, max_length=100, verbose_name='电商平台')),
                ('shop', models.CharField(blank=True, max_length=100, verbose_name='门店或店铺')),
                ('brand', models.CharField(blank=True, max_length=60, verbose_name='品牌')),
                ('district', models.CharField(blank=True, max_length=12, verbose_name='区划')),
                ('case_number', models.CharField(blank=True, max_length=128, verbose_name='诉转案文号')),
                ('case_key', models.CharField(blank=True, max_length=128, verbose_name='诉转案文号（比对用）')),
                ('hidden_why', models.CharField(blank=True, max_length=100, verbose_name='不公示的原因')),
                ('first_batch', models.BigIntegerField(blank=True, null=True, verbose_name='首次报送批次')),
                ('last_batch', models.BigIntegerField(blank=True, null=True, verbose_name='最近报送批次')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='更新时间')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='报送单位')),
                ('record', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaint', to='records.creditrecord', verbose_name='信用记录')),
            ],
            options={
                'verbose_name': '消费投诉',
                'verbose_name_plural': '消费投诉',
                'ordering': ['-received_on', '-id'],
                'indexes': [models.Index(fields=['department', '-received_on', '-id'], name='complaint_desk'), models.Index(fields=['closed_on', 'trade'], name='complaint_closed'), models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['received_on'], name='complaint_open'), models.Index(condition=models.Q(('case_key', ''), _negated=True), fields=['case_key'], name='complaint_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('record__isnull', False), models.Q(('hidden_why', ''), _negated=True), _connector='OR'), name='complaint_without_record_is_hidden')],
            },
        ),
        migrations.CreateModel(
            name='ViolationReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=64, verbose_name='12315登记编号')),
                ('number_key', models.CharField(max_length=64, unique=True, verbose_name='登记编号（比对用）')),
                ('received_on', models.DateField(verbose_name='登记日期')),
                ('trade', models.CharField(max_length=30, verbose_name='商品服务类别')),
                ('problem', models.CharField(max_length=30, verbose_name='问题类别')),
                ('extended', models.BooleanField(default=False, verbose_name='延长核查')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='核查日期')),
                ('checked', models.CharField(blank=True, max_length=8, verbose_name='核查结果')),
                ('told_on', models.DateField(blank=True, null=True, verbose_name='告知举报人日期')),
                ('sealed', models.BinaryField(verbose_name='内容（密文）')),
                ('first_batch', models.BigIntegerField(verbose_name='首次报送批次')),
                ('last_batch', models.BigIntegerField(verbose_name='最近报送批次')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='更新时间')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='办理单位')),
            ],
            options={
                'verbose_name': '违法行为举报',
                'verbose_name_plural': '违法行为举报',
                'ordering': ['-received_on', '-id'],
                'indexes': [models.Index(fields=['department', '-received_on', '-id'], name='violation_report_desk')],
            },
        ),
    ]
