#!/usr/bin/env python3
"""The embedded servers by hand: `scripts/servers.py start|stop|status`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from credit_platform import embedded  # noqa: E402

VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")


def main() -> int:
    verb = sys.argv[1] if len(sys.argv) == 2 else ""
    if verb == "start":
        try:
            print(embedded.ensure_postgres(VAR))
            print(embedded.ensure_valkey(VAR))
            embedded.keep(VAR)
        except embedded.ServerError as error:
            print(error, file=sys.stderr)
            return 1
        return 0
    if verb == "stop":
        print("已停止：" + "、".join(embedded.stop(VAR) or ["（没有在运行的服务）"]))
        return 0
    if verb == "status":
        running = embedded.status(VAR)
        for name, address in running.items():
            print(f"{name}: {address}")
        return 0 if running else 3
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
