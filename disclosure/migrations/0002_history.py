"""Every change of a disclosure and of the periods keeps the old row."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("disclosure_disclosure"),
        KeepHistory("disclosure_ruleset"),
        KeepHistory("disclosure_periodrule"),
        KeepHistory("disclosure_finethreshold"),
    ]
