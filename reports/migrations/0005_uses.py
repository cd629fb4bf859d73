"""Uses of reports with the consent of whom they are about, and which purposes departments may ask under."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from credit_platform.audit.history import AppendOnly, KeepHistory

OF_DEPARTMENTS = ("tender", "access", "approval", "qualification", "funds")


def mark_purposes(apps, _schema):
    """The purposes that an installation has already; a new one loads them so."""
    apps.get_model("reports", "ReportPurpose").objects.filter(code__in=OF_DEPARTMENTS).update(of_departments=True)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_paused_sharing'),
        ('companies', '0005_resets_and_applicants'),
        ('audit', '0002_triggers'),
        ('lookups', '0002_history'),
        ('records', '0016_document_issuer'),
        ('reports', '0004_persons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='reportpurpose',
            name='of_departments',
            field=models.BooleanField(default=False, verbose_name='部门可以申请使用'),
        ),
        migrations.AlterField(
            model_name='report',
            name='channel',
            field=models.CharField(choices=[('public', '公示网站'), ('company', '企业账户'), ('window', '服务窗口'), ('desk', '部门工作台'), ('consent', '经主体同意')], max_length=10, verbose_name='渠道'),
        ),
        migrations.CreateModel(
            name='ReportUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='使用编号')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='申请时间')),
                ('matter', models.CharField(max_length=100, verbose_name='事项')),
                ('case_number', models.CharField(max_length=60, verbose_name='办件编号')),
                ('reason', models.CharField(max_length=300, verbose_name='使用理由（主体可见）')),
                ('until', models.DateField(verbose_name='使用至')),
                ('answer_by', models.DateField(verbose_name='答复期限')),
                ('state', models.CharField(choices=[('asked', '待主体同意'), ('consented', '已同意'), ('declined', '不同意'), ('withdrawn', '已撤回申请'), ('lapsed', '逾期未答复'), ('revoked', '已撤回同意')], default='asked', max_length=10, verbose_name='状态')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='答复说明')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回同意时间')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount', verbose_name='答复账户')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('authorisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='lookups.authorisation', verbose_name='书面同意')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='使用单位')),
                ('purpose', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.reportpurpose', verbose_name='用途')),
                ('report', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='use', to='reports.report', verbose_name='报告')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
                ('window_clerk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='窗口经办人')),
            ],
            options={
                'verbose_name': '报告使用',
                'verbose_name_plural': '报告使用',
                'db_table': 'reports_use',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='UseOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='打开时间')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='打开人')),
                ('use', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='reports.reportuse')),
            ],
            options={
                'verbose_name': '报告使用的打开记录',
                'verbose_name_plural': '报告使用的打开记录',
                'db_table': 'reports_useopening',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='reportuse',
            index=models.Index(fields=['subject', '-id'], name='report_use_of_subject'),
        ),
        migrations.AddIndex(
            model_name='reportuse',
            index=models.Index(fields=['department', '-id'], name='report_use_of_department'),
        ),
        migrations.AddIndex(
            model_name='reportuse',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['answer_by'], name='report_use_asked'),
        ),
        migrations.AddConstraint(
            model_name='reportuse',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('department', 'subject', 'case_number'), name='report_use_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='reportuse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['consented', 'revoked']), _negated=True), ('report__isnull', False), _connector='OR'), name='report_use_consented_has_a_report'),
        ),
        migrations.AddConstraint(
            model_name='reportuse',
            constraint=models.CheckConstraint(condition=models.Q(('report__isnull', True), ('account__isnull', False), ('authorisation__isnull', False), _connector='OR'), name='report_use_by_account_or_on_paper'),
        ),
        migrations.AddConstraint(
            model_name='reportuse',
            constraint=models.CheckConstraint(condition=models.Q(('window_clerk__isnull', True), models.Q(('window_clerk', models.F('asked_by')), _negated=True), _connector='OR'), name='report_use_by_two'),
        ),
        KeepHistory("reports_use"),
        AppendOnly("reports_useopening"),
        migrations.RunPython(mark_purposes, migrations.RunPython.noop),
    ]
