"""Everything keeps its old rows; what a subject granted is never changed, its end stands in the authorisation."""

from django.db import migrations

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):
    dependencies = [("industry", "0001_industry"), ("audit", "0007_resealing")]
    operations = [
        AppendOnly("industry_agencygrant"),
        KeepHistory("industry_agency"),
        KeepHistory("industry_strikecase", pk="case_id"),
        KeepHistory("industry_association"),
        KeepHistory("industry_member"),
        KeepHistory("industry_memberrecord"),
    ]
