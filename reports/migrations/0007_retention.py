"""A foreign report whose file was disposed of says so."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0006_region'),
    ]

    operations = [
        migrations.AddField(
            model_name='foreignreport',
            name='disposed_on',
            field=models.DateField(blank=True, null=True, verbose_name='销毁日期'),
        ),
        migrations.AlterField(
            model_name='foreignreport',
            name='path',
            field=models.CharField(blank=True, max_length=200, verbose_name='位置'),
        ),
        migrations.AddConstraint(
            model_name='foreignreport',
            constraint=models.CheckConstraint(condition=models.Q(('disposed_on__isnull', True), ('path', ''), _connector='XOR'), name='report_foreign_disposed_has_no_file'),
        ),
    ]
