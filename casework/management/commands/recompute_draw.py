"""`manage.py recompute_draw FILE.json`: repeat a draw from what was published of it.

The file: {"ids": […], "nonce": "", "public_value": "", "n": 3}; optional "struck": […] for objects that fell out after the draw. With a
plain "seed" instead of nonce and public value the seed is taken as it stands. The file that a draw's public page offers has "strata": [{"code",
"ids", "n"}, …] instead of "ids" and "n", and says what came of it: that is compared, and a difference ends with an error. The answer is JSON:
list_digest, commit, seed, drawn.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.rules import drawing
from casework.rules.draws import Stratum, draw_by_stratum

LARGEST = 256 * 1024 * 1024
STATED = {"list_digest": "名单摘要", "commit": "随机数摘要", "seed": "种子", "drawn": "抽中的对象"}


class Command(BaseCommand):
    help = "按公布的数据重算一次随机抽取（HRB-SSJ-1），输出 JSON"
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own spelling

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", help="JSON 文件：ids、nonce、public_value、n（可选 struck、seed），或者公示页下载的文件"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        given = _read(Path(options["file"]))
        strata = _strata(given)
        struck = _ids(given, "struck") if "struck" in given else []
        try:
            digest = drawing.list_digest([each for part in strata for each in part.ids])
        except ValueError as error:
            raise CommandError("ids 中有空的编号或者含换行的编号，请更正后重算。") from error
        nonce, seed = str(given.get("nonce", "")), _seed(given, digest)
        drawn = draw_by_stratum(strata, seed, struck=struck)
        answer = {
            "algorithm": drawing.ALGORITHM,
            "list_digest": digest,
            "commit": drawing.nonce_digest(nonce) if nonce else "",
            "seed": seed,
            "drawn": [ticket.id for tickets in drawn.values() for ticket in tickets],
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if "strata" in given:
            _compare(given, answer)


def _seed(given: dict[str, Any], digest: str) -> str:
    """The seed of nonce and public value; without a nonce the one that the file states (a plain seed)."""
    nonce, public_value = str(given.get("nonce", "")), str(given.get("public_value", ""))
    if given.get("seed") and not nonce:
        return str(given["seed"])
    if wrong := list(drawing.against(nonce, public_value)):
        raise CommandError("".join(f"{each.field}：{each.text}" for each in wrong))
    return drawing.seed_of(nonce, public_value, digest)


def _strata(given: dict[str, Any]) -> list[Stratum]:
    """The list by strata; a plain file is one of them."""
    parts = given.get("strata", [given | {"code": "", "n": given.get("n")}])
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise CommandError("strata 应为对象的数组，每个对象有 code、ids、n。")
    return [Stratum(str(part.get("code", "")), "", _ids(part, "ids"), _size(part)) for part in parts]


def _size(part: dict[str, Any]) -> int:
    size = part.get("n")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise CommandError("n 应为不小于0的整数，表示抽取多少个。")
    return size


def _compare(given: dict[str, Any], answer: dict[str, Any]) -> None:
    """CommandError that names what the file states otherwise than it was computed here."""
    stated = given | {"drawn": [each[0] for tickets in given.get("drawn", {}).values() for each in tickets]}
    wrong = [label for key, label in STATED.items() if stated.get(key) != answer[key]]
    if wrong:
        raise CommandError(f"重算结果与文件所载不一致：{'、'.join(wrong)}。")


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
