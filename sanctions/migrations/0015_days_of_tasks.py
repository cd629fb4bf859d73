"""When a task was accepted and reported stands in the steps of its case; the columns said it a second time and nobody read them."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("sanctions", "0014_findings_of_patrols")]

    operations = [
        migrations.RemoveField("jointtask", "accepted_on"),
        migrations.RemoveField("jointtask", "reported_on"),
    ]
