"""Events of the national system, their deliveries and answers."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_triggers'),
        ('accounts', '0005_second_factor'),
        ('casework', '0002_history'),
        ('sanctions', '0002_history_and_periods'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NationalDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('file', '文件'), ('api', '接口')], max_length=8, verbose_name='来源')),
                ('format', models.CharField(max_length=20, verbose_name='格式')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('path', models.CharField(max_length=200, verbose_name='位置')),
                ('size', models.PositiveIntegerField(verbose_name='大小（字节）')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='接收时间')),
                ('received_by', models.CharField(max_length=100, verbose_name='接收人')),
            ],
            options={
                'verbose_name': '国家系统事件接收',
                'verbose_name_plural': '国家系统事件接收',
                'ordering': ['-received_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='NationalEvent',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='nationalevent', serialize=False, to='casework.case')),
                ('number', models.CharField(max_length=64, unique=True, verbose_name='事件编号')),
                ('digest', models.CharField(max_length=64, verbose_name='内容摘要')),
                ('kind', models.CharField(choices=[('punishment', '失信惩戒'), ('reward', '守信激励')], max_length=12, verbose_name='事件类别')),
                ('subject_name', models.CharField(max_length=200, verbose_name='主体名称')),
                ('subject_code', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                ('id_number', models.BinaryField(blank=True, null=True, verbose_name='证件号码（密文）')),
                ('id_masked', models.CharField(blank=True, max_length=40, verbose_name='证件号码（遮盖）')),
                ('list_name', models.CharField(blank=True, max_length=200, verbose_name='名单')),
                ('authority', models.CharField(blank=True, max_length=200, verbose_name='认定或者提出单位')),
                ('account', models.TextField(verbose_name='事件内容')),
                ('occurred_on', models.DateField(blank=True, null=True, verbose_name='事件日期')),
                ('answer_by', models.DateField(blank=True, null=True, verbose_name='国家系统要求反馈的日期')),
                ('returned_why', models.CharField(blank=True, max_length=500, verbose_name='退回理由')),
                ('result', models.CharField(blank=True, choices=[('true', '属实'), ('untrue', '不属实'), ('elsewhere', '非本市主体'), ('repaired', '已修复')], max_length=12, verbose_name='核查结果')),
                ('statement', models.TextField(blank=True, verbose_name='核查经过')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='修复日期')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='核查日期')),
                ('office', models.ForeignKey(help_text='退回的事件回到这里。', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='接收单位')),
            ],
            options={
                'verbose_name': '国家系统事件',
                'verbose_name_plural': '国家系统事件',
            },
        ),
        migrations.CreateModel(
            name='NationalDeliveryLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField(verbose_name='次序')),
                ('number', models.CharField(blank=True, max_length=64, verbose_name='事件编号')),
                ('outcome', models.CharField(choices=[('new', '新收到'), ('same', '无变化'), ('changed', '内容已更新'), ('late', '已答复后又有变化'), ('refused', '未接收')], max_length=8, verbose_name='结果')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='sanctions.nationaldelivery')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='sanctions.nationalevent')),
            ],
            options={
                'verbose_name': '接收的事件',
                'verbose_name_plural': '接收的事件',
                'ordering': ['delivery', 'place'],
            },
        ),
        migrations.CreateModel(
            name='NationalFeedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=64, unique=True, verbose_name='上报编号')),
                ('format', models.CharField(max_length=20, verbose_name='格式')),
                ('path', models.CharField(max_length=200, verbose_name='位置')),
                ('size', models.PositiveIntegerField(verbose_name='大小（字节）')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='生成时间')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='生成人')),
            ],
            options={
                'verbose_name': '国家系统反馈文件',
                'verbose_name_plural': '国家系统反馈文件',
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='NationalReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=200, verbose_name='位置')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='接收时间')),
                ('received_by', models.CharField(max_length=100, verbose_name='接收人')),
                ('feedback', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='sanctions.nationalfeedback')),
            ],
            options={
                'verbose_name': '国家系统回执',
                'verbose_name_plural': '国家系统回执',
                'ordering': ['-received_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='NationalFeedbackLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('result', models.CharField(max_length=12, verbose_name='核查结果')),
                ('accepted', models.BooleanField(blank=True, null=True, verbose_name='已接受')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='退回原因')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='sanctions.nationalevent')),
                ('feedback', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='sanctions.nationalfeedback')),
                ('receipt', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='sanctions.nationalreceipt')),
            ],
            options={
                'verbose_name': '上报的核查结果',
                'verbose_name_plural': '上报的核查结果',
            },
        ),
        migrations.AddConstraint(
            model_name='nationalevent',
            constraint=models.CheckConstraint(condition=models.Q(('result', ''), models.Q(('statement', ''), _negated=True), _connector='OR'), name='national_event_found_with_an_account'),
        ),
        migrations.AddConstraint(
            model_name='nationalevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result', 'repaired'), _negated=True), ('settled_on__isnull', False), _connector='OR'), name='national_event_repaired_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='nationaldeliveryline',
            constraint=models.UniqueConstraint(fields=('delivery', 'place'), name='national_line_once'),
        ),
        migrations.AddConstraint(
            model_name='nationaldeliveryline',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'refused'), ('event__isnull', False), _connector='OR'), name='national_line_of_an_event'),
        ),
        migrations.AddConstraint(
            model_name='nationalreceipt',
            constraint=models.UniqueConstraint(fields=('feedback', 'sha256'), name='national_receipt_taken_once'),
        ),
        migrations.AddConstraint(
            model_name='nationalfeedbackline',
            constraint=models.UniqueConstraint(fields=('feedback', 'event'), name='national_answer_once_a_file'),
        ),
        migrations.AddConstraint(
            model_name='nationalfeedbackline',
            constraint=models.CheckConstraint(condition=models.Q(('accepted__isnull', True), ('receipt__isnull', False), _connector='OR'), name='national_answer_by_a_receipt'),
        ),
        KeepHistory("sanctions_nationalevent", pk="case_id", exclude=["id_number"], quiet=["id_number"]),
        KeepHistory("sanctions_nationalfeedbackline"),
        AppendOnly("sanctions_nationaldelivery"),
        AppendOnly("sanctions_nationaldeliveryline"),
        AppendOnly("sanctions_nationalfeedback"),
        AppendOnly("sanctions_nationalreceipt"),
    ]
