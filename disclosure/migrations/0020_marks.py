"""Marks beside an item: under objection, not verified in time, disputed, before a court."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0019_revocations_waited_for'),
    ]

    operations = [
        migrations.AddField(
            model_name='disclosure',
            name='marks',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, db_default=[], default=list, size=None, verbose_name='标注'),
        ),
    ]
