"""Old rows of publications, of their lines and of what people decided about them are kept."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0010_filed"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("sanctions_filedpublication"),
        KeepHistory("sanctions_filedrow"),
        KeepHistory("sanctions_judgement"),
    ]
