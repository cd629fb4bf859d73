"""What the public pages show of lists and their entries is counted when it changes."""

from django.db import migrations

from credit_platform.freshness.operations import CountChanges


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0015_days_of_tasks"), ("freshness", "0001_initial")]

    operations = [
        CountChanges("sanctions_creditlist"),
        CountChanges("sanctions_listentry"),
    ]
