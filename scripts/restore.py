#!/usr/bin/env python3
"""Bring a backup back: `scripts/restore.py FOLDER --into postgresql://…/new_database [--media EMPTY_FOLDER]`.

The database must not exist or must be empty: nothing is ever written over. After it, point DATABASE_URL to it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

sys.path.insert(0, str(Path(__file__).resolve().parent))
import backup_cipher as cipher  # noqa: E402
import backup_store as store  # noqa: E402

JOBS = 2


def main() -> int:
    given = argparse.ArgumentParser(description="把备份恢复到一个新的（空的）数据库和附件目录。")
    given.add_argument("folder", type=Path, help="备份目录（其中有 manifest.json）")
    given.add_argument("--into", required=True, help="目标数据库地址，不存在则创建，已有数据则拒绝")
    given.add_argument("--media", type=Path, help="附件恢复到的目录，必须为空或不存在")
    given.add_argument("--jobs", type=int, default=JOBS, help=f"并行数（默认 {JOBS}）")
    options = given.parse_args()
    os.umask(0o077)
    clock = store.Clock()
    try:
        manifest = store.manifest_of(options.folder)
        with clock.step("核对文件摘要"):
            store.check_files(options.folder, manifest)
        database(options.folder, manifest, options.into, clock, jobs=options.jobs)
        if options.media:
            with clock.step("附件"):
                print(f"  附件 {media(options.folder, options.media)} 个")
        wrong = compare_counts(manifest, options.into)
    except (store.BackupError, cipher.CipherError, psycopg2.Error, OSError) as error:
        print(f"恢复失败：{error}", file=sys.stderr)
        return 1
    if wrong:
        print("恢复后行数不符：" + "；".join(wrong), file=sys.stderr)
        return 1
    print(f"恢复完成：{len(manifest['counts'])} 张表行数一致。请执行 manage.py verify_audit 和 check_deployment。")
    return 0


def database(folder: Path, manifest: dict[str, Any], into: str, clock: store.Clock, *, jobs: int = JOBS) -> None:
    """Create the database in the locale that it had, and restore into it."""
    name = store.libpq(into)[1]
    with clock.step("建库"):
        _create(into, name, manifest)
    with clock.step("恢复数据库"):
        env, _ = store.libpq(into)
        restore = [store.program("pg_restore", manifest["server_version"]), "--no-owner", "--no-privileges"]
        with _in_clear(folder) as dump:
            store.run([*restore, "--exit-on-error", f"--jobs={jobs}", f"--dbname={name}", str(dump)], env)
    with clock.step("统计信息"):
        connection = store.connect(into)
        connection.autocommit = True
        connection.cursor().execute("ANALYZE")
        connection.close()


def media(folder: Path, target: Path) -> int:
    """Unpack the private files into an empty folder; how many."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(target.iterdir()):
        raise store.BackupError(f"{target} 不是空目录。")
    count = 0
    with store.opened(folder, store.MEDIA) as source, tarfile.open(fileobj=source, mode="r|") as archive:
        for member in archive:
            archive.extract(member, target, filter="data")
            count += 1
        while source.read(cipher.PIECE):  # to the last piece, which tells that nothing was cut off
            pass
    return count


@contextmanager
def _in_clear(folder: Path) -> Iterator[Path]:
    """The dump as pg_restore can read it with several jobs; an encrypted one for as long in a private folder of TMPDIR."""
    if (folder / store.DUMP).exists():
        yield folder / store.DUMP
        return
    with tempfile.TemporaryDirectory(prefix="credit-restore-") as private:
        clear = Path(private) / store.DUMP
        with store.opened(folder, store.DUMP) as source, clear.open("xb") as out:
            shutil.copyfileobj(source, out, cipher.PIECE)
        yield clear


def compare_counts(manifest: dict[str, Any], url: str) -> list[str]:
    """Tables whose rows are not as many as they were in the snapshot."""
    connection = store.connect(url)
    try:
        now = store.counts(connection.cursor())
    finally:
        connection.close()
    before = manifest["counts"]
    return [f"{t} {before.get(t)} → {now.get(t)}" for t in sorted(before | now) if before.get(t) != now.get(t)]


def _create(into: str, name: str, manifest: dict[str, Any]) -> None:
    connection = store.connect(store.other_database(into, "postgres"))
    try:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            locale = [sql.Literal(manifest[part]) for part in ("collate", "ctype")]
            command = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}").format(
                sql.Identifier(name), *locale
            )
            cursor.execute(command)
            return
    finally:
        connection.close()
    connection = store.connect(into)
    try:
        if store.counts(connection.cursor()):
            raise store.BackupError(f"数据库 {name} 不是空的，拒绝覆盖。请换一个库名。")
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
