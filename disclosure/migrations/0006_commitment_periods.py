"""How long what follows a commitment is shown: rows of the platform's parameters, to be confirmed by the city."""

from django.db import migrations

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting

BASIS = "哈政办规〔2020〕12号第3、13项；公示期为平台参数"
ROWS = [
    ("commitment-fulfilment", "", "履约践诺", {"until_valid": True, "max_months": 36}, "公示36个月"),
    (
        "commitment-breach",
        "一般",
        "违背承诺",
        {"min_months": 3, "max_months": 12},
        "参照一般失信：最短三个月，最长一年",
    ),
    ("voluntary", "", "主体自主申报", {"until_valid": True, "max_months": 12}, "公示至确认有效期届满，最长12个月"),
]


def load(apps, schema_editor):
    rule_set = apps.get_model("disclosure", "RuleSet").objects.filter(code="P1").first()
    rules = apps.get_model("disclosure", "PeriodRule")
    if rule_set is None:
        return
    with acting(SYSTEM):
        for kind, severity, label, more, basis in ROWS:
            rules.objects.create(
                rule_set=rule_set, kind=kind, severity=severity, label=label, basis=f"{BASIS}：{basis}", **more
            )


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0005_statistics_by_year")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
