"""Where the benchmarks run: a server and databases of their own, and what the machine is. Import before Django."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")  # before anything of the platform names its own
ROOT = Path(__file__).resolve().parent.parent
SIZES = {"tiny": 2_000, "small": 10_000, "town": 100_000, "city": 1_000_000}
# What an operator gives a database server of its own: a quarter of the memory, and room between checkpoints. `minimal` lets
# COPY into a fresh table skip the log; the replica is measured on a server of its own.
SERVER = {
    "shared_buffers": "{quarter}MB",
    "effective_cache_size": "{half}MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "2GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "30min",
}


def size_of(word: str) -> int:
    """A number of subjects: a name of SIZES or a number."""
    return SIZES[word] if word in SIZES else int(word.replace("_", "").replace(",", ""))


def database_of(subjects: int) -> str:
    """The name of the database that holds a city of this size."""
    return f"bench_{subjects}"


def server() -> str:
    """The address of the server, without a database: BENCH_SERVER_URL, or an embedded server of the benchmarks' own."""
    given = os.environ.get("BENCH_SERVER_URL")
    if given:
        return given
    from credit_platform import embedded
    from credit_platform.embedded import postgres

    quarter = min(memory_mb() // 4, 4096)
    if os.environ.get("BENCH_WAL"):
        SERVER.update(wal_level=os.environ["BENCH_WAL"], max_wal_senders="4")
    postgres.SETTINGS |= {name: value.format(quarter=quarter, half=quarter * 2) for name, value in SERVER.items()}
    return embedded.ensure_postgres(var())


def var() -> Path:
    """The folder of the benchmarks' servers and results."""
    return Path(os.environ.get("BENCH_VAR") or ROOT / "var" / "bench")


def use(subjects: int) -> None:
    """Point the settings at the city of this size. Before `django.setup()`."""
    address = urlsplit(server())
    os.environ["VAR_DIR"] = str(var())
    os.environ["DATABASE_URL"] = address._replace(path=f"/{database_of(subjects)}").geturl()
    from credit_platform import keys

    for name, value in keys.stored(var()).items():
        os.environ.setdefault(name, value)


def database_name() -> str:
    """The database of this run."""
    return urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/")


def execute(statement: str) -> None:
    """One statement on the server's own database (CREATE DATABASE and its kind)."""
    address = urlsplit(server())._replace(path="/postgres").geturl()
    connection = psycopg2.connect(address)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def memory_mb() -> int:
    """The memory of the machine in MB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20


def machine() -> dict[str, str]:
    """What the figures were measured on, and how busy it was."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory_mb() / 1024:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load": " ".join(f"{value:.1f}" for value in os.getloadavg()),
        "revision": _revision(),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown"


def _revision() -> str:
    answer = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or "unknown"
