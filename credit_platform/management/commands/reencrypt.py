"""Every sealed value under the current key, while the platform serves. What is left is read from the values: begin it again at will."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from credit_platform import resealing, sealing
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from records.former_keys import retire_lookups

SHOWN = 20
SECONDS_BETWEEN_LINES = 10


class Command(BaseCommand):
    help = "把全部加密内容改用当前密钥（FIELD_KEYS 中的第一个）重新加密。可随时中断、重复执行或同时执行几个。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--status", action="store_true", help="只显示各处还剩多少；全部为 0 时退出码为 0，否则为 1")
        parser.add_argument("--batch", type=int, default=500, help="每批多少项（默认 500；每批一个事务）")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError("--batch 应为正整数。")
        if options["status"]:
            self._status()
            return
        numbers = "、".join(str(number) for number, _ in settings.FIELD_KEYS)
        self.stdout.write(f"密钥：{numbers} 号，当前 {sealing.key_number()} 号。")
        with acting(SYSTEM):
            retire_lookups()
            audit.record("platform.reencrypt.begin", by=SYSTEM, detail={"key": sealing.key_number(), "keys": numbers})
        done, troubles = 0, list[str]()
        try:
            for place in resealing.places():
                done += self._pass(place, options["batch"], troubles)
        finally:
            with acting(SYSTEM):
                told = {"key": sealing.key_number(), "done": done, "troubles": len(troubles)}
                audit.record("platform.reencrypt.end", by=SYSTEM, detail=told)
        for line in troubles[:SHOWN]:
            self.stderr.write(line)
        if troubles:
            raise CommandError(f"已重加密 {done} 项；{len(troubles)} 项无法处理，旧密钥不得取下。")
        self.stdout.write(f"已重加密 {done} 项。取下旧密钥前请执行 manage.py reencrypt --status。")

    def _pass(self, place: resealing.Place, most: int, troubles: list[str]) -> int:
        last, done, more, told = place.start, 0, True, time.monotonic()
        while more:
            with acting(SYSTEM), resealing.only_tokens():
                batch = place.again(last, most)
            last, more, done = batch.last, batch.more, done + batch.done
            troubles += batch.troubles
            if time.monotonic() - told > SECONDS_BETWEEN_LINES:
                self.stdout.write(f"  {place.label}：{done} 项……")
                told = time.monotonic()
        self.stdout.write(f"  {place.label}：{done} 项")
        return done

    def _status(self) -> None:
        total = 0
        for place in resealing.places():
            left = place.left()
            total += left
            self.stdout.write(f"{place.label}：余 {left}")
        former = [str(number) for number, _ in settings.FIELD_KEYS[1:]]
        if total:
            raise CommandError(f"共余 {total} 项。请执行 manage.py reencrypt；旧密钥不得取下。")
        self.stdout.write(
            f"全部使用 {sealing.key_number()} 号密钥。" + (f"可以取下 {'、'.join(former)} 号密钥。" if former else "")
        )
