"""How long the database server waits for a program of ours, and for how long a program waits for the server. Pure.

A program that died must leave nothing held: its advisory lock, its rows. The server notices by itself only when it next speaks to the
program, which may be after a long statement or, when the whole machine vanished, after hours. So every session asks it to look.

Each entry point (`manage.py`, the web, the workers) names its session by `use`; PGOPTIONS of the environment goes before.
"""

from __future__ import annotations

from collections.abc import MutableMapping

CHECK_SECONDS = 5
KEEPALIVE_IDLE_SECONDS, KEEPALIVE_INTERVAL_SECONDS, KEEPALIVE_COUNT = 10, 5, 3
VANISHED_SECONDS = KEEPALIVE_IDLE_SECONDS + KEEPALIVE_INTERVAL_SECONDS * KEEPALIVE_COUNT
"""After so long the server has given up a program whose machine or network is gone, and with it every lock it held."""
LOCK_SECONDS, STATEMENT_SECONDS = 15, 110
FROZEN_SECONDS = 300


def _options(**names: str) -> str:
    return " ".join(f"-c {name}={value}" for name, value in names.items())


EVERYBODY = _options(
    client_connection_check_interval=f"{CHECK_SECONDS}s",  # of a running statement: is the program still there?
    tcp_keepalives_idle=f"{KEEPALIVE_IDLE_SECONDS}s",
    tcp_keepalives_interval=f"{KEEPALIVE_INTERVAL_SECONDS}s",
    tcp_keepalives_count=f"{KEEPALIVE_COUNT}",
    tcp_user_timeout=f"{VANISHED_SECONDS}s",
)
WORKER = f"{EVERYBODY} {_options(idle_in_transaction_session_timeout=f'{FROZEN_SECONDS}s')}"
"""A worker that is frozen in the middle of a transaction keeps nobody waiting for ever."""
WEB = f"{WORKER} {_options(lock_timeout=f'{LOCK_SECONDS}s', statement_timeout=f'{STATEMENT_SECONDS}s')}"
"""No page waits for ever: neither for another transaction nor for a statement; nginx waits two minutes."""


def use(options: str, environment: MutableMapping[str, str]) -> None:
    """Let the sessions that this program opens be so, unless the environment says otherwise."""
    environment.setdefault("PGOPTIONS", options)
