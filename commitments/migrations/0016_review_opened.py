"""When a review was opened is told by the audit trail and by its due day; nothing read the column."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commitments", "0015_no_reminders")]

    operations = [migrations.RemoveField("review", "opened_at")]
