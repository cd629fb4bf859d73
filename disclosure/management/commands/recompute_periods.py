"""manage.py recompute_periods --why …: periods of what is shown, under the rules as they stand now; the departments are told."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from disclosure import actions


class Command(BaseCommand):
    help = "公示期规则变更后，按现行规则重算已公示处罚的公示期，变动告知各部门。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--why", required=True, help="变更的依据，写入变动记录和审计，例如“某某办法2027年1月1日起施行”"
        )
        parser.add_argument("--dry-run", action="store_true", help="只计数，不写入")

    def handle(self, *args: Any, **options: Any) -> None:
        done = actions.recompute_periods(why=options["why"], dry_run=options["dry_run"])
        word = "将变动" if options["dry_run"] else "已变动"
        self.stdout.write(
            f"共 {done.seen} 条，说明或日期{word} {done.written} 条，其中截止日 {done.moved} 条、停止公示 {done.stopped} 条。"
        )
