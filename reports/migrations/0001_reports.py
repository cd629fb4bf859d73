"""Layouts, purposes, reports, links and certificates."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0005_second_factor'),
        ('companies', '0005_resets_and_applicants'),
        ('records', '0016_document_issuer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=64, unique=True, verbose_name='证书指纹（SHA-256）')),
                ('pem', models.TextField(verbose_name='证书')),
                ('subject', models.CharField(max_length=200, verbose_name='证书主体')),
                ('since', models.DateTimeField(verbose_name='启用时间')),
            ],
            options={
                'verbose_name': '报告签章证书',
                'verbose_name_plural': '报告签章证书',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportPurpose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=20, verbose_name='名称')),
                ('sentence', models.CharField(max_length=100, verbose_name='说明')),
                ('is_active', models.BooleanField(default=True, verbose_name='使用中')),
            ],
            options={
                'verbose_name': '报告用途',
                'verbose_name_plural': '报告用途',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportLayout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('certainty', models.CharField(blank=True, max_length=300, verbose_name='确定程度')),
                ('content', models.JSONField(help_text='章节、概要和固定用语；格式见管理员手册。', verbose_name='版式')),
                ('valid_from', models.DateField(verbose_name='启用日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('issuer', models.CharField(default='哈尔滨市公共信用信息共享平台', max_length=100, verbose_name='出具单位')),
                ('months', models.PositiveSmallIntegerField(default=3, verbose_name='报告有效期（月）')),
                ('kept_months', models.PositiveSmallIntegerField(default=60, verbose_name='文件保存期（月）')),
            ],
            options={
                'verbose_name': '报告版式',
                'verbose_name_plural': '报告版式',
                'ordering': ['-valid_from', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='report_layout_in_order'), models.CheckConstraint(condition=models.Q(('months__gte', 1), ('kept_months__gte', models.F('months'))), name='report_layout_kept_while_valid')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=22, unique=True, verbose_name='报告编号')),
                ('code_hash', models.CharField(max_length=64, verbose_name='校验码摘要')),
                ('channel', models.CharField(choices=[('public', '公示网站'), ('company', '企业账户'), ('window', '服务窗口'), ('desk', '部门工作台')], max_length=10, verbose_name='渠道')),
                ('matter', models.CharField(blank=True, max_length=100, verbose_name='事项')),
                ('case_number', models.CharField(blank=True, max_length=60, verbose_name='办件编号')),
                ('issued_at', models.DateTimeField(verbose_name='生成时间')),
                ('as_of', models.DateField(verbose_name='信息截至')),
                ('valid_until', models.DateField(verbose_name='有效期至')),
                ('keep_until', models.DateField(verbose_name='文件保存至')),
                ('items', models.PositiveIntegerField(verbose_name='信息条数')),
                ('content_digest', models.CharField(max_length=64, verbose_name='内容摘要')),
                ('twin_sha256', models.CharField(max_length=64, verbose_name='数据文件摘要')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='文件摘要')),
                ('size', models.PositiveIntegerField(verbose_name='字节数')),
                ('path', models.CharField(blank=True, max_length=200, verbose_name='文件')),
                ('disposed_on', models.DateField(blank=True, null=True, verbose_name='销毁日期')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount', verbose_name='企业账户')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='申请单位')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='records.subject', verbose_name='主体')),
                ('layout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='reports.reportlayout', verbose_name='版式')),
                ('purpose', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='reports.reportpurpose', verbose_name='用途')),
            ],
            options={
                'verbose_name': '信用报告',
                'verbose_name_plural': '信用报告',
                'ordering': ['-issued_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receiver', models.CharField(max_length=100, verbose_name='接收方')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('code_hash', models.CharField(max_length=64)),
                ('until', models.DateField(verbose_name='有效至')),
                ('made_on', models.DateField(verbose_name='生成日期')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='reports.report')),
            ],
            options={
                'verbose_name': '报告链接',
                'verbose_name_plural': '报告链接',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ShareOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='下载时间')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='reports.reportshare')),
            ],
            options={
                'verbose_name': '报告链接的下载',
                'verbose_name_plural': '报告链接的下载',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['subject', '-issued_at'], name='report_of_subject'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['department', '-issued_at'], name='report_of_department'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('disposed_on__isnull', True)), fields=['keep_until'], name='report_kept'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('as_of')), ('keep_until__gte', models.F('valid_until'))), name='report_in_order'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('disposed_on__isnull', True), ('path', ''), _connector='XOR'), name='report_disposed_has_no_file'),
        ),
        migrations.AddConstraint(
            model_name='reportshare',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('made_on'))), name='report_share_in_order'),
        ),
    ]
