"""The profiles of clocks that are known: Harbin's as the platform set it, the recommended one, and three of other places."""

from django.db import migrations

from objections.clock_rows import PROFILES


def enter(apps, schema_editor):
    ClockProfile = apps.get_model("casework", "ClockProfile")
    for code, (valid_from, stages) in PROFILES.items():
        for stage, row in stages.items():
            ClockProfile.objects.get_or_create(
                procedure="objection",
                profile=code,
                stage=stage.value,
                valid_from=valid_from,
                defaults={
                    "days": row.days,
                    "extension": row.extension,
                    "extensions": 1 if row.extension else 0,
                    "basis": row.basis,
                },
            )


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_history")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
