"""`manage.py anchor_faces`: puts under the audit what was published before faces were kept there; the clock does it every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from disclosure.actions import anchor_faces


class Command(BaseCommand):
    help = "为尚未记入审计的公示内容补记校验值，可中断后再次执行；补记完毕后，没有校验值的公示内容视为不符。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"已补记 {anchor_faces():,} 项公示内容的校验值。")
