"""The way of files (GB/T 39443-2020 5.5): a folder that both sides reach. `out/` is ours to write, `back/` the partner's, `in/` what it sends us.

Every file is written beside its name and renamed, and the manifest comes last: who finds a manifest finds the whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings

from exchange.rules.manifests import (
    MANIFEST,
    PART,
    RECEIPT,
    ROWS,
    Unsound,
    lines,
    manifest_of,
    parsed_lines,
    written,
)
from exchange.rules.messages import Result, parsed_key
from exchange.rules.statements import Copy, Month
from exchange.ways.base import Answer, BadAnswer, Link, NoAnswer, Row, Said, parsed_copies, parsed_months, parsed_said

OUT, BACK, IN = "out", "back", "in"
MOST_BYTES = 256 * 1024 * 1024


class FileWay:
    """A parcel is a file of rows and a manifest; its receipts come as `<name>_回执.jsonl`; a statement as `statement_<kind>.json`."""

    def send(self, link: Link, name: str, rows: Sequence[Row]) -> Answer:
        data = lines(rows)
        folder = folder_of(link, OUT)
        last = max((int(row.get("number") or 0) for row in rows), default=0)
        try:
            put(folder / f"{name}{ROWS}", data)
            put(folder / f"{name}{MANIFEST}", written(manifest_of(name, data, rows=len(rows), last=last)))
        except OSError as error:
            raise NoAnswer(f"交换目录无法写入（{type(error).__name__}）。") from error
        return Answer([], is_whole=False)

    def collect(self, link: Link, name: str) -> Answer | None:
        """The first line of a receipt names the parcel and the SHA-256 of the file that was read: a receipt for other rows is none."""
        data = _read(folder_of(link, BACK) / f"{name}{RECEIPT}")
        if data is None:
            return None
        sent = _read(folder_of(link, OUT) / f"{name}{ROWS}") or b""
        try:
            head, *rows = parsed_lines(data) or [{}]
        except Unsound as error:
            raise BadAnswer(f"回执文件不可读：{error}") from error
        if head.get("parcel") != name or head.get("sha256") != manifest_of(name, sent, rows=0).sha256:
            raise BadAnswer("回执文件的校验值与所发文件不符。")
        return Answer(parsed_said(rows), is_whole=True)

    def ask(self, link: Link, keys: Sequence[str]) -> list[Said]:
        """Nobody answers a question by file, but the statement proves what is there."""
        try:
            there = {each.key: each.version for each in parsed_copies(self._statement(link).get("rows"))}
        except NoAnswer:
            there = {}
        return [Said(key, Result.DUPLICATE if _proven(key, there) else Result.ABSENT) for key in keys]

    def months(self, link: Link) -> dict[str, Month]:
        return parsed_months(self._statement(link).get("months"))

    def copies(self, link: Link, months: Sequence[str]) -> list[Copy]:
        wanted = set(months)
        return [each for each in parsed_copies(self._statement(link).get("rows")) if each.month in wanted]

    def _statement(self, link: Link) -> dict[str, object]:
        data = _read(folder_of(link, BACK) / f"statement_{link.kind}.json")
        if data is None:
            raise NoAnswer("对方还没有放入对账单。")
        try:
            raw = json.loads(data)
        except (ValueError, RecursionError):
            raw = None
        if not isinstance(raw, dict):
            raise NoAnswer("对账单不是 JSON 对象。")
        return raw


def _proven(key: str, there: Mapping[str, int]) -> bool:
    parsed = parsed_key(key)
    return parsed is not None and there.get(parsed[0], 0) >= parsed[1]


def folder_of(link: Link, side: str) -> Path:
    """The folder of a partner's side, made where there was none. The code of a partner is no path: a validator holds it."""
    folder = Path(settings.EXCHANGE_FOLDER) / link.partner / side
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside its name, to the disk, then renamed."""
    part = path.with_name(path.name + PART)
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NoAnswer(f"交换目录无法读取（{type(error).__name__}）。") from error
    if len(data) > MOST_BYTES:
        raise NoAnswer("文件过大，没有读取。")
    return data
