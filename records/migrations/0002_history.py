"""Every change of subjects, records, catalogue and merges keeps the old row."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("records_subject", exclude=["id_cipher"]),
        KeepHistory("records_subjectname", exclude=["bigrams"]),
        KeepHistory("records_subjectidentifier"),
        KeepHistory("records_codeexemption"),
        KeepHistory("records_creditrecord"),
        KeepHistory("records_catalogueversion"),
        KeepHistory("records_catalogueentry"),
        KeepHistory("records_mergecase"),
    ]
