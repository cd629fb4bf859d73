"""manage.py explain_clocks FILE.csv: the last day of every stage of an objection for every row, as CSV on standard output."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from credit_platform.answered import answer_table
from credit_platform.workdays.queries import calendar
from objections.queries.profiles import profile_of
from objections.rules.cases import ASKED, NEEDED, answer


class Command(BaseCommand):
    help = "按平台的时限方案计算异议办理期限：读入 CSV（profile, filed_on …），输出各环节的截止日。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV 文件，首行为列名")

    def handle(self, *args: Any, **options: Any) -> None:
        ask = partial(answer, profiles=profile_of, calendar=calendar())
        answer_table(options["file"], self.stdout, ask, needed=NEEDED, answers=ASKED)
