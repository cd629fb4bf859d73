"""The inspection that an alert gave cause for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("casework", "0003_draws"), ("alerts", "0002_history")]

    operations = [
        migrations.AddField(
            "alertcase",
            "inspection",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case",
                verbose_name="计划外检查",
            ),
        ),
    ]
