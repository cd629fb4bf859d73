"""What the public pages show of letters and what became of them is counted when it changes."""

from django.db import migrations

from credit_platform.freshness.operations import CountChanges


class Migration(migrations.Migration):
    dependencies = [("commitments", "0016_review_opened"), ("freshness", "0001_initial")]

    operations = [
        CountChanges("commitments_letter"),
        CountChanges("commitments_matter"),
        CountChanges("commitments_matterentry"),
        CountChanges("commitments_breachcase"),
    ]
