"""manage.py scan_personal: are there numbers of persons in clear anywhere?"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from records.privacy import files, tables
from records.privacy.kinds import LABELS

_LOGS = Path("var") / "log"


class Command(BaseCommand):
    help = (
        "Look for numbers of persons in clear: in every text, JSON and list column of every table (histories, findings, drafts and "
        "answers kept for repeated requests included), in stored files that are not sealed, and in the logs. Looked for are: "
        + "；".join(LABELS.values())
        + "。 A number is never printed, only table, column, kind and count. Exit code 1 when there is any."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
        parser.add_argument(
            "--logs", type=Path, action="append", default=[], help="a folder with logs besides var/log; may be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = [each for table, columns in tables.text_columns().items() for each in tables.scan(table, columns)]
        folders = [Path(settings.MEDIA_ROOT), Path(settings.BASE_DIR) / _LOGS, *options["logs"]]
        stored = files.scan([each for each in folders if each.is_dir()])
        if options["json"]:
            self.stdout.write(json.dumps(_answer(found, stored), ensure_ascii=False))
        else:
            self._tell(found, stored)
        if found or stored.found:
            raise SystemExit(1)

    def _tell(self, found: list[tables.InTable], stored: files.Files) -> None:
        for each in found:
            self.stdout.write(f"{each.table}.{each.column}\t{LABELS[each.kind]}\t{each.count}")
        for path, kinds in stored.found.items():
            for kind, count in sorted(kinds.items()):
                self.stdout.write(f"{path}\t{LABELS[kind]}\t{count}")
        self.stdout.write(
            f"文件：加密 {stored.sealed} 个（不打开），明文读取 {stored.read} 个，无法读取 {stored.unreadable} 个。"
        )
        clean = not (found or stored.found)
        self.stdout.write("没有发现明文的个人号码。" if clean else "发现明文的个人号码，请按运维手册处置。")


def _answer(found: list[tables.InTable], stored: files.Files) -> dict[str, Any]:
    return {
        "tables": [
            {"table": each.table, "column": each.column, "kind": each.kind, "count": each.count} for each in found
        ],
        "files": [{"file": path, **kinds} for path, kinds in sorted(stored.found.items())],
        "sealed_files": stored.sealed,
        "clear_files": stored.read,
        "unreadable_files": stored.unreadable,
    }
