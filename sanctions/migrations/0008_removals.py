"""What a case of removal holds beside the case itself."""

import django.db.models.deletion
from django.db import migrations, models

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_draws'),
        ('sanctions', '0007_designations'),
    ]

    operations = [
        migrations.CreateModel(
            name='RemovalCase',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='removalcase', serialize=False, to='casework.case')),
                ('way', models.CharField(choices=[('early', '提前移出'), ('annulled', '决定撤销'), ('wrong', '错误列入更正')], max_length=10, verbose_name='移出方式')),
                ('document', models.CharField(max_length=128, verbose_name='移出（撤销）文书号')),
                ('why', models.CharField(max_length=300, verbose_name='移出原因')),
                ('performed_on', models.DateField(blank=True, null=True, verbose_name='纠正、履行完毕日期')),
                ('public_note', models.CharField(blank=True, max_length=500, verbose_name='对外说明')),
                ('is_open', models.BooleanField(default=True, verbose_name='办理中')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='removals', to='sanctions.listentry', verbose_name='名单条目')),
            ],
            options={
                'verbose_name': '名单移出',
                'verbose_name_plural': '名单移出',
                'ordering': ['-case'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('entry',), name='removal_one_open_of_an_entry'), models.CheckConstraint(condition=models.Q(models.Q(('document', ''), _negated=True), models.Q(('why', ''), _negated=True)), name='removal_has_a_document_and_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('way', 'early'), _negated=True), ('performed_on__isnull', False), _connector='OR'), name='removal_early_was_performed'), models.CheckConstraint(condition=models.Q(('way', 'early'), models.Q(('public_note', ''), _negated=True), _connector='OR'), name='removal_of_a_decision_is_told')],
            },
        ),
        KeepHistory('sanctions_removalcase', pk='case_id'),
    ]
