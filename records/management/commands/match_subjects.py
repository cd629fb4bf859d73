"""manage.py match_subjects FILE: match a list of names and numbers against the register; nothing is stored."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from credit_platform.confined.limits import Limits
from credit_platform.errors import DomainError
from credit_platform.web.export import csv_lines, write_xlsx
from records.imports.matching import matching
from records.imports.matching.report import COLUMNS


class Command(BaseCommand):
    help = "Match a list (xlsx, xls, csv) of names and numbers against the register and diagnose every code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="end with one line of JSON with the counts")
        parser.add_argument("--output", type=Path, help="write all rows to this file (.xlsx or .csv)")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"没有文件 {path}。")
        try:
            rows = matching.match_file(path.read_bytes(), path.name, limits=Limits.of_task())
        except DomainError as error:
            raise CommandError(error.text + error.mend) from error
        output: Path | None = options["output"]
        if output is not None and output.suffix.lower() == ".csv":
            output.write_text(
                "".join(csv_lines(rows, COLUMNS)), encoding="utf-8", newline=""
            )  # the lines bring the mark
        elif output is not None:
            write_xlsx(str(output), rows, COLUMNS, sheet="比对结果")
        counts = matching.summary(rows)
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        if output is None:
            for row in rows:
                known = f"{row.subject.code} {row.subject.name}" if row.subject else ""
                self.stdout.write(
                    "\t".join([str(row.row), row.shown.get("name", ""), row.result, row.how, known, row.diagnosed])
                )
        self.stdout.write(
            f"共 {counts['rows']} 行：已匹配 {counts['matched']}，仅供参考 {counts['suggested']}，未匹配 {counts['unmatched']}；"
            f"代码有问题 {counts['with_findings']} 行，未填代码 {counts['without_code']} 行。"
        )
