"""Every change of an account keeps the old row, without password and phone."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("companies", "0001_initial"), ("audit", "0002_triggers")]
    operations = [KeepHistory("companies_companyaccount", exclude=["password", "phone", "session_key"])]
