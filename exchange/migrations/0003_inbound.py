"""What came from partners, and the nonces that were used."""


import django.db.models.deletion
from django.db import migrations, models

from credit_platform.audit.history import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0002_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='批次')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('rows', models.PositiveIntegerField(verbose_name='条数')),
                ('answers', models.JSONField(default=list, verbose_name='逐条回执')),
                ('refused', models.CharField(blank=True, max_length=300, verbose_name='整批退回的原因')),
                ('arrived_at', models.DateTimeField(verbose_name='到达时间')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='exchange.channel', verbose_name='通道')),
            ],
            options={
                'verbose_name': '接收批次',
                'verbose_name_plural': '接收批次',
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(fields=('channel', 'name'), name='exchange_arrival_once')],
            },
        ),
        migrations.CreateModel(
            name='Nonce',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nonce', models.CharField(max_length=32)),
                ('at', models.DateTimeField()),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange.partner')),
            ],
            options={
                'verbose_name': '已用随机数',
                'verbose_name_plural': '已用随机数',
                'indexes': [models.Index(fields=['at'], name='exchange_nonce_at')],
                'constraints': [models.UniqueConstraint(fields=('partner', 'nonce'), name='exchange_nonce_once')],
            },
        ),
        AppendOnly('exchange_arrival'),
    ]
