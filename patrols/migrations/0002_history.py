"""Every change of a patrol, a finding and an alarm keeps the old row."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("patrols", "0001_patrols"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("patrols_patrol"),
        KeepHistory("patrols_patrolfinding", quiet=["seen_on"]),
        KeepHistory("patrols_patrolalarm", pk="case_id"),
    ]
