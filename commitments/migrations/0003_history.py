"""Every change of lists, letters, reviews, breach cases and declarations keeps the old row."""

from django.db import migrations

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):
    dependencies = [("commitments", "0002_initial"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("commitments_matterlist"),
        KeepHistory("commitments_matterentry"),
        KeepHistory("commitments_lettertemplate"),
        KeepHistory("commitments_measure"),
        KeepHistory("commitments_letter"),
        KeepHistory("commitments_review"),
        KeepHistory("commitments_breachcase"),
        KeepHistory("commitments_breachmeasure"),
        KeepHistory("commitments_declaration"),
        KeepHistory("commitments_declarationreport", exclude=["contact"]),
        AppendOnly("commitments_signature"),
    ]
