"""History of departments, staff and clients; password and key hashes are never copied."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("audit", "0002_triggers")]

    operations = [
        KeepHistory("accounts_department"),
        KeepHistory("accounts_departmentsuccession"),
        KeepHistory("accounts_user", exclude=["password"], quiet=["last_login"]),
        KeepHistory("accounts_apiclient", exclude=["key_hash"]),
    ]
