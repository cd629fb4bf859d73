"""`manage.py check_deployment`: the check list of a deployment; exit code 1 when something must be mended."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management import BaseCommand

from credit_platform.deployment import configuration, data, servers
from credit_platform.deployment.outcomes import LABELS, Grade, Outcome

AREAS = {"配置": configuration.check, "服务": servers.check, "数据": data.check}


class Command(BaseCommand):
    help = "逐项检查部署：配置、数据库、Redis、工作进程、定时器、审计链、附件、磁盘、备份。有不通过项时退出码为 1。"
    requires_system_checks: list[str] = []  # they are one line of the list

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出 JSON")
        parser.add_argument("--strict", action="store_true", help="有“注意”项时退出码也为 1")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [(area, outcome) for area, check in AREAS.items() for outcome in check()]
        if options["json"]:
            lines = [{"area": area} | asdict(outcome) for area, outcome in found]
            self.stdout.write(json.dumps({"ok": _ok(found), "checks": lines}, ensure_ascii=False))
        else:
            self._tell(found)
        if not _ok(found, strict=options["strict"]):
            sys.exit(1)

    def _tell(self, found: list[tuple[str, Outcome]]) -> None:
        before = ""
        for area, outcome in found:
            if area != before:
                self.stdout.write(f"【{area}】")
                before = area
            self.stdout.write(f"  {LABELS[outcome.grade]}　{outcome.name}：{outcome.text}")
            if outcome.mend:
                self.stdout.write(f"      → {outcome.mend}")
        grades = [outcome.grade for _, outcome in found]
        counts = "，".join(f"{LABELS[grade]} {grades.count(grade)} 项" for grade in Grade)
        self.stdout.write(f"合计 {len(found)} 项：{counts}。")


def _ok(found: list[tuple[str, Outcome]], *, strict: bool = False) -> bool:
    refused = {Grade.FAIL, Grade.WARN} if strict else {Grade.FAIL}
    return not any(outcome.grade in refused for _, outcome in found)
