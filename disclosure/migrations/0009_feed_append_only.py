"""The change feed is append-only: an event gets its number once, and is never altered or taken out."""

from django.db import migrations

from credit_platform.audit.history import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0008_lists_by_place_and_year"), ("audit", "0004_once")]
    operations = [AppendOnly("disclosure_disclosurechange", once=["number"])]
