"""The notices of 2007 to 2026."""

from django.db import migrations

from credit_platform.workdays import official


def fill(apps, schema_editor):
    official.fill(
        apps.get_model("workdays", "HolidayNotice").objects,
        apps.get_model("workdays", "CalendarDay").objects,
        apps.get_model("workdays", "CalendarStamp").objects,
    )


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
