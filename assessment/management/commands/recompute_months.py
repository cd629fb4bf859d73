"""Hold every frozen month of the assessment against what the ledger says today."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessment.sheets.models import Month
from assessment.sheets.queries.figures import differences
from assessment.sheets.rules.indicators import INDICATORS
from credit_platform.accounts.queries import department_names


class Command(BaseCommand):
    help = "按信用记录和办理事项重新计算已冻结的考核月份，逐条列出与冻结时不同的事项；有不同的以 1 结束。"

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for month in Month.objects.select_related("scheme").order_by("first"):
            changed = differences(month)
            count += len(changed)
            self.stdout.write(f"{month.label}：{'一致' if not changed else f'{len(changed)} 条不同'}")
            names = department_names({row.department for row in changed})
            for row in changed:
                words = f"  {names[row.department]} {INDICATORS[row.indicator].label} {row.ref}"
                self.stdout.write(f"{words}：冻结时{row.kept}，现在{row.now}")
        if count:
            raise CommandError(f"共有 {count} 条与冻结时不同。")
