"""Courses in versions, who learns, tests and certificates."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0006_paused_sharing'),
        ('companies', '0005_resets_and_applicants'),
        ('records', '0016_document_issuer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='课程代码')),
                ('title', models.CharField(max_length=100, verbose_name='课程名称')),
                ('audience', models.CharField(choices=[('market', '市场主体'), ('group', '重点职业人群'), ('repair', '信用修复培训')], max_length=10, verbose_name='对象')),
                ('occasions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None, verbose_name='提供环节')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='责任单位')),
            ],
            options={
                'verbose_name': '课程',
                'verbose_name_plural': '课程',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='CourseVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('summary', models.TextField(max_length=1000, verbose_name='课程简介')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='学时（分钟）')),
                ('drawn', models.PositiveSmallIntegerField(verbose_name='每卷题数')),
                ('pass_percent', models.PositiveSmallIntegerField(default=80, verbose_name='合格比例（%）')),
                ('attempts', models.PositiveSmallIntegerField(default=3, verbose_name='连续考试次数')),
                ('pause_hours', models.PositiveSmallIntegerField(default=24, verbose_name='间隔（小时）')),
                ('valid_months', models.PositiveSmallIntegerField(default=24, verbose_name='证书有效期（月）')),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
                ('state', models.CharField(choices=[('draft', '编写中'), ('submitted', '待审核'), ('published', '使用中'), ('retired', '已停用')], default='draft', max_length=10, verbose_name='状态')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='审核意见')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='启用日期')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='修改次数')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='education.course', verbose_name='课程')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='编写人')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='送审人')),
            ],
            options={
                'verbose_name': '课程版本',
                'verbose_name_plural': '课程版本',
                'ordering': ['course', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nonce', models.CharField(max_length=32, verbose_name='随机数')),
                ('paper', models.JSONField(verbose_name='试卷')),
                ('paper_digest', models.CharField(max_length=64, verbose_name='试卷摘要')),
                ('begun_at', models.DateTimeField(verbose_name='开始时间')),
                ('answers', models.JSONField(blank=True, null=True, verbose_name='作答')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='交卷时间')),
                ('right', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='答对题数')),
                ('passed', models.BooleanField(blank=True, null=True, verbose_name='合格')),
                ('course_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='education.courseversion', verbose_name='课程版本')),
            ],
            options={
                'verbose_name': '考试',
                'verbose_name_plural': '考试',
                'ordering': ['begun_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='KeyGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=60, verbose_name='重点职业人群')),
                ('lead', models.CharField(blank=True, max_length=100, verbose_name='牵头单位')),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
                ('certainty', models.CharField(blank=True, max_length=200, verbose_name='确定程度')),
                ('valid_from', models.DateField(verbose_name='施行日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='废止日期')),
            ],
            options={
                'verbose_name': '重点职业人群',
                'verbose_name_plural': '重点职业人群',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='key_group_days_in_order')],
            },
        ),
        migrations.AddField(
            model_name='course',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='education.keygroup', verbose_name='重点职业人群'),
        ),
        migrations.CreateModel(
            name='Learner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identity', models.CharField(db_index=True, max_length=80, verbose_name='身份摘要')),
                ('name_cipher', models.BinaryField(blank=True, null=True, verbose_name='姓名（加密）')),
                ('name_masked', models.CharField(max_length=40, verbose_name='姓名（隐去）')),
                ('id_cipher', models.BinaryField(blank=True, null=True, verbose_name='证件号码（加密）')),
                ('id_tail', models.CharField(blank=True, max_length=4, verbose_name='证件号码末四位')),
                ('code_digest', models.CharField(blank=True, max_length=64, null=True, unique=True, verbose_name='学习码摘要')),
                ('enrolled_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='登记时间')),
                ('account', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='learner', to='companies.companyaccount', verbose_name='账户')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
            ],
            options={
                'verbose_name': '学员',
                'verbose_name_plural': '学员',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='证书编号')),
                ('code', models.CharField(max_length=8, verbose_name='校验码')),
                ('printed', models.JSONField(verbose_name='证书内容')),
                ('issued_on', models.DateField(verbose_name='发证日期')),
                ('valid_until', models.DateField(verbose_name='有效期至')),
                ('state', models.CharField(choices=[('valid', '有效'), ('challenged', '待复核'), ('revoked', '已撤销')], default='valid', max_length=10, verbose_name='状态')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='撤销原因')),
                ('revoked_on', models.DateField(blank=True, null=True, verbose_name='撤销日期')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('attempt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='certificate', to='education.attempt', verbose_name='考试')),
                ('challenged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出撤销人')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤销复核人')),
                ('course_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='education.courseversion', verbose_name='课程版本')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='education.learner', verbose_name='学员')),
            ],
            options={
                'verbose_name': '培训证书',
                'verbose_name_plural': '培训证书',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='attempt',
            name='learner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='education.learner', verbose_name='学员'),
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('title', models.CharField(max_length=100, verbose_name='课时名称')),
                ('text', models.TextField(max_length=20000, verbose_name='正文')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='education.courseversion', verbose_name='课程版本')),
            ],
            options={
                'verbose_name': '课时',
                'verbose_name_plural': '课时',
                'ordering': ['version', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('media_type', models.CharField(max_length=60, verbose_name='类型')),
                ('size', models.PositiveIntegerField(verbose_name='大小（字节）')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('path', models.CharField(max_length=200, verbose_name='位置')),
                ('added_by', models.CharField(max_length=100, verbose_name='上传人')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='上传时间')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='education.lesson', verbose_name='课时')),
            ],
            options={
                'verbose_name': '课程资料',
                'verbose_name_plural': '课程资料',
                'ordering': ['added_at', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PackCourse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='education.course')),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='题干')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None, verbose_name='选项')),
                ('right', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None, verbose_name='正确选项')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='录入时间')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='education.courseversion', verbose_name='课程版本')),
            ],
            options={
                'verbose_name': '试题',
                'verbose_name_plural': '试题',
                'ordering': ['version', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StaffPack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60, verbose_name='名称')),
                ('code', models.CharField(max_length=12, unique=True, verbose_name='加入码')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='建立时间')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount', verbose_name='发起账户')),
                ('courses', models.ManyToManyField(related_name='packs', through='education.PackCourse', to='education.course', verbose_name='课程')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='单位')),
            ],
            options={
                'verbose_name': '入职教育包',
                'verbose_name_plural': '入职教育包',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='packcourse',
            name='pack',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='education.staffpack'),
        ),
        migrations.AddField(
            model_name='learner',
            name='pack',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='learners', to='education.staffpack', verbose_name='入职教育包'),
        ),
        migrations.AddConstraint(
            model_name='courseversion',
            constraint=models.UniqueConstraint(fields=('course', 'number'), name='course_version_number'),
        ),
        migrations.AddConstraint(
            model_name='courseversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('course',), name='course_version_published_once'),
        ),
        migrations.AddConstraint(
            model_name='courseversion',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(('checked_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='course_version_checked_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='courseversion',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), ('submitted_by__isnull', True), models.Q(('checked_by', models.F('submitted_by')), _negated=True), _connector='OR'), name='course_version_submitter_does_not_check'),
        ),
        migrations.AddConstraint(
            model_name='courseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('published', 'retired')), _negated=True), models.Q(('checked_by__isnull', False), ('published_on__isnull', False)), _connector='OR'), name='course_version_published_was_checked'),
        ),
        migrations.AddConstraint(
            model_name='courseversion',
            constraint=models.CheckConstraint(condition=models.Q(('attempts__gte', 1), ('drawn__gte', 1), ('minutes__gte', 1), ('pass_percent__gte', 1), ('pass_percent__lte', 100)), name='course_version_numbers_make_sense'),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('audience', 'group'), ('group__isnull', False)), models.Q(models.Q(('audience', 'group'), _negated=True), ('group__isnull', True)), _connector='OR'), name='course_of_a_group_names_it'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('learner', 'course_version'), name='certificate_once'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('revoked_by__isnull', True), models.Q(('revoked_by', models.F('challenged_by')), _negated=True), _connector='OR'), name='certificate_revoked_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'revoked'), _negated=True), models.Q(('challenged_by__isnull', False), ('revoked_by__isnull', False), ('revoked_on__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='certificate_revoked_says_why'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('learner', 'course_version'), name='attempt_one_open'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(condition=models.Q(('passed', True)), fields=('learner', 'course_version'), name='attempt_passed_once'),
        ),
        migrations.AddConstraint(
            model_name='lesson',
            constraint=models.UniqueConstraint(fields=('version', 'position'), name='lesson_position'),
        ),
        migrations.AddConstraint(
            model_name='packcourse',
            constraint=models.UniqueConstraint(fields=('pack', 'course'), name='pack_course_once'),
        ),
        migrations.AddConstraint(
            model_name='learner',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account__isnull', False), ('id_cipher__isnull', True), ('subject__isnull', False)), models.Q(('account__isnull', True), ('code_digest__isnull', False), ('id_cipher__isnull', False), ('subject__isnull', True)), _connector='OR'), name='learner_is_a_company_or_a_person'),
        ),
    ]
