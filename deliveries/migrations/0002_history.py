"""Every change of a recipient, a delivery and a case keeps the old row."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0001_deliveries"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("deliveries_recipient"),
        KeepHistory("deliveries_delivery", quiet=["sent_at"]),
        KeepHistory("deliveries_deliverycase", pk="case_id"),
    ]
