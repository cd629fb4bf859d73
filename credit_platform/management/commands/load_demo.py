"""Loads the demonstration city into an empty database."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from credit_platform.demo import city


class Command(BaseCommand):
    help = "向空数据库载入演示城市（全部虚构）；已有部门或主体时什么也不做。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--subjects", type=int, default=city.SUBJECTS, help="主体数")

    def handle(self, *args: Any, **options: Any) -> None:
        if city.is_half_loaded():
            raise CommandError("演示城市上次没有载入完。请先执行 make reset 清空本地数据，再执行 make run。")
        if not city.is_empty():
            return
        started = time.monotonic()
        self.stdout.write("正在载入演示城市，载入完之前内容不全，上传的文件暂不处理。")
        city.load(timezone.localdate(), self._tell, subjects=options["subjects"])
        self.stdout.write(f"演示城市已载入，用时 {time.monotonic() - started:.0f} 秒。")

    def _tell(self, text: str) -> None:
        self.stdout.write(f"  演示城市：{text}")
        self.stdout.flush()
