"""Is this container well? `healthcheck.py web|worker|beat`; the exit code is the answer. Asks as little as it can."""

from __future__ import annotations

import http.client
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SIGNS = {"worker": "worker", "beat": "clock"}
OLDEST_SECONDS = 90


def main() -> int:
    what = sys.argv[1] if len(sys.argv) == 2 else ""
    if what == "web":
        return 0 if _web() else 1
    if what in SIGNS:
        return 0 if _age(SIGNS[what]) <= OLDEST_SECONDS else 1
    sys.stderr.write(f"{__doc__}\n")
    return 2


def _web() -> bool:
    port = int((os.environ.get("WEB_BIND") or "127.0.0.1:8000").rsplit(":", 1)[-1])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False


def _age(sign: str) -> float:
    """Seconds since the sign of life, which every worker and the clock leave in Redis."""
    import redis

    from credit_platform import addresses

    url = os.environ.get("CACHE_URL") or addresses.cache(os.environ["REDIS_URL"], 1)
    with redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3) as client:
        at = client.get(f"credit:1:heartbeat:{sign}")
    return time.time() - float(at) if at else float("inf")


if __name__ == "__main__":
    sys.exit(main())
