"""What the public pages show of complaints is counted when it changes."""

from django.db import migrations

from credit_platform.freshness.operations import CountChanges


class Migration(migrations.Migration):
    dependencies = [("complaints", "0002_history_and_period"), ("freshness", "0001_initial")]

    operations = [
        CountChanges("complaints_complaint"),
    ]
