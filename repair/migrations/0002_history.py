"""Every change of a repair, of a block and of its rule, and of a notice keeps the old row."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("repair", "0001_repair"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("repair_repaircase", pk="case_id"),
        KeepHistory("repair_repairblock", pk="case_id"),
        KeepHistory("repair_blockrule"),
        KeepHistory("repair_repairnotice", pk="disclosure_id"),
    ]
