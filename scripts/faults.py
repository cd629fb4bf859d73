#!/usr/bin/env python3
"""`make faults`: the tests of faults at length, on private servers. SEED= repeats a run; arguments go to pytest."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import environment  # noqa: E402

if __name__ == "__main__":
    environment.use("requirements-dev.txt")

sys.path.insert(0, str(environment.ROOT))
from credit_platform import embedded  # noqa: E402

VAR = Path(os.environ.get("VAR_DIR") or environment.ROOT / "var")


def main() -> int:
    seed = os.environ.get("SEED") or str(random.SystemRandom().randrange(10**6))
    print(f"随机种子 {seed}（重复本次运行：make faults SEED={seed}）", flush=True)
    if os.geteuid() != 0:
        print("不是 root，无法挂载小磁盘：“磁盘写满”一项不会执行。", flush=True)
    command = [
        str(environment.PYTHON),
        "-m",
        "pytest",
        "tests/faults",
        "-s",
        "-rs",
        "--durations=0",
        "--durations-min=5",
    ]
    with embedded.in_use(VAR):
        answer = subprocess.run(
            [*command, *sys.argv[1:]], check=False, env={**os.environ, "FAULTS": "long", "FAULTS_SEED": seed}
        )
    print(f"随机种子 {seed}", flush=True)
    return answer.returncode


if __name__ == "__main__":
    sys.exit(main())
