"""Agencies with what they were authorised to, strikes; associations with members and what is said of them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0006_paused_sharing'),
        ('casework', '0003_draws'),
        ('companies', '0005_resets_and_applicants'),
        ('lookups', '0003_retention'),
        ('records', '0016_document_issuer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None, verbose_name='机构类型')),
                ('fields_of_work', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=14), size=None, verbose_name='合作领域')),
                ('filings', models.CharField(blank=True, max_length=300, verbose_name='备案、许可')),
                ('staff', models.PositiveSmallIntegerField(verbose_name='专职人员数')),
                ('practice', models.TextField(max_length=2000, verbose_name='业务情况')),
                ('state', models.CharField(choices=[('applied', '待核对'), ('verified', '待登记'), ('returned', '已退回'), ('registered', '已登记'), ('left', '已退出'), ('struck', '已取消登记')], default='applied', max_length=12, verbose_name='状态')),
                ('applied_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='申请时间')),
                ('registered_on', models.DateField(blank=True, null=True, verbose_name='登记日期')),
                ('confirmed_until', models.DateField(blank=True, null=True, verbose_name='确认有效至')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='退出或者取消日期')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('quota', models.PositiveIntegerField(default=200, verbose_name='每日查询次数上限')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount', verbose_name='申请账户')),
                ('client', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agency', to='accounts.apiclient', verbose_name='接口客户端')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='登记单位')),
                ('registered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agency', to='records.subject', verbose_name='机构')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核对人')),
            ],
            options={
                'verbose_name': '信用服务机构',
                'verbose_name_plural': '信用服务机构',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='AgencyGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='用途')),
                ('granted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='授权时间')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount', verbose_name='授权账户')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='industry.agency', verbose_name='机构')),
                ('authorisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agency_grant', to='lookups.authorisation', verbose_name='授权')),
            ],
            options={
                'verbose_name': '机构查询授权',
                'verbose_name_plural': '机构查询授权',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Association',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=300, verbose_name='授权范围')),
                ('document', models.CharField(max_length=128, verbose_name='授权文号')),
                ('valid_from', models.DateField(verbose_name='授权起始日')),
                ('valid_until', models.DateField(verbose_name='授权截止日')),
                ('state', models.CharField(choices=[('drafted', '待授权'), ('authorised', '已授权'), ('ended', '已终止'), ('discarded', '已作废')], default='drafted', max_length=12, verbose_name='状态')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='终止日期')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('authorised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='授权人')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='授权单位')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='拟定人')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='行业协会商会')),
            ],
            options={
                'verbose_name': '行业协会授权',
                'verbose_name_plural': '行业协会授权',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='入会日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='退会日期')),
                ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='industry.association', verbose_name='行业协会商会')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='会员')),
            ],
            options={
                'verbose_name': '协会会员',
                'verbose_name_plural': '协会会员',
                'ordering': ['association', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MemberRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('commitment', '行业自律承诺'), ('training', '培训'), ('evaluation', '自律评价'), ('praise', '表彰'), ('warning', '行业内警告'), ('criticism', '通报批评'), ('censure', '公开谴责'), ('rejection', '不予接纳'), ('persuasion', '劝退')], max_length=12, verbose_name='类别')),
                ('title', models.CharField(max_length=100, verbose_name='标题')),
                ('text', models.TextField(max_length=2000, verbose_name='内容')),
                ('on', models.DateField(verbose_name='日期')),
                ('state', models.CharField(choices=[('kept', '不公开'), ('shown', '经同意公开'), ('appealed', '会员申诉中'), ('withdrawn', '已撤回')], default='kept', max_length=10, verbose_name='状态')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='录入时间')),
                ('appeal', models.TextField(blank=True, max_length=2000, verbose_name='会员申诉')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='协会答复')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount', verbose_name='录入账户')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='industry.member', verbose_name='会员')),
            ],
            options={
                'verbose_name': '会员自律记录',
                'verbose_name_plural': '会员自律记录',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StrikeCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='strikecase', serialize=False, to='casework.case')),
                ('ground', models.CharField(choices=[('untrue', '登记信息虚假，或者出具虚假报告'), ('leak', '泄露信用信息'), ('beyond', '超出授权范围查询、使用'), ('sold', '以信用修复为名收费')], max_length=10, verbose_name='情形')),
                ('facts', models.TextField(verbose_name='事实')),
                ('is_open', models.BooleanField(default=True, verbose_name='办理中')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='strikes', to='industry.agency', verbose_name='机构')),
            ],
            options={
                'verbose_name': '取消机构登记',
                'verbose_name_plural': '取消机构登记',
                'ordering': ['-case'],
            },
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('registered_by__isnull', True), models.Q(('registered_by', models.F('verified_by')), _negated=True), _connector='OR'), name='agency_registered_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'registered'), _negated=True), models.Q(('confirmed_until__isnull', False), ('registered_by__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='agency_registered_was_verified'),
        ),
        migrations.AddConstraint(
            model_name='association',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('drafted', 'authorised'))), fields=('subject',), name='association_authorised_once'),
        ),
        migrations.AddConstraint(
            model_name='association',
            constraint=models.CheckConstraint(condition=models.Q(('authorised_by__isnull', True), models.Q(('authorised_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='association_authorised_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='association',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='association_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('association', 'subject'), name='member_once'),
        ),
        migrations.AddConstraint(
            model_name='strikecase',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('agency',), name='strike_one_open'),
        ),
    ]
