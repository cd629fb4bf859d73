"""Numbers of citizens among the numbers of subjects: room for the keyed hash, the mask and the cipher, which no history copies."""

from django.db import migrations, models

from credit_platform.audit.history import KeepHistory, KeepUnlessResealed

TABLE = "records_subjectidentifier"


def without_triggers(apps, editor):
    for statement in KeepHistory(TABLE).statements()[1]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0012_import_units"), ("audit", "0007_resealing")]

    operations = [
        migrations.AddField(
            "subjectidentifier", "cipher", models.BinaryField(blank=True, null=True, verbose_name="号码（密文）")
        ),
        migrations.AddField(
            "subjectidentifier",
            "masked",
            models.CharField(blank=True, db_default="", default="", max_length=60, verbose_name="遮盖后的号码"),
        ),
        migrations.AlterField("subjectidentifier", "value", models.CharField(max_length=80, verbose_name="号码")),
        migrations.RunPython(without_triggers, migrations.RunPython.noop),
        KeepHistory(TABLE, exclude=["cipher"]),
        KeepUnlessResealed(TABLE, exclude=["cipher"], tokens=["cipher", "value"]),
    ]
