"""Load what every installation needs before the first record: each app's `base_data.load()`."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management import BaseCommand
from django.db import transaction


class Command(BaseCommand):
    help = "载入基础数据（目录、校验例外代码等）。可重复执行，不覆盖已有内容。"

    def handle(self, *args: Any, **options: Any) -> None:
        for config in apps.get_app_configs():
            if find_spec(f"{config.name}.base_data") is None:
                continue
            with transaction.atomic():
                for line in import_module(f"{config.name}.base_data").load():
                    self.stdout.write(f"已载入：{line}")
