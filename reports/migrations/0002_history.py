"""Every change of a layout, a purpose, a report and a link keeps the old row; what was opened and signed with is only added."""

from django.db import migrations

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_reports"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("reports_reportlayout"),
        KeepHistory("reports_reportpurpose"),
        KeepHistory("reports_report"),
        KeepHistory("reports_reportshare"),
        AppendOnly("reports_shareopening"),
        AppendOnly("reports_reportcertificate"),
    ]
