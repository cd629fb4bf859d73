"""gunicorn in production. What differs between machines comes from the environment."""

import os
import shutil
from pathlib import Path
from typing import Any

wsgi_app = "credit_platform.wsgi:application"
bind = os.environ.get("WEB_BIND") or "127.0.0.1:8000"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS") or min(2 * (os.cpu_count() or 1) + 1, 9))
threads = int(os.environ.get("WEB_THREADS") or 4)
timeout = 120  # the longest page: a large upload being checked; nginx waits as long
graceful_timeout = 30
keepalive = 75  # longer than nginx keeps an idle connection to us
max_requests = 5000  # a process is renewed now and then, so that no leak can grow
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  heartbeats in memory, not on the disk
control_socket_disable = True
loglevel = "info"
errorlog = "-"
accesslog = None  # nginx writes it, without the query

FIGURES = os.environ.get("PROMETHEUS_MULTIPROC_DIR")


def on_starting(server: object) -> None:
    """The counts begin anew with the service: files of earlier processes would add up for ever."""
    if FIGURES:
        shutil.rmtree(FIGURES, ignore_errors=True)
        Path(FIGURES).mkdir(parents=True, mode=0o700)


def child_exit(server: object, worker: Any) -> None:
    """Close the accounts of a process that ended; its counts stay."""
    if FIGURES:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
