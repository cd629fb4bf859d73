"""What a breach holds beside its case: letter, kind, facts, measures, bar."""

import django.db.models.deletion
from django.db import migrations, models

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_history'),
        ('commitments', '0009_cases'),
    ]

    operations = [
        migrations.CreateModel(
            name='BreachCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='breachcase', serialize=False, to='casework.case')),
                ('source', models.CharField(choices=[('review', '履约复核'), ('shortfall', '容缺材料逾期未补正'), ('report', '线索核查'), ('desk', '日常监管')], default='desk', max_length=10, verbose_name='来源')),
                ('kind', models.CharField(choices=[('false', '虚假承诺'), ('unfulfilled', '未履行承诺')], max_length=12, verbose_name='违诺种类')),
                ('facts', models.TextField(verbose_name='违诺事实')),
                ('barred_until', models.DateField(blank=True, null=True, verbose_name='不适用告知承诺至')),
                ('is_open', models.BooleanField(default=True, verbose_name='办理中')),
            ],
            options={
                'verbose_name': '违诺处理',
                'verbose_name_plural': '违诺处理',
                'ordering': ['-case'],
            },
        ),
        migrations.CreateModel(
            name='BreachMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField(blank=True, null=True, verbose_name='期限至')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='具体内容')),
            ],
            options={
                'verbose_name': '违诺措施',
                'verbose_name_plural': '违诺措施',
                'ordering': ['breach', 'measure__code'],
            },
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('letter__isnull', False), ('review__isnull', True), ('declaration__isnull', True)), models.Q(('review__isnull', False), ('letter__isnull', True), ('declaration__isnull', True)), models.Q(('declaration__isnull', False), ('letter__isnull', True), ('review__isnull', True)), _connector='OR'), name='paper_belongs_to_one'),
        ),
        migrations.AddField(
            model_name='breachcase',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='commitments.letter', verbose_name='承诺书'),
        ),
        migrations.AddField(
            model_name='breachcase',
            name='review',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.review', verbose_name='来源复核'),
        ),
        migrations.AddField(
            model_name='breachmeasure',
            name='breach',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='commitments.breachcase', verbose_name='违诺处理'),
        ),
        migrations.AddField(
            model_name='breachmeasure',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.measure', verbose_name='惩戒措施'),
        ),
        migrations.AddIndex(
            model_name='breachcase',
            index=models.Index(condition=models.Q(('barred_until__isnull', False)), fields=['barred_until'], name='breach_bars'),
        ),
        migrations.AddConstraint(
            model_name='breachcase',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('letter',), name='breach_one_open_a_letter'),
        ),
        migrations.AddConstraint(
            model_name='breachcase',
            constraint=models.UniqueConstraint(condition=models.Q(('source', 'shortfall')), fields=('letter',), name='breach_one_shortfall_a_letter'),
        ),
        migrations.AddConstraint(
            model_name='breachmeasure',
            constraint=models.UniqueConstraint(fields=('breach', 'measure'), name='breach_measure_once'),
        ),
        KeepHistory("commitments_breachcase", pk="case_id"),
        KeepHistory("commitments_breachmeasure"),
    ]
