"""A frozen list is append-only but for its approval; everything beside it keeps its old rows."""

from django.db import migrations

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_campaigns"), ("audit", "0007_resealing")]
    operations = [
        AppendOnly("campaigns_targetlist", once=["approved_by_id", "approved_on"]),
        AppendOnly("campaigns_target"),
        AppendOnly("campaigns_target_records"),
        KeepHistory("campaigns_campaigncase", pk="case_id"),
        KeepHistory("campaigns_campaignfield"),
        KeepHistory("campaigns_example"),
        KeepHistory("campaigns_handling"),
    ]
