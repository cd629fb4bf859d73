"""`manage.py make_checkpoint`: signs and publishes the head of the audit chain; the clock does it every day."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.checkpoints import keep_file, make_checkpoint
from credit_platform.audit.models import Checkpoint
from credit_platform.errors import DomainError


class Command(BaseCommand):
    help = "签发当日的审计检查点并打印；当日已签发的，打印已签发的那一份。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--files", action="store_true", help="只把缺少的检查点文件补写到 CHECKPOINT_DIR，不签发")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["files"]:
            count = len([keep_file(row) for row in Checkpoint.objects.order_by("day")])
            self.stdout.write(f"检查点文件齐全，共 {count} 份。")
            return
        try:
            made = make_checkpoint(by=SYSTEM)
        except DomainError as error:
            raise CommandError(str(error)) from error
        if made is None:
            self.stdout.write("审计链上还没有记录，未签发。")
            return
        self.stdout.write(made.note)
