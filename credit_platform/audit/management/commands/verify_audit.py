"""`manage.py verify_audit`: re-reads the chain and names the first row that was altered; exit code 1 when it is broken."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand

from credit_platform.audit import actions
from credit_platform.audit.keepsakes import keepsakes
from credit_platform.audit.verification import Report, verify

ANCHOR = re.compile(r"([0-9]{1,18}):([0-9a-fA-F]{64})")


def anchor(text: str) -> tuple[int, str]:
    found = ANCHOR.fullmatch(text.strip())
    if found is None:
        raise ArgumentTypeError("格式为 链序号:哈希值（64 位十六进制）")
    return int(found[1]), found[2].lower()


class Command(BaseCommand):
    help = "逐环复核审计链，指出第一条被改动的记录；链不完整时退出码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="最后输出一行 JSON")
        parser.add_argument("--no-seal", action="store_true", help="只读：复核前不把等待的记录入链")
        parser.add_argument("--from", dest="first_seq", type=int, default=1, help="从第几环开始（默认第 1 环）")
        parser.add_argument(
            "--anchor",
            type=anchor,
            action="append",
            default=[],
            help="此前抄录的链尾 序号:哈希，可重复；能发现截尾和整链重算",
        )
        parser.add_argument(
            "--alone", action="store_true", help="不与本机留存的检查点和备份清单核对（核对较早的备份副本时用）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_seal"]:
            while actions.seal():
                pass
        kept = None if options["alone"] else keepsakes()
        report = verify(first_seq=max(1, options["first_seq"]), anchors=dict(options["anchor"]), kept=kept)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self._tell(report)
        if not report.ok:
            sys.exit(1)

    def _tell(self, report: Report) -> None:
        if report.breaks:
            first = report.breaks[0]
            self.stdout.write(f"审计链不完整。第一处：第 {first.seq} 环，{first.text}")
            for line in report.breaks[1:]:
                self.stdout.write(f"  第 {line.seq} 环：{line.text}")
        if report.unsealed:
            self.stdout.write(
                f"有 {report.unsealed} 条审计记录超过 5 分钟未入链，最早一条编号 {report.first_unsealed}。"
            )
        if report.ok:
            self.stdout.write(f"审计链完整，共复核 {report.checked} 环，与留存的 {report.anchored} 份记录相符。")
        if report.checked:
            self.stdout.write(f"链尾：{report.last_seq}:{report.head}（请抄录留存，下次以 --anchor 核对）")
        if report.stray:
            self.stdout.write(
                f"提示：有 {report.stray} 处数据变更未通过系统办理（未登记操作人），详见 /desk/audit/stray/。"
            )
