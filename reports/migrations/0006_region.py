"""Who issues reports in another region, and the reports of others that were handed in."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_paused_sharing'),
        ('audit', '0002_triggers'),
        ('records', '0016_document_issuer'),
        ('reports', '0005_uses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='reportlayout',
            name='kind',
            field=models.CharField(choices=[('general', '公共信用信息报告'), ('proof', '专项信用报告'), ('person', '公共信用信息报告（个人版）'), ('region', '三省一区信用报告（对照）')], default='general', max_length=10, verbose_name='种类'),
        ),
        migrations.CreateModel(
            name='ReportIssuer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=100, verbose_name='出具单位')),
                ('region', models.CharField(max_length=40, verbose_name='地区')),
                ('verify_at', models.URLField(blank=True, max_length=300, validators=[django.core.validators.URLValidator(schemes=['https', 'http'])], verbose_name='核对网址')),
                ('certificate', models.TextField(blank=True, help_text='由出具单位正式提供。没有的留空，其报告不会显示为签章有效。', verbose_name='签章证书（PEM）')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64, verbose_name='证书指纹（SHA-256）')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('valid_from', models.DateField(verbose_name='启用日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('layout', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.reportlayout', verbose_name='版式')),
            ],
            options={
                'verbose_name': '异地出具单位',
                'verbose_name_plural': '异地出具单位',
                'db_table': 'reports_issuer',
                'ordering': ['region', 'code'],
            },
        ),
        migrations.CreateModel(
            name='ForeignReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='登记编号')),
                ('matter', models.CharField(max_length=100, verbose_name='事项')),
                ('case_number', models.CharField(max_length=60, verbose_name='办件编号')),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='登记时间')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('size', models.PositiveIntegerField(verbose_name='大小（字节）')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('path', models.CharField(max_length=200, verbose_name='位置')),
                ('pages', models.PositiveIntegerField(verbose_name='页数')),
                ('seal', models.CharField(choices=[('known', '签章有效'), ('unknown', '签章完整，签章人未登记'), ('altered', '签章后被改动'), ('continued', '签章后被追加内容'), ('unreadable', '签章无法核验'), ('none', '没有签章')], max_length=12, verbose_name='签章')),
                ('signer', models.CharField(blank=True, max_length=300, verbose_name='签章人')),
                ('findings', models.JSONField(default=list, verbose_name='核验情况')),
                ('twin', models.JSONField(blank=True, null=True, verbose_name='数据文件')),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='登记单位')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('issuer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.reportissuer', verbose_name='出具单位')),
            ],
            options={
                'verbose_name': '异地信用报告',
                'verbose_name_plural': '异地信用报告',
                'db_table': 'reports_foreign',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='reportissuer',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='report_issuer_in_order'),
        ),
        migrations.AddConstraint(
            model_name='reportissuer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('certificate', ''), ('fingerprint', '')), models.Q(models.Q(('certificate', ''), _negated=True), models.Q(('fingerprint', ''), _negated=True)), _connector='OR'), name='report_issuer_has_its_fingerprint'),
        ),
        migrations.AddIndex(
            model_name='foreignreport',
            index=models.Index(fields=['subject', '-id'], name='report_foreign_of_subject'),
        ),
        migrations.AddIndex(
            model_name='foreignreport',
            index=models.Index(fields=['department', '-id'], name='report_foreign_of_department'),
        ),
        migrations.AddConstraint(
            model_name='foreignreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seal', 'known'), _negated=True), ('issuer__isnull', False), _connector='OR'), name='report_foreign_known_has_its_issuer'),
        ),
        KeepHistory("reports_issuer"),
        KeepHistory("reports_foreign"),
    ]
