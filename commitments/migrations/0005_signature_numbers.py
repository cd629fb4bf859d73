"""The counter of letters signed online: a sequence, so that signing never queues for a number."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commitments", "0004_breach_steps")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE commitments_signature_number",
            "DROP SEQUENCE commitments_signature_number",
        )
    ]
