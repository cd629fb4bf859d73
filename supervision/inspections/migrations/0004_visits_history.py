"""Every change of a visit, of its items, of requests for recusal and of what followed keeps the old row."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("inspections", "0003_visits"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("inspections_visitcase", pk="case_id"),
        KeepHistory("inspections_visitcase_others"),
        KeepHistory("inspections_visititem"),
        KeepHistory("inspections_recusalrequest"),
        KeepHistory("inspections_followup"),
    ]
