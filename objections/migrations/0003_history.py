"""Every change of an objection, and of the rule that hides what nobody verifies, keeps the old row."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("objections", "0002_objections"), ("audit", "0002_triggers")]
    operations = [KeepHistory("objections_objection", pk="case_id"), KeepHistory("objections_suppressionrule")]
