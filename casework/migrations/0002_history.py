"""Every change of a case and of what belongs to it keeps the old row; what was told, and by whom, is not kept twice."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("casework_case"),
        KeepHistory("casework_hearing", pk="case_id"),
        KeepHistory("casework_attachment"),
        KeepHistory("casework_tip", pk="case_id", exclude=["informant"]),
        KeepHistory("casework_clockprofile"),
        KeepHistory("casework_clockpause"),
        KeepHistory("casework_urging"),
    ]
