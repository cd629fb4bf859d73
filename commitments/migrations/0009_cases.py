"""Breaches become cases of the one table of cases; the kit keeps the notice, the hearing, the attachments and the tip."""

from django.db import migrations


def refuse_with_cases(apps, schema_editor):
    """Nothing is lost without a word: a database that holds cases already is not carried over by this step."""
    if apps.get_model("commitments", "BreachCase").objects.exists():
        raise RuntimeError(
            "本版本改变了违诺处理的存放方式，升级前须先办结并导出现有违诺事项，见 docs/upgrade.md；数据库未作改动。"
        )


class Migration(migrations.Migration):
    dependencies = [("commitments", "0008_statements_online"), ("casework", "0002_history")]
    operations = [
        migrations.RunPython(refuse_with_cases, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="paper", name="paper_belongs_to_one"),
        migrations.RemoveField(model_name="paper", name="case"),
        migrations.DeleteModel(name="BreachReport"),
        migrations.DeleteModel(name="BreachMeasure"),
        migrations.DeleteModel(name="BreachCase"),
    ]
