"""Old rows of lists and entries are kept; how long entries are shown: as long as they stand, for the list says when that ends."""

from django.db import migrations

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from credit_platform.audit.history import KeepHistory

TERM = "公示至期限届满；期限、提前移出由名单的认定办法规定"
ROWS = (
    ("list-entry", "严重失信主体名单", {}),
    ("list-abnormal", "经营异常名录（状态）", {}),
    ("list-red", "守信激励名单", {"repairable": False}),
    ("list-watch", "重点关注名单", {"published": False, "repairable": False}),
)


def load(apps, schema_editor):
    rule_set = apps.get_model("disclosure", "RuleSet").objects.filter(code="P1").first()
    rules = apps.get_model("disclosure", "PeriodRule")
    if rule_set is None:
        return
    with acting(SYSTEM):
        for kind, label, more in ROWS:
            rules.objects.get_or_create(
                rule_set=rule_set, kind=kind, defaults={"label": label, "end_kind": "validity", "basis": TERM, **more}
            )


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0001_lists"), ("disclosure", "0019_revocations_waited_for"), ("audit", "0002_triggers")]
    operations = [
        KeepHistory("sanctions_creditlist"),
        KeepHistory("sanctions_listentry"),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
