"""manage.py seal_personal: numbers of citizens that were stored in clear by a former release are sealed; part of every upgrade."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from credit_platform.audit.models import AuditEntry
from disclosure.actions.sealing_stored import SEALED, seal_stored


class Command(BaseCommand):
    help = (
        "Seal citizens' numbers that stand in clear in the database: codes are kept by keyed hash and cipher, texts lose the number, "
        "history too. Prints rows by table and column, never a number. Safe to run twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do nothing when it was done before (for upgrades)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"] and AuditEntry.objects.filter(verb=SEALED, detail__has_key="rows").exists():
            return
        done = seal_stored()
        for name, count in sorted(done.items()):
            self.stdout.write(f"{name}\t{count}")
        self.stdout.write(f"已加密或去除明文个人号码 {sum(done.values())} 处。")
