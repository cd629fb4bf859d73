"""Stored periods follow the final text of 令第36号; what one person alone kept from the public awaits a second one.

In pieces by primary key, each in a transaction of its own, and safe to run again: then nothing differs. The work itself is that of the verbs
(`disclosure.actions.recompute_periods`, `revisit_exempt`), so this release is installed before a later one; its rows are read as they stand here.
"""

from django.db import migrations

PERIODS = "《信用修复管理办法》（国家发展改革委令第36号）：公示期自文书认定之日起算，最长公示期届满自动停止公示"
EXEMPT = "认定为较轻类别、按简易程序或者依法不公示的，须经另一人确认"


def reckon(apps, schema_editor):
    from disclosure.actions import recompute_periods, revisit_exempt
    from disclosure.queries.book import book

    rules = book(apps.get_model)
    recompute_periods(why=PERIODS, book=rules)
    revisit_exempt(why=EXEMPT, book=rules)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("disclosure", "0016_moved_ends"),
        ("records", "0009_merge_document"),
    ]

    operations = [
        # The verbs write rows as the release knows them: a column of one of its later migrations stands by now (0019 finds it there).
        migrations.RunSQL(
            "ALTER TABLE disclosure_lowering ADD COLUMN IF NOT EXISTS annulled_on date NULL", migrations.RunSQL.noop
        ),
        migrations.RunPython(reckon, migrations.RunPython.noop),
    ]
