"""Every change of a rule, an alert, a fact and a verification keeps the old row; so does what a back-test and a night have counted."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_alerts"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("alerts_alertrule"),
        KeepHistory("alerts_backtest", quiet=["position"]),
        KeepHistory("alerts_alertcase", pk="case_id"),
        KeepHistory("alerts_alertfact"),
        KeepHistory("alerts_verificationcase", pk="case_id"),
    ]
