#!/usr/bin/env python3
"""`make bench`: build the generated city when it is missing, measure everything side by side. SIZE= names or counts the subjects."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import environment  # noqa: E402

if __name__ == "__main__":
    environment.use("benchmarks/requirements.txt")


def main() -> int:
    size = sys.argv[1] if len(sys.argv) > 1 else "town"
    if shutil.which("wrk") is None:
        print("未安装 wrk，略过并发压测。Debian、Ubuntu 可执行：apt-get install -y wrk", flush=True)
    command = [str(environment.PYTHON), "-m", "benchmarks", "all", "--subjects", size, *sys.argv[2:]]
    return subprocess.run(command, check=False, cwd=environment.ROOT, env=os.environ.copy()).returncode


if __name__ == "__main__":
    sys.exit(main())
