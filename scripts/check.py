#!/usr/bin/env python3
"""`make check`: every rule of the house that a program can hold. All are run, the failed ones named at the end."""

from __future__ import annotations

import os
import shutil
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
BIN = environment.VENV / "bin"
MANAGE = [str(environment.PYTHON), "manage.py"]
CHECKS: dict[str, list[str]] = {
    "ruff": [str(BIN / "ruff"), "check", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "types": [str(BIN / "mypy"), "."],
    "imports": [str(BIN / "lint-imports"), "--no-logo"],
    "templates": [str(BIN / "djlint"), "templates", "--lint", "--quiet"],
    "django": [*MANAGE, "check", "--database", "default"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
}


STALE = "[import-not-found]"
"""The cache of mypy looks for a model that has moved where it was, since Django's plugin asked for it there."""


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if STALE not in answer.stdout:
        return answer
    shutil.rmtree(environment.ROOT / ".mypy_cache", ignore_errors=True)
    return subprocess.run(command, capture_output=True, text=True, check=False)


def main() -> int:
    failed = []
    with embedded.in_use(VAR):
        for name, command in CHECKS.items():
            answer = run(command)
            print(f"{'通过' if answer.returncode == 0 else '未通过'}  {name}", flush=True)
            if answer.returncode != 0:
                failed.append(name)
                print(answer.stdout + answer.stderr, flush=True)
    if failed:
        print(f"未通过：{'、'.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
