"""The first migration of objections; the profiles of clocks are base data, entered in the name of the platform."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_history")]

    operations = []
