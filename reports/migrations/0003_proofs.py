"""Proofs whether there were violations: their fields, the days a report speaks of. What was given keeps its old rows."""

from django.db import migrations, models

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_paused_sharing'),
        ('reports', '0002_history'),
        ('audit', '0002_triggers'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='fields',
            field=models.JSONField(blank=True, default=list, verbose_name='领域'),
        ),
        migrations.AddField(
            model_name='report',
            name='since',
            field=models.DateField(blank=True, null=True, verbose_name='期间自'),
        ),
        migrations.AddField(
            model_name='report',
            name='until',
            field=models.DateField(blank=True, null=True, verbose_name='期间至'),
        ),
        migrations.AddField(
            model_name='reportlayout',
            name='kind',
            field=models.CharField(choices=[('general', '公共信用信息报告'), ('proof', '专项信用报告')], default='general', max_length=10, verbose_name='种类'),
        ),
        migrations.CreateModel(
            name='ProofField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=30, verbose_name='领域')),
                ('basis', models.CharField(max_length=300, verbose_name='依据')),
                ('valid_from', models.DateField(verbose_name='施行日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('departments', models.ManyToManyField(related_name='+', to='accounts.department', verbose_name='证明单位')),
            ],
            options={
                'verbose_name': '专项报告领域',
                'verbose_name_plural': '专项报告领域',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='proof_field_in_order')],
            },
        ),
        KeepHistory("reports_prooffield"),
        KeepHistory("reports_prooffield_departments"),
    ]
