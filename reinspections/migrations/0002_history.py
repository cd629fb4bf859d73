"""Every change of a re-inspection keeps the old row."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("reinspections", "0001_reinspections"), ("audit", "0002_triggers")]
    operations = [KeepHistory("reinspections_reinspectioncase", pk="case_id")]
