#!/usr/bin/env python3
"""Make one backup: `scripts/backup.py [--into FOLDER] [--keep 14]`. Works while the platform serves.

With BACKUP_KEY every part is encrypted as it is made; without it the dump and the sample lie there in clear. No key is in it: keep
FIELD_KEY (FIELD_KEYS) and BACKUP_KEY apart, in a safe, or the personal numbers, or the whole backup, are lost.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import psycopg2

sys.path.insert(0, str(Path(__file__).resolve().parent))
import backup_cipher as cipher  # noqa: E402
import backup_store as store  # noqa: E402

KEPT = 14


def main() -> int:
    given = argparse.ArgumentParser(description="备份数据库和附件（不含密钥）。")
    default = Path(os.environ.get("BACKUP_DIR") or store.VAR / "backups")
    given.add_argument("--into", type=Path, default=default, help=f"备份目录（默认 {default}）")
    given.add_argument("--keep", type=int, default=KEPT, help=f"保留最近几份（默认 {KEPT}；0 表示全部保留）")
    options = given.parse_args()
    os.umask(0o077)
    try:
        folder = backup(options.into)
    except (store.BackupError, cipher.CipherError, psycopg2.Error, OSError) as error:
        print(f"备份失败：{error}", file=sys.stderr)
        return 1
    for old in _too_old(options.into, options.keep):
        shutil.rmtree(old)
        print(f"已删除旧备份 {old.name}")
    print(f"备份完成：{folder}")
    return 0


def backup(into: Path) -> Path:
    """One backup in a folder of its own, which gets its name when everything is in it."""
    key, marks = cipher.given_key(os.environ), store.field_key_marks(os.environ)
    taken_at = datetime.now(UTC).astimezone()
    name = f"{taken_at:%Y%m%d-%H%M%S}"
    draft = into / f"{name}.unfinished"
    draft.mkdir(parents=True, mode=0o700)
    try:
        clock = store.Clock()
        about = _database(draft, store.database_url(), clock, key)
        with clock.step("附件"), cipher.writer(store.part(draft, store.MEDIA, key), key) as out:
            files = _media(out)
        with clock.step("摘要"):
            names = [store.part(draft, part, key) for part in (store.DUMP, store.MEDIA, store.SAMPLE)]
            parts = {path.name: store.digest(path) for path in names}
        manifest = about | {
            "taken_at": taken_at.isoformat(),
            "media_files": files,
            "files": parts,
            "seconds": clock.steps,
            "field_key_marks": marks,
            "backup_key_mark": cipher.mark(key),
        }
        if key:
            manifest["seal"] = cipher.seal_of(manifest, key)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (draft / store.MANIFEST).write_text(text, encoding="utf-8")
        return draft.rename(into / name)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _database(draft: Path, url: str, clock: store.Clock, key: str) -> dict[str, Any]:
    """Counts, sample and dump out of one snapshot, which is held open for as long as the dump takes."""
    connection = store.connect(url)
    try:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        cursor = connection.cursor()
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version_num')::int")
        snapshot, version = cursor.fetchone()
        cursor.execute("SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()")
        collate, ctype = cursor.fetchone()
        with clock.step("计数"):
            counts = store.counts(cursor)
        with clock.step("抽样"):
            ids = store.sampled_ids(cursor, counts["records_creditrecord"])
            with (
                cipher.writer(store.part(draft, store.SAMPLE, key), key) as below,
                gzip.open(below, "wt", encoding="utf-8") as out,
            ):
                json.dump(store.rows_of(cursor, ids), out, ensure_ascii=False)
        head = store.chain_head(cursor)
        with clock.step("数据库"):
            env, name = store.libpq(url)
            dump = [store.program("pg_dump", version), "--format=custom", "--no-owner", "--no-privileges"]
            with cipher.writer(store.part(draft, store.DUMP, key), key) as below:
                store.run_into(below, [*dump, f"--snapshot={snapshot}", name], env)
    finally:
        connection.close()
    return {
        "database": name,
        "server_version": version,
        "collate": collate,
        "ctype": ctype,
        "counts": counts,
        "sampled": len(ids),
        "chain_head": head,
    }


def _media(out: BinaryIO) -> int:
    """The private files as they lie (they are encrypted already); how many. Files that go meanwhile are left out."""
    source, count = store.VAR / "media", 0
    with tarfile.open(fileobj=out, mode="w|") as archive:
        for path in sorted(source.rglob("*")) if source.is_dir() else []:
            if path.is_file() and not path.is_symlink():
                try:
                    archive.add(path, arcname=str(path.relative_to(source)), recursive=False)
                except FileNotFoundError:
                    continue
                count += 1
    return count


def _too_old(into: Path, keep: int) -> list[Path]:
    finished = sorted(path.parent for path in into.glob(f"[0-9]*/{store.MANIFEST}"))
    return finished[:-keep] if keep > 0 else []


if __name__ == "__main__":
    sys.exit(main())
