"""manage.py recount_timeliness: count everything again, mend what differs, and say what it was."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from credit_platform.accounts.actors import SYSTEM
from disclosure import actions
from disclosure.actions.tallies import COUNTERS


class Command(BaseCommand):
    help = "核对报送及时性统计：逐条重新计数，更正差异并列出。"

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = actions.recount(by=SYSTEM)
        for each in wrong:
            department, kind, view, month = each.key
            pairs = ", ".join(
                f"{name} {before}→{after}"
                for name, before, after in zip(COUNTERS, each.kept, each.counted, strict=True)
                if before != after
            )
            self.stdout.write(f"部门{department} {kind} {view} {month:%Y-%m}: {pairs}")
        self.stdout.write(f"差异 {len(wrong)} 处，已更正。" if wrong else "统计与逐条计数一致。")
