"""The register is append-only but for its number of results, which is filled in once; everything beside it keeps its old rows."""

from django.db import migrations

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):
    dependencies = [("lookups", "0001_initial"), ("audit", "0007_resealing")]
    operations = [
        AppendOnly("lookups_query", once=["outcome", "results", "answered_at"]),
        AppendOnly("lookups_dailysample"),
        KeepHistory("lookups_askednumber", exclude=["cipher", "digest"]),
        KeepHistory("lookups_authorisation"),
        KeepHistory("lookups_finding"),
        KeepHistory("lookups_holdback"),
        KeepHistory("lookups_notable"),
        KeepHistory("lookups_purpose"),
        KeepHistory("lookups_reviewlimits"),
        KeepHistory("lookups_servicewindow"),
    ]
