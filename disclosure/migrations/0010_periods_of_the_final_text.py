"""Start, end, minimum and performance of a period become data of its class; rules of a second channel; limits of the simple procedure.

Two columns are read no longer (`ruleset.ends_when`, `periodrule.until_valid`). They stay for one release, with a default, so that the
release before this one can go on reading and writing while it is replaced.
"""

from credit_platform.audit.history import KeepHistory
import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0009_feed_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='SimpleProcedureLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(blank=True, choices=[('legal', '法人及非法人组织'), ('sole_trader', '个体工商户'), ('person', '自然人')], help_text='留空表示不限主体类别。', max_length=12, verbose_name='主体类别')),
                ('penalty_kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None, verbose_name='可用的处罚类别')),
                ('amount_yuan', models.PositiveIntegerField(verbose_name='罚款不超过（元）')),
                ('valid_from', models.DateField(help_text='按处罚决定日期适用。', verbose_name='生效日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
            ],
            options={
                'verbose_name': '简易程序适用范围',
                'verbose_name_plural': '简易程序适用范围',
                'ordering': ['valid_from', 'subject_kind'],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE disclosure_periodrule ALTER COLUMN until_valid SET DEFAULT false",
                    "ALTER TABLE disclosure_periodrule ALTER COLUMN until_valid DROP DEFAULT",
                ),
                migrations.RunSQL(
                    "ALTER TABLE disclosure_ruleset ALTER COLUMN ends_when SET DEFAULT 'expired'",
                    "ALTER TABLE disclosure_ruleset ALTER COLUMN ends_when DROP DEFAULT",
                ),
            ],
            state_operations=[
                migrations.RemoveField(model_name="periodrule", name="until_valid"),
                migrations.RemoveField(model_name="ruleset", name="ends_when"),
            ],
        ),
        migrations.AddField(
            model_name='periodrule',
            name='end_kind',
            field=models.CharField(choices=[('maximum', '最长期限届满'), ('validity', '有效期届满'), ('ban', '最长期限届满，附带期限更长的至其届满')], db_default='maximum', default='maximum', max_length=10, verbose_name='截止'),
        ),
        migrations.AddField(
            model_name='periodrule',
            name='fixed',
            field=models.BooleanField(db_default=False, default=False, help_text='规定直接列明的处罚类别：机关填写较轻的失信严重程度不予采用。', verbose_name='不得认定为较轻类别'),
        ),
        migrations.AddField(
            model_name='periodrule',
            name='min_from',
            field=models.CharField(choices=[('start', '与公示期相同'), ('performed', '履行、纠正之日')], db_default='start', default='start', max_length=10, verbose_name='最短期起算'),
        ),
        migrations.AddField(
            model_name='periodrule',
            name='name',
            field=models.CharField(blank=True, db_default='', help_text='核对公示期的表格（explain_periods）用它指明类别。', max_length=30, verbose_name='类别简称'),
        ),
        migrations.AddField(
            model_name='periodrule',
            name='start_kind',
            field=models.CharField(blank=True, choices=[('decision', '决定之日'), ('publication', '公示之日')], db_default='', help_text='留空按所属规则的起算。', max_length=12, verbose_name='起算'),
        ),
        migrations.AddField(
            model_name='periodrule',
            name='unperformed_at_max',
            field=models.CharField(choices=[('stop', '停止公示'), ('keep', '继续公示至履行')], db_default='stop', default='stop', help_text='最长公示期届满自动停止；行业主管部门对本领域另有规定的，才选“继续公示至履行”，并在依据中写明。', max_length=4, verbose_name='期满未履行'),
        ),
        migrations.AddField(
            model_name='periodrule',
            name='valid_from',
            field=models.DateField(blank=True, help_text='留空与所属规则相同。', null=True, verbose_name='生效日期'),
        ),
        migrations.AddField(
            model_name='periodrule',
            name='valid_until',
            field=models.DateField(blank=True, null=True, verbose_name='失效日期'),
        ),
        migrations.AddField(
            model_name='ruleset',
            name='channel',
            field=models.CharField(choices=[('credit', '信用网站'), ('market', '企业信用信息公示系统'), ('list', '失信主体名单')], db_default='credit', default='credit', help_text='本平台的公示期按“信用网站”的规则；其他渠道的日期只作并列提示。', max_length=8, verbose_name='公示渠道'),
        ),
        migrations.AddField(
            model_name='ruleset',
            name='organ_word',
            field=models.CharField(blank=True, db_default='', help_text='只适用于名称含有该词的机关，例如“市场监督管理”；留空不限。', max_length=40, verbose_name='适用机关'),
        ),
        migrations.AddConstraint(
            model_name='periodrule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='period_rule_dates'),
        ),
        KeepHistory("disclosure_simpleprocedurelimit"),
    ]
