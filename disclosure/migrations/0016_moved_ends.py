"""Ends that moved are told to the departments."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_tries'),
        ('disclosure', '0015_lowerings_valid'),
    ]

    operations = [
        migrations.CreateModel(
            name='MovedEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_end', models.DateField(null=True, verbose_name='原截止日')),
                ('waited', models.BooleanField(default=False, verbose_name='原须履行后终止')),
                ('new_end', models.DateField(null=True, verbose_name='现截止日')),
                ('rule_set', models.CharField(max_length=10, verbose_name='适用规则')),
                ('why', models.CharField(max_length=300, verbose_name='原因')),
                ('stopped', models.BooleanField(default=False, verbose_name='已停止公示')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='变动时间')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅读时间')),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moved_ends', to='disclosure.disclosure')),
            ],
            options={
                'verbose_name': '公示截止日变动',
                'verbose_name_plural': '公示截止日变动',
                'indexes': [models.Index(fields=['department', '-id'], name='moved_end_of_department'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['department', 'id'], name='moved_end_unread')],
            },
        ),
        KeepHistory("disclosure_movedend", quiet=["read_at"]),
    ]
