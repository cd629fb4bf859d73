"""Partners and channels, the outbox, comparisons."""


import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0006_paused_sharing'),
        ('disclosure', '0021_authority_objections'),
    ]

    operations = [
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('out', '报出'), ('in', '接收')], default='out', max_length=3, verbose_name='方向')),
                ('kind', models.CharField(help_text='报出的填信息种类代码（如 permit、penalty）；接收的填数据标准代码（如 registration、penalty-2018）。', max_length=40, verbose_name='信息种类或数据标准')),
                ('way', models.CharField(choices=[('file', '文件方式'), ('database', '前置库方式'), ('service', '服务方式')], max_length=8, verbose_name='方式')),
                ('rows_at_once', models.PositiveIntegerField(default=500, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='每批条数')),
                ('answer_minutes', models.PositiveIntegerField(default=5, help_text='超过即为结果不明，先查询对方再决定是否重发。文件方式一般为一个工作日。', validators=[django.core.validators.MinValueValidator(1)], verbose_name='等待答复（分钟）')),
                ('state', models.CharField(choices=[('prepared', '待开通'), ('open', '运行中'), ('closed', '已停用')], default='prepared', editable=False, max_length=8, verbose_name='状态')),
                ('last_number', models.BigIntegerField(default=0, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False, verbose_name='连续失败次数')),
                ('next_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='下次尝试不早于')),
                ('last_error', models.CharField(blank=True, editable=False, max_length=300, verbose_name='最近一次失败')),
            ],
            options={
                'verbose_name': '交换通道',
                'verbose_name_plural': '交换通道',
                'ordering': ['partner', 'direction', 'kind'],
            },
        ),
        migrations.CreateModel(
            name='Mapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('fields', models.JSONField(verbose_name='字段映射')),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mappings', to='exchange.channel', verbose_name='通道')),
            ],
            options={
                'verbose_name': '字段映射',
                'verbose_name_plural': '字段映射',
                'ordering': ['channel', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='Parcel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='批次')),
                ('state', models.CharField(choices=[('sent', '已发送'), ('acknowledged', '对方已收，待回执'), ('answered', '已回执'), ('lost', '未得到答复')], default='sent', max_length=12, verbose_name='状态')),
                ('rows', models.PositiveIntegerField(verbose_name='条数')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('sent_at', models.DateTimeField(verbose_name='发送时间')),
                ('answer_by', models.DateTimeField(verbose_name='等待答复至')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('error', models.CharField(blank=True, max_length=300, verbose_name='问题')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parcels', to='exchange.channel', verbose_name='通道')),
            ],
            options={
                'verbose_name': '交换批次',
                'verbose_name_plural': '交换批次',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=12, verbose_name='业务主键')),
                ('version', models.PositiveIntegerField(verbose_name='版本')),
                ('number', models.BigIntegerField(blank=True, null=True, verbose_name='序号')),
                ('verb', models.CharField(choices=[('upsert', '新增或更新'), ('withdraw', '撤下')], max_length=8, verbose_name='操作')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='先后')),
                ('why', models.CharField(choices=[('appeared', '新增公示'), ('changed', '更正'), ('restored', '恢复公示'), ('suspended', '中止公示'), ('repaired', '信用修复'), ('withdrawn', '撤销'), ('ended', '公示期满'), ('filled', '通道开通时补送'), ('renewed', '按现状重新生成')], max_length=10, verbose_name='起因')),
                ('month', models.CharField(max_length=7, verbose_name='决定年月')),
                ('body', models.TextField(verbose_name='内容')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('state', models.CharField(choices=[('queued', '待发送'), ('sent', '已发送'), ('acknowledged', '对方已收'), ('unknown', '结果不明'), ('applied', '对方已入库'), ('rejected', '对方退回'), ('parked', '暂存待处理'), ('replaced', '已被新版本代替')], default='queued', max_length=12, verbose_name='状态')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='尝试次数')),
                ('made_at', models.DateTimeField(verbose_name='形成时间')),
                ('next_at', models.DateTimeField(verbose_name='下次发送不早于')),
                ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='对方入库时间')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='exchange.channel', verbose_name='通道')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exchanged', to='disclosure.disclosure', verbose_name='公示事项')),
                ('mapping', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.mapping', verbose_name='字段映射')),
                ('parcel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='exchange.parcel', verbose_name='批次')),
            ],
            options={
                'verbose_name': '交换消息',
                'verbose_name_plural': '交换消息',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9-]{1,19}\\Z', '只用小写字母、数字和连字符，以字母开头，2 至 20 个字符。')], verbose_name='代号')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='名称')),
                ('address', models.CharField(blank=True, help_text='服务方式的对方地址，以 https:// 开头。文件和前置库方式不填。', max_length=200, verbose_name='服务地址')),
                ('algorithm', models.CharField(choices=[('sha256', 'HMAC-SHA256'), ('sm3', 'HMAC-SM3（国密）')], default='sha256', max_length=6, verbose_name='签名算法')),
                ('secret', models.BinaryField(blank=True, null=True, verbose_name='共同密钥')),
                ('secret_set_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='密钥设置时间')),
                ('client', models.OneToOneField(help_text='对方报来的数据以该客户端及其单位的名义入库。', on_delete=django.db.models.deletion.PROTECT, related_name='partner', to='accounts.apiclient', verbose_name='对应的接口客户端')),
            ],
            options={
                'verbose_name': '交换对象',
                'verbose_name_plural': '交换对象',
                'ordering': ['code'],
            },
        ),
        migrations.AddField(
            model_name='channel',
            name='partner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='channels', to='exchange.partner', verbose_name='交换对象'),
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('result', models.CharField(choices=[('accepted', '入库'), ('duplicate', '重复'), ('stale', '已有更新版本'), ('rejected', '退回'), ('absent', '未收到')], max_length=10, verbose_name='结果')),
                ('rule', models.CharField(blank=True, max_length=60, verbose_name='规则')),
                ('field', models.CharField(blank=True, max_length=60, verbose_name='字段')),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='exchange.message')),
                ('parcel', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='exchange.parcel')),
            ],
            options={
                'verbose_name': '回执',
                'verbose_name_plural': '回执',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='对账时间')),
                ('ours', models.PositiveIntegerField(verbose_name='本平台条数')),
                ('theirs', models.PositiveIntegerField(verbose_name='对方条数')),
                ('differing', models.PositiveIntegerField(verbose_name='差异条数')),
                ('months', models.JSONField(verbose_name='按决定年月')),
                ('renewed_at', models.DateTimeField(blank=True, null=True, verbose_name='差异已重新报送')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reconciliations', to='exchange.channel', verbose_name='通道')),
            ],
            options={
                'verbose_name': '对账',
                'verbose_name_plural': '对账',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, verbose_name='业务主键')),
                ('differs', models.CharField(choices=[('missing', '对方缺少'), ('extra', '对方多出（应已撤下）'), ('other', '内容或版本不同')], max_length=8, verbose_name='差异')),
                ('our_version', models.PositiveIntegerField(null=True, verbose_name='本平台版本')),
                ('their_version', models.PositiveIntegerField(null=True, verbose_name='对方版本')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.message')),
                ('reconciliation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='exchange.reconciliation')),
            ],
            options={
                'verbose_name': '对账差异',
                'verbose_name_plural': '对账差异',
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='mapping',
            constraint=models.UniqueConstraint(fields=('channel', 'valid_from'), name='exchange_mapping_once_a_day'),
        ),
        migrations.AddIndex(
            model_name='parcel',
            index=models.Index(condition=models.Q(('state', 'answered'), _negated=True), fields=['channel', 'id'], name='exchange_parcel_unanswered'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['channel', 'rank', 'number'], name='exchange_queued'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('number__isnull', True)), fields=['channel', 'id'], name='exchange_unnumbered'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state__in', ('queued', 'applied', 'replaced')), _negated=True), fields=['channel', 'state', 'id'], name='exchange_unfinished'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['month', 'channel'], name='exchange_month'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('channel', 'key', 'version'), name='exchange_message_version_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('channel', 'number'), name='exchange_message_number_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('sent', 'acknowledged')), _negated=True), models.Q(('number__isnull', False), ('parcel__isnull', False)), _connector='OR'), name='exchange_message_sent_in_a_parcel'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rank', 0), ('verb', 'withdraw')), models.Q(('rank', 1), ('verb', 'upsert')), _connector='OR'), name='exchange_message_rank'),
        ),
        migrations.AddConstraint(
            model_name='channel',
            constraint=models.UniqueConstraint(fields=('partner', 'direction', 'kind'), name='exchange_channel_once', violation_error_message='该交换对象的这一种类已有同方向的通道。'),
        ),
        migrations.AddConstraint(
            model_name='channel',
            constraint=models.CheckConstraint(condition=models.Q(('rows_at_once__gte', 1), ('rows_at_once__lte', 1000)), name='exchange_channel_rows_at_once'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=models.UniqueConstraint(fields=('reconciliation', 'key'), name='exchange_difference_once'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=models.CheckConstraint(condition=models.Q(('our_version__isnull', False), ('their_version__isnull', False), _connector='OR'), name='exchange_difference_of_something'),
        ),
    ]
