#!/usr/bin/env python3
"""`make pins`: resolve the `.in` lists anew into the pinned lists beside them, each file of each library with its SHA-256.

What is pinned already stays; a new line of an `.in` file is resolved with what it needs. `make pins ARGS="--upgrade-package NAME"`
moves one library to the version that its `.in` file allows, `ARGS=--upgrade` all of them. The lists hold the files for every system and
processor (`--universal`), so that the same list installs everywhere.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import environment  # noqa: E402

UV = environment.VENV / "bin" / "uv"

# Where the resolver is there already, the lists need not be whole: that is what they are resolved anew for.
if __name__ == "__main__" and not UV.exists():
    environment.use("requirements-dev.txt")

# In this order: the second list is held to the versions of the first, the third too. The fourth is an environment of its own.
LISTS = {
    "requirements.in": ["requirements.txt"],
    "requirements-dev.in": ["requirements-dev.txt", "-c", "requirements.txt"],
    "benchmarks/requirements.in": ["benchmarks/requirements.txt", "-c", "requirements.txt"],
    "benchmarks/names/requirements.in": ["benchmarks/names/requirements.txt"],
}
ALWAYS = ("--universal", "--generate-hashes", "--no-header", "--quiet", "--python-version", "3.11")


def main() -> int:
    os.chdir(environment.ROOT)
    for source, (target, *held) in LISTS.items():
        command = [str(UV), "pip", "compile", source, "--output-file", target]
        answer = subprocess.run([*command, *held, *ALWAYS, *sys.argv[1:]], env=_with_certificates(), check=False)
        if answer.returncode != 0:
            print(f"{target} 未能重新解析，见上面的说明。", file=sys.stderr)
            return answer.returncode
        print(f"{target} 已更新。")
    return 0


def _with_certificates() -> dict[str, str]:
    """A house with a certificate authority of its own has told pip of it."""
    given = os.environ.get("PIP_CERT")
    return {**os.environ, "SSL_CERT_FILE": given} if given and "SSL_CERT_FILE" not in os.environ else {**os.environ}


if __name__ == "__main__":
    sys.exit(main())
