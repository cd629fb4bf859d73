"""Old rows are kept; for how long a complaint is shown (a parameter, the text of the rule is not verified)."""

from django.db import migrations

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from credit_platform.audit.history import KeepHistory

BASIS = "国市监稽规〔2023〕6号；公示6个月为本平台参数，文本未核对"


def load(apps, schema_editor):
    rule_set = apps.get_model("disclosure", "RuleSet").objects.filter(code="P1").first()
    rules = apps.get_model("disclosure", "PeriodRule")
    if rule_set is None:
        return
    given = {"label": "消费投诉", "max_months": 6, "start_kind": "publication", "repairable": False, "basis": BASIS}
    with acting(SYSTEM):
        rules.objects.get_or_create(rule_set=rule_set, kind="complaint", defaults=given)


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_complaints"), ("disclosure", "0021_authority_objections"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("complaints_complaint"),
        KeepHistory("complaints_violationreport"),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
