"""What the public pages show of objections, corrections and lawsuits is counted when it changes."""

from django.db import migrations

from credit_platform.freshness.operations import CountChanges


class Migration(migrations.Migration):
    dependencies = [("objections", "0006_confirmed_by_another"), ("freshness", "0001_initial")]

    operations = [
        CountChanges("objections_objection"),
        CountChanges("objections_correction"),
        CountChanges("objections_contest"),
    ]
