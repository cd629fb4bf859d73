"""`manage.py recompute_draw FILE.json`: repeat a draw from what was published of it.

The file: {"ids": […], "nonce": "", "public_value": "", "n": 3}; optional "struck": […] for objects that fell out after the draw. With a
plain "seed" instead of nonce and public value the seed is taken as it stands. The answer is JSON: list_digest, commit, seed, drawn.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.rules import drawing

LARGEST = 256 * 1024 * 1024


class Command(BaseCommand):
    help = "按公布的数据重算一次随机抽取（HRB-SSJ-1），输出 JSON"
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own spelling

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="JSON 文件：ids、nonce、public_value、n（可选 struck、seed）")

    def handle(self, *args: Any, **options: Any) -> None:
        given = _read(Path(options["file"]))
        ids, size, struck = _ids(given, "ids"), given.get("n"), _ids(given, "struck") if "struck" in given else []
        if not isinstance(size, int) or isinstance(size, bool) or size < 0:
            raise CommandError("n 应为不小于0的整数，表示抽取多少个。")
        try:
            digest = drawing.list_digest(ids)
        except ValueError as error:
            raise CommandError("ids 中有空的编号或者含换行的编号，请更正后重算。") from error
        nonce, seed = str(given.get("nonce", "")), str(given.get("seed", ""))
        if not seed:
            wrong = list(drawing.against(nonce, str(given.get("public_value", ""))))
            if wrong:
                raise CommandError("".join(f"{each.field}：{each.text}" for each in wrong))
            seed = drawing.seed_of(nonce, str(given["public_value"]), digest)
        answer = {
            "algorithm": drawing.ALGORITHM,
            "list_digest": digest,
            "commit": drawing.commitment(nonce) if nonce else "",
            "seed": seed,
            "drawn": drawing.sample(ids, seed, size, struck=struck),
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError("文件超过256兆字节。")
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise CommandError(f"不能读取 {path.name}：请确认文件存在，内容是 UTF-8 编码的 JSON。") from error
    if not isinstance(given, dict):
        raise CommandError('文件的最外层应为一个对象：{"ids": […], …}。')
    return given


def _ids(given: dict[str, Any], name: str) -> list[str]:
    found = given.get(name)
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise CommandError(f"{name} 应为编号的数组，每个编号是一个文本。")
    return found
