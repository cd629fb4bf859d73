"""Every change keeps the old row; receipts and differences are written once."""

from django.db import migrations

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_exchange"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("exchange_partner", exclude=["secret"]),
        KeepHistory("exchange_channel", quiet=["last_number", "failures", "next_at", "last_error"]),
        KeepHistory("exchange_message", exclude=["body"], quiet=["number", "next_at"]),
        KeepHistory("exchange_parcel"),
        KeepHistory("exchange_reconciliation"),
        AppendOnly("exchange_mapping"),
        AppendOnly("exchange_receipt"),
        AppendOnly("exchange_difference"),
    ]
