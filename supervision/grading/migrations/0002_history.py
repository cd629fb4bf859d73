"""Old rows are kept. A grade that may be public is shown as long as it holds; of the others no period exists, for they are never shown."""

from django.db import migrations

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from credit_platform.audit.history import KeepHistory

BASIS = "公示至评价结果有效期届满；有效期由评价方案规定"


def load(apps, schema_editor):
    rule_set = apps.get_model("disclosure", "RuleSet").objects.filter(code="P1").first()
    if rule_set is None:
        return
    with acting(SYSTEM):
        apps.get_model("disclosure", "PeriodRule").objects.get_or_create(
            rule_set=rule_set,
            kind="evaluation",
            defaults={"label": "信用评价结果", "end_kind": "validity", "basis": BASIS, "repairable": False},
        )


class Migration(migrations.Migration):
    dependencies = [("grading", "0001_grading"), ("disclosure", "0021_authority_objections"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("grading_supervisionfield"),
        KeepHistory("grading_gradescheme"),
        KeepHistory("grading_tierrule"),
        KeepHistory("grading_receivedgrade"),
        KeepHistory("grading_gradingmodel"),
        KeepHistory("grading_indicator"),
        KeepHistory("grading_directrule"),
        KeepHistory("grading_band"),
        KeepHistory("grading_trial"),
        KeepHistory("grading_grade", pk="subject_id"),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
