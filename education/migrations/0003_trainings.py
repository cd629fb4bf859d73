"""Sessions of training for repair: who was invited, who came."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_paused_sharing'),
        ('companies', '0005_resets_and_applicants'),
        ('education', '0002_history'),
        ('records', '0016_document_issuer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='名称')),
                ('on', models.DateField(verbose_name='培训日期')),
                ('begins', models.TimeField(verbose_name='开始时间')),
                ('ends', models.TimeField(verbose_name='结束时间')),
                ('place', models.CharField(max_length=200, verbose_name='地点或者网络平台')),
                ('trainer', models.CharField(max_length=100, verbose_name='授课单位')),
                ('capacity', models.PositiveSmallIntegerField(verbose_name='席位')),
                ('least_minutes', models.PositiveSmallIntegerField(verbose_name='最少在场时间（分钟）')),
                ('state', models.CharField(choices=[('planned', '筹备中'), ('announced', '已通知'), ('held', '签到待确认'), ('closed', '已完成'), ('cancelled', '已取消')], default='planned', max_length=10, verbose_name='状态')),
                ('asked', models.JSONField(blank=True, default=dict, verbose_name='邀请范围')),
                ('reference_on', models.DateField(blank=True, null=True, verbose_name='统计基准日')),
                ('coverage', models.JSONField(blank=True, default=dict, verbose_name='覆盖情况')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='education.course', verbose_name='课程')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='组织单位')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签到登记人')),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='筹备人')),
            ],
            options={
                'verbose_name': '修复培训',
                'verbose_name_plural': '修复培训',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_masked', models.CharField(max_length=40, verbose_name='参加人员（隐去名字）')),
                ('came', models.TimeField(verbose_name='签到时间')),
                ('left', models.TimeField(verbose_name='签退时间')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='登记时间')),
                ('struck_at', models.DateTimeField(blank=True, null=True, verbose_name='划去时间')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='education.training', verbose_name='培训')),
            ],
            options={
                'verbose_name': '培训签到',
                'verbose_name_plural': '培训签到',
                'ordering': ['training', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seats', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='预约席位')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='预约时间')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount', verbose_name='预约账户')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='主体')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='education.training', verbose_name='培训')),
            ],
            options={
                'verbose_name': '培训邀请',
                'verbose_name_plural': '培训邀请',
                'ordering': ['training', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('entered_by')), _negated=True), _connector='OR'), name='training_confirmed_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('confirmed_by__isnull', False), ('reference_on__isnull', False)), _connector='OR'), name='training_closed_was_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='training_times_in_order'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('left__gt', models.F('came'))), name='seat_times_in_order'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('training', 'subject'), name='invitation_once'),
        ),
        AppendOnly("education_invitation", once=["seats", "answered_by_id", "answered_at"]),
        KeepHistory("education_training"),
        KeepHistory("education_seat"),
    ]
