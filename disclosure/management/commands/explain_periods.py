"""manage.py explain_periods FILE.csv: first day of application and last day shown for every row, as CSV on standard output."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from credit_platform.answered import answer_table
from disclosure.queries.book import whole_book
from disclosure.rules.cases import ASKED, NEEDED, answer


class Command(BaseCommand):
    help = "按平台现行规则计算公示期：读入 CSV（rule_set, cls, decided_on …），输出最早可申请日和公示截止日。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV 文件，首行为列名")

    def handle(self, *args: Any, **options: Any) -> None:
        answer_table(options["file"], self.stdout, partial(answer, book=whole_book()), needed=NEEDED, answers=ASKED)
