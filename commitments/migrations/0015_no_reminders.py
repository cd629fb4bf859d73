"""Reminders of reviews were written and read by nobody: the desk asks for what falls due as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commitments", "0014_draws_of_the_kit")]

    operations = [migrations.DeleteModel(name="ReviewReminder")]
