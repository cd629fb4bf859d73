"""Reports on natural persons: the query that each rests on, and whom it is bound to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_paused_sharing'),
        ('companies', '0005_resets_and_applicants'),
        ('lookups', '0002_history'),
        ('records', '0016_document_issuer'),
        ('reports', '0003_proofs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='query',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='lookups.query', verbose_name='查询登记'),
        ),
        migrations.AddField(
            model_name='report',
            name='receiver',
            field=models.CharField(blank=True, max_length=100, verbose_name='接收方'),
        ),
        migrations.AlterField(
            model_name='reportlayout',
            name='kind',
            field=models.CharField(choices=[('general', '公共信用信息报告'), ('proof', '专项信用报告'), ('person', '公共信用信息报告（个人版）')], default='general', max_length=10, verbose_name='种类'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('query__isnull', True), models.Q(('receiver', ''), _negated=True), _connector='OR'), name='report_of_person_is_bound'),
        ),
    ]
