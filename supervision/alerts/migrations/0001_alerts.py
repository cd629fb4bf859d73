"""Rules with their back-tests and nights, alerts with their facts, verifications."""

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
            name='Sweep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(unique=True, verbose_name='日期')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='开始时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
            ],
            options={
                'verbose_name': '预警扫描',
                'verbose_name_plural': '预警扫描',
                'ordering': ['-on'],
            },
        ),
        migrations.CreateModel(
            name='AlertRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, verbose_name='规则代号')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='版本')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('condition', models.CharField(max_length=24, verbose_name='条件')),
                ('parameters', models.JSONField(blank=True, default=dict, verbose_name='条件参数')),
                ('window_days', models.PositiveIntegerField(verbose_name='观察期（天）')),
                ('threshold', models.PositiveIntegerField(verbose_name='触发值')),
                ('clear_threshold', models.PositiveIntegerField(default=0, verbose_name='解除值')),
                ('severity', models.CharField(choices=[('note', '提示'), ('concern', '关注'), ('warning', '预警')], max_length=8, verbose_name='级别')),
                ('receiver', models.CharField(choices=[('source', '提供最近一条依据信息的单位'), ('office', '市信用办'), ('named', '指定单位')], default='source', max_length=8, verbose_name='接收单位')),
                ('ack_days', models.PositiveSmallIntegerField(default=3, verbose_name='签收时限（工作日）')),
                ('handle_days', models.PositiveSmallIntegerField(default=10, verbose_name='处置时限（工作日）')),
                ('cooldown_days', models.PositiveIntegerField(default=90, verbose_name='静默期（天）')),
                ('horizon_days', models.PositiveIntegerField(default=180, verbose_name='验证期（天）')),
                ('outcomes', models.JSONField(default=list, verbose_name='验证所用的后果')),
                ('weekly_budget', models.PositiveSmallIntegerField(default=10, verbose_name='每人每周件数上限')),
                ('false_share', models.PositiveSmallIntegerField(default=50, verbose_name='停用的误报占比（%）')),
                ('false_least', models.PositiveSmallIntegerField(default=20, verbose_name='停用所需办结件数')),
                ('advice', models.CharField(max_length=500, verbose_name='收到后怎样办')),
                ('basis', models.CharField(max_length=300, verbose_name='参数依据')),
                ('state', models.CharField(choices=[('draft', '草拟'), ('backtested', '已回测'), ('shadow', '试运行'), ('active', '运行中'), ('paused', '已停用'), ('retired', '已废止')], default='draft', max_length=12, verbose_name='状态')),
                ('state_why', models.CharField(blank=True, max_length=300, verbose_name='状态说明')),
                ('owner', models.CharField(blank=True, max_length=100, verbose_name='责任人')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='复审期限')),
                ('activated_on', models.DateField(blank=True, null=True, verbose_name='启用日期')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='更新时间')),
                ('activated_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='启用人')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='指定的单位')),
                ('drafted_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='草拟人')),
            ],
            options={
                'verbose_name': '预警规则',
                'verbose_name_plural': '预警规则',
                'ordering': ['code', '-version'],
            },
        ),
        migrations.CreateModel(
            name='AlertCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='alertcase', serialize=False, to='casework.case')),
                ('code', models.CharField(max_length=10, verbose_name='规则代号')),
                ('severity', models.CharField(choices=[('note', '提示'), ('concern', '关注'), ('warning', '预警')], max_length=8, verbose_name='级别')),
                ('level', models.PositiveIntegerField(verbose_name='数值')),
                ('raised_on', models.DateField(verbose_name='预警日期')),
                ('plan', models.CharField(blank=True, max_length=500, verbose_name='核实打算')),
                ('verdict', models.CharField(blank=True, choices=[('true', '属实已处置'), ('false', '误报'), ('duplicate', '已知重复'), ('wrong', '信息有误'), ('lapsed', '依据已消失')], max_length=10, verbose_name='结论')),
                ('measure', models.CharField(blank=True, choices=[('remind', '提示'), ('interview', '约谈'), ('inspect', '抽查'), ('refer', '立案移送'), ('watch', '纳入重点关注')], max_length=10, verbose_name='处置方式')),
                ('document', models.CharField(blank=True, max_length=128, verbose_name='处置文书号')),
                ('reopened', models.PositiveSmallIntegerField(default=0, verbose_name='再现次数')),
                ('is_open', models.BooleanField(default=True, verbose_name='办理中')),
                ('correction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case', verbose_name='整改和约谈')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
                ('wrong', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.creditrecord', verbose_name='有误的信息')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='alerts.alertrule', verbose_name='规则')),
            ],
            options={
                'verbose_name': '信用预警',
                'verbose_name_plural': '信用预警',
                'ordering': ['-case'],
            },
        ),
        migrations.CreateModel(
            name='Backtest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField(verbose_name='起始日')),
                ('last', models.DateField(verbose_name='截止日')),
                ('state', models.CharField(choices=[('waiting', '等待回测'), ('running', '回测中'), ('done', '回测完毕'), ('cancelled', '已取消'), ('failed', '未能完成')], default='waiting', max_length=10, verbose_name='状态')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='已完成步数')),
                ('total', models.PositiveSmallIntegerField(default=0, verbose_name='总步数')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='未完成原因')),
                ('alerts', models.PositiveIntegerField(default=0, verbose_name='预警件数')),
                ('subjects', models.PositiveIntegerField(default=0, verbose_name='涉及主体')),
                ('decided', models.PositiveIntegerField(default=0, verbose_name='验证期已满')),
                ('followed', models.PositiveIntegerField(default=0, verbose_name='其后发生后果')),
                ('outcomes', models.PositiveIntegerField(default=0, verbose_name='后果件数')),
                ('foreseen', models.PositiveIntegerField(default=0, verbose_name='事先预警到的后果')),
                ('lead_days', models.FloatField(blank=True, null=True, verbose_name='提前天数中位数')),
                ('weekly', models.FloatField(blank=True, null=True, verbose_name='每人每周件数')),
                ('ordered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='提交时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('ordered_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提交人')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='backtests', to='alerts.alertrule', verbose_name='规则')),
            ],
            options={
                'verbose_name': '规则回测',
                'verbose_name_plural': '规则回测',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='日期')),
                ('text', models.CharField(max_length=300, verbose_name='内容')),
                ('officer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
            ],
            options={
                'verbose_name': '预警日报',
                'verbose_name_plural': '预警日报',
                'ordering': ['-on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Firing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='日期')),
                ('level', models.PositiveIntegerField(verbose_name='数值')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='情形消失日期')),
                ('backtest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='firings', to='alerts.backtest', verbose_name='回测')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='firings', to='alerts.alertrule', verbose_name='规则')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
            ],
            options={
                'verbose_name': '试运行结果',
                'verbose_name_plural': '试运行结果',
                'ordering': ['-on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Miss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='发生日期')),
                ('what', models.CharField(max_length=300, verbose_name='后果')),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('backtest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='misses', to='alerts.backtest')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
            ],
            options={
                'verbose_name': '漏报',
                'verbose_name_plural': '漏报',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='SweepLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fired', models.PositiveIntegerField(default=0, verbose_name='达到触发值的主体')),
                ('raised', models.PositiveIntegerField(default=0, verbose_name='新预警')),
                ('appended', models.PositiveIntegerField(default=0, verbose_name='补充依据')),
                ('cleared', models.PositiveIntegerField(default=0, verbose_name='情形消失')),
                ('reopened', models.PositiveIntegerField(default=0, verbose_name='情形再现')),
                ('held', models.PositiveIntegerField(default=0, verbose_name='超出件数上限，暂缓')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='未扫描原因')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alerts.alertrule', verbose_name='规则')),
                ('sweep', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='alerts.sweep')),
            ],
            options={
                'verbose_name': '预警扫描结果',
                'verbose_name_plural': '预警扫描结果',
                'ordering': ['rule__code'],
            },
        ),
        migrations.CreateModel(
            name='VerificationCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='verificationcase', serialize=False, to='casework.case')),
                ('asked_version', models.PositiveIntegerField(verbose_name='提出时的版本')),
                ('question', models.CharField(max_length=500, verbose_name='有误之处')),
                ('is_open', models.BooleanField(default=True, verbose_name='办理中')),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verifications', to='alerts.alertcase', verbose_name='来源预警')),
                ('checked', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verifications', to='records.creditrecord', verbose_name='待核实的信息')),
            ],
            options={
                'verbose_name': '信息核实更正',
                'verbose_name_plural': '信息核实更正',
                'ordering': ['-case'],
            },
        ),
        migrations.CreateModel(
            name='AlertFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, verbose_name='编号')),
                ('weight', models.PositiveIntegerField(default=1, verbose_name='计数')),
                ('since', models.DateField(verbose_name='计入日期')),
                ('added_on', models.DateField(verbose_name='列入预警日期')),
                ('gone_on', models.DateField(blank=True, null=True, verbose_name='不再计入日期')),
                ('gone_why', models.CharField(blank=True, max_length=200, verbose_name='不再计入原因')),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='alerts.alertcase')),
                ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.creditrecord', verbose_name='信用记录')),
            ],
            options={
                'verbose_name': '预警依据',
                'verbose_name_plural': '预警依据',
                'ordering': ['since', 'id'],
                'indexes': [models.Index(condition=models.Q(('gone_on__isnull', True)), fields=['record'], name='alert_fact_record')],
                'constraints': [models.UniqueConstraint(fields=('alert', 'key'), name='alert_fact_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='alertrule',
            constraint=models.UniqueConstraint(fields=('code', 'version'), name='alert_rule_version_once'),
        ),
        migrations.AddConstraint(
            model_name='alertrule',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('code',), name='alert_rule_one_active'),
        ),
        migrations.AddConstraint(
            model_name='alertrule',
            constraint=models.CheckConstraint(condition=models.Q(('clear_threshold__lt', models.F('threshold'))), name='alert_rule_clears_below_its_threshold'),
        ),
        migrations.AddConstraint(
            model_name='alertrule',
            constraint=models.CheckConstraint(condition=models.Q(('drafted_by__isnull', True), ('activated_by__isnull', True), models.Q(('drafted_by', models.F('activated_by')), _negated=True), _connector='OR'), name='alert_rule_activated_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='alertrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), models.Q(('activated_by__isnull', False), ('activated_on__isnull', False), ('review_by__isnull', False)), _connector='OR'), name='alert_rule_speaks_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='alertrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('receiver', 'named'), _negated=True), ('department__isnull', False), _connector='OR'), name='alert_rule_names_its_receiver'),
        ),
        migrations.AddIndex(
            model_name='alertcase',
            index=models.Index(fields=['code', 'subject'], name='alert_of_subject'),
        ),
        migrations.AddConstraint(
            model_name='alertcase',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('code', 'subject'), name='alert_one_open_of_rule_and_subject'),
        ),
        migrations.AddConstraint(
            model_name='alertcase',
            constraint=models.CheckConstraint(condition=models.Q(('is_open', False), ('verdict', ''), _connector='OR'), name='alert_open_has_no_verdict'),
        ),
        migrations.AddConstraint(
            model_name='alertcase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'true'), _negated=True), models.Q(('measure', ''), _negated=True), _connector='OR'), name='alert_true_says_what_was_done'),
        ),
        migrations.AddConstraint(
            model_name='backtest',
            constraint=models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='backtest_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='backtest',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running'])), fields=('rule',), name='backtest_one_a_rule'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('officer', 'on'), name='digest_once_a_day'),
        ),
        migrations.AddIndex(
            model_name='firing',
            index=models.Index(fields=['rule', '-on', '-id'], name='firing_newest'),
        ),
        migrations.AddConstraint(
            model_name='firing',
            constraint=models.UniqueConstraint(condition=models.Q(('backtest__isnull', True), ('ended_on__isnull', True)), fields=('rule', 'subject'), name='firing_one_open_in_shadow'),
        ),
        migrations.AddConstraint(
            model_name='sweepline',
            constraint=models.UniqueConstraint(fields=('sweep', 'rule'), name='sweep_line_once'),
        ),
        migrations.AddConstraint(
            model_name='verificationcase',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('checked',), name='verification_one_open_a_record'),
        ),
    ]
