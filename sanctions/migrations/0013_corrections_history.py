"""Old rows of corrections are kept; a talk is in the credit record and never public (哈政办规〔2020〕12号第20项: 归集, no law orders its publication)."""

from django.db import migrations

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from credit_platform.audit.history import KeepHistory

BASIS = "哈政办规〔2020〕12号第20项：约谈记录记入信用记录，仅限政务共享"


def load(apps, schema_editor):
    rule_set = apps.get_model("disclosure", "RuleSet").objects.filter(code="P1").first()
    if rule_set is None:
        return
    with acting(SYSTEM):
        apps.get_model("disclosure", "PeriodRule").objects.get_or_create(
            rule_set=rule_set,
            kind="interview",
            defaults={
                "label": "约谈记录",
                "end_kind": "validity",
                "basis": BASIS,
                "published": False,
                "repairable": False,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("sanctions", "0012_corrections"),
        ("disclosure", "0019_revocations_waited_for"),
        ("audit", "0002_triggers"),
    ]
    operations = [
        KeepHistory("sanctions_correctioncase", pk="case_id"),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
