"""`manage.py reread`: holds every record, public face and signed text against its hash; exit code 1 when one differs."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import rereading
from credit_platform.audit.models import Rereading

EVERY_SECONDS = 10.0


class Command(BaseCommand):
    help = "把每条信用记录、公示内容和签署文本与其校验值核对，指出不符的表、编号和校验值；可中断后接着执行。有不符的退出码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--page", type=int, default=rereading.PAGE, help=f"每次读取的行数（默认 {rereading.PAGE}）")
        parser.add_argument("--seconds", type=float, default=0.0, help="最多执行多少秒（默认直到读完）")
        parser.add_argument("--json", action="store_true", help="最后输出一行 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        self._told = time.monotonic()
        tell = None if options["json"] else self._progress
        run = rereading.go_on(by=SYSTEM, seconds=options["seconds"], page=max(1, options["page"]), tell=tell)
        found = [
            {"table": each.table_name, "id": each.row_pk, "which": each.which, "text": each.text}
            for each in run.alterations.order_by("pk")
        ]
        if options["json"]:
            answer = {"finished": run.finished_at is not None, "rows": run.done, "altered": run.altered}
            self.stdout.write(json.dumps({**answer, "unanchored": run.unanchored, "found": found}, ensure_ascii=False))
        else:
            self._tell(run, found)
        if run.altered:
            sys.exit(1)

    def _progress(self, run: Rereading) -> None:
        if time.monotonic() - self._told >= EVERY_SECONDS:
            self._told = time.monotonic()
            self.stdout.write(
                f"  已核对 {run.total:,} 行，正在核对{rereading.label_of(run.reader)}，不符 {run.altered} 处。"
            )
            self.stdout.flush()

    def _tell(self, run: Rereading, found: list[dict[str, Any]]) -> None:
        for each in found:
            self.stdout.write(f"不符：{each['table']} {each['id']}（{each['which']}）{each['text']}")
        if run.altered > len(found):
            self.stdout.write(f"另有 {run.altered - len(found)} 处未逐条列出。")
        counts = "，".join(f"{rereading.label_of(name)} {count:,} 行" for name, count in run.done.items())
        state = "核对完毕" if run.finished_at else "未读完，再次执行时接着读"
        self.stdout.write(f"{state}：{counts or '没有数据'}；不符 {run.altered} 处，尚未记入审计 {run.unanchored} 项。")
