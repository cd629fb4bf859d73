"""Everything between a started database and the first page: checks, migrations, base data, static files."""

from __future__ import annotations

import hashlib
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command, get_commands

from credit_platform import addresses


class Command(BaseCommand):
    help = "检查数据库，执行迁移，收集静态文件，载入基础数据（--demo 时另载入演示数据）。可重复执行。"
    requires_system_checks: list[str] = []  # run below, with those of the database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="载入演示城市（虚构数据）")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("check", databases=["default"])
        call_command("migrate", interactive=False, verbosity=0)
        if runtime := os.environ.get("RUNTIME_DATABASE_URL"):  # the owner migrates for another role
            call_command("grant_runtime", addresses.database(runtime)["USER"])
        if not settings.DEBUG:  # while developing the files are served from where they lie
            self._collect()  # first, for what is loaded may read pages as a visitor does
        known = get_commands()
        for name in ("load_base", *(("load_demo",) if options["demo"] else ())):
            if name in known:
                call_command(name)
        if "seal_personal" in known:  # what a former release kept in clear
            call_command("seal_personal", once=True)

    def _collect(self) -> None:
        stamp = settings.VAR_DIR / "static.stamp"
        digest = _static_digest()
        root = Path(settings.STATIC_ROOT)
        if root.is_dir() and stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
            return
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(digest, encoding="utf-8")


def _static_digest() -> str:
    """Changes with any static file's name, size or time, and with the way that they are stored."""
    digest = hashlib.sha256(f"{settings.STATIC_ROOT} {settings.STORAGES['staticfiles']}".encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
