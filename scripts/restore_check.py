#!/usr/bin/env python3
"""The drill: restore a backup into a scratch database, compare, time every step, drop it again.

`scripts/restore_check.py [FOLDER]` takes the newest backup when none is named. Exit code 1 when anything differs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

sys.path.insert(0, str(Path(__file__).resolve().parent))
import backup_cipher as cipher  # noqa: E402
import backup_store as store  # noqa: E402
import restore  # noqa: E402

SHOWN = 10


def main() -> int:
    given = argparse.ArgumentParser(description="恢复演练：恢复到临时库，比对行数、审计链和抽样记录，计时后删除。")
    given.add_argument("folder", type=Path, nargs="?", help="备份目录（默认最近一份）")
    given.add_argument("--server", help="在哪台数据库服务器上演练（默认 DATABASE_URL 所在的）")
    given.add_argument("--keep", action="store_true", help="保留临时库")
    options = given.parse_args()
    os.umask(0o077)
    try:
        folder = options.folder or newest()
        server = options.server or store.database_url()
        scratch = store.other_database(server, f"credit_drill_{datetime.now():%Y%m%d%H%M%S}")
        try:
            wrong = drill(folder, scratch)
        finally:
            if not options.keep:
                drop(scratch)
    except (store.BackupError, cipher.CipherError, psycopg2.Error, OSError) as error:
        print(f"演练失败：{error}", file=sys.stderr)
        return 1
    for line in wrong[:SHOWN]:
        print(f"不一致：{line}", file=sys.stderr)
    print("结论：" + (f"{len(wrong)} 处不一致。" if wrong else "全部一致，备份可用。"))
    return 1 if wrong else 0


def drill(folder: Path, scratch: str) -> list[str]:
    """Restore and compare; everything that is not as it was."""
    manifest, clock = store.manifest_of(folder), store.Clock()
    size = sum(about["bytes"] for about in manifest["files"].values())
    print(f"备份 {folder.name}，{size / 2**20:.1f} MB，取于 {manifest['taken_at'][:19]}")
    with clock.step("核对文件摘要"):
        store.check_files(folder, manifest)
    restore.database(folder, manifest, scratch, clock)
    with clock.step("比对行数"):
        wrong = [f"行数 {line}" for line in restore.compare_counts(manifest, scratch)]
    print(f"  {len(manifest['counts'])} 张表，共 {sum(manifest['counts'].values())} 行")
    with clock.step("比对抽样记录"):
        compared, differing = _compare_sample(folder, scratch)
    print(f"  {compared} 条记录（连同主体、公示）逐字段比对，{len(differing)} 处不同")
    wrong += [f"抽样 {line}" for line in differing]
    with tempfile.TemporaryDirectory() as var:
        with clock.step("附件"):
            unpacked = restore.media(folder, Path(var) / "media")
        if unpacked != manifest["media_files"]:
            wrong.append(f"附件 {manifest['media_files']} → {unpacked}")
        wrong += _lost_files(scratch, Path(var) / "media")
        with clock.step("核对迁移"):
            if _manage(scratch, var, "migrate", "--check", "--skip-checks"):
                print("  提示：备份取自较早的版本，正式恢复后须执行迁移（manage.py prepare）。")
        if os.environ.get("FIELD_KEY") or os.environ.get("FIELD_KEYS"):
            with clock.step("试开加密内容"):
                wrong += _manage(scratch, var, "check", "--database", "default")
        with clock.step("复核审计链"):
            anchor = ["--anchor", manifest["chain_head"]] if manifest["chain_head"] else []
            wrong += _manage(scratch, var, "verify_audit", "--alone", *anchor)
    wrong += _key(manifest)
    print(f"  合计：{sum(clock.steps.values()):.1f} 秒")
    return wrong


def newest() -> Path:
    """The newest finished backup of BACKUP_DIR."""
    into = Path(os.environ.get("BACKUP_DIR") or store.VAR / "backups")
    finished = sorted(path.parent for path in into.glob(f"[0-9]*/{store.MANIFEST}"))
    if not finished:
        raise store.BackupError(f"{into} 中没有完成的备份。")
    return finished[-1]


def drop(url: str) -> None:
    """Remove the scratch database, whoever is still connected to it."""
    connection = store.connect(store.other_database(url, "postgres"))
    try:
        connection.autocommit = True
        name = sql.Identifier(store.libpq(url)[1])
        connection.cursor().execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
    finally:
        connection.close()


def _compare_sample(folder: Path, scratch: str) -> tuple[int, list[str]]:
    with store.opened(folder, store.SAMPLE) as below, gzip.open(below, "rt", encoding="utf-8") as source:
        before: dict[str, Any] = json.load(source)
    connection = store.connect(scratch)
    try:
        after = store.rows_of(connection.cursor(), [int(pk) for pk in before])
    finally:
        connection.close()
    return len(before), store.differences(before, after)


def _lost_files(scratch: str, media: Path) -> list[str]:
    """Files that an import batch names and that are not in the backup."""
    connection = store.connect(scratch)
    try:
        cursor = connection.cursor()
        cursor.execute("SELECT file_path FROM records_importbatch WHERE file_path <> ''")
        named = [path for (path,) in cursor.fetchall()]
    finally:
        connection.close()
    lost = [path for path in named if not (media / path).is_file()]
    print(f"  导入原始文件 {len(named)} 个，缺 {len(lost)} 个")
    return [f"缺附件 {path}" for path in lost]


def _manage(scratch: str, var: str, *words: str) -> list[str]:
    """A command of the platform against the scratch database; its last line when it fails."""
    names = ("SECRET_KEY",) if os.environ.get("FIELD_KEYS") else ("SECRET_KEY", "FIELD_KEY")
    keys = {name: os.environ.get(name) or "drill-only-" * 5 for name in names}
    # No broker is needed, and none is touched: the address leads nowhere.
    env = os.environ | keys | {"DATABASE_URL": scratch, "VAR_DIR": var, "REDIS_URL": "redis://127.0.0.1:1/0"}
    command = [sys.executable, str(store.ROOT / "manage.py"), *words]
    answer = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    lines = (answer.stdout + answer.stderr).strip().splitlines() or [""]
    print("".join(f"  {line}\n" for line in answer.stdout.strip().splitlines()[:3]), end="")
    return [] if answer.returncode == 0 else [f"{words[0]}：{lines[-1]}"]


def _key(manifest: dict[str, Any]) -> list[str]:
    """Whether the keys that are kept apart are those that the data was encrypted with."""
    first = {"1": manifest["field_key_mark"]} if manifest.get("field_key_mark") else {}
    marks, given = manifest.get("field_key_marks", first), store.field_key_marks(os.environ)
    if not given or not marks:
        print("  提示：备份时或现在没有给出 FIELD_KEY、FIELD_KEYS，未核对密钥。")
        return []
    wrong = [number for number, mark in marks.items() if given.get(number) != mark]
    print("  字段密钥：" + ("与备份时一致" if not wrong else f"{'、'.join(wrong)} 号缺少或与备份时不同"))
    return [f"{number} 号字段密钥缺少或与备份时不同，相应的证件号码和文件将无法读取" for number in wrong]


if __name__ == "__main__":
    sys.exit(main())
