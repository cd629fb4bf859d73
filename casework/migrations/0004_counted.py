"""What the public pages show of objections and breaches is counted when it changes."""

from django.db import migrations

from credit_platform.freshness.operations import CountChanges


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_draws"), ("freshness", "0001_initial")]

    operations = [
        CountChanges("casework_case", seen="procedure IN ('objection', 'breach')"),
    ]
