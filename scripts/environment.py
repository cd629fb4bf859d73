"""The project's own Python environment: made once, brought up to date when the pinned list changes.

Only the standard library, since nothing else is there yet. `use("requirements.txt")` runs the calling script again
with the environment's Python.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
OLDEST, NEWEST = (3, 11), (3, 13)
# A file whose SHA-256 the list does not hold is refused, whoever offers it; scripts/pins.py writes the lists.
PINNED = ("--require-hashes", "-r")
# The development list holds everything of the ordinary one.
CONTAINS = {
    "requirements.txt": ["requirements.txt"],
    "requirements-dev.txt": ["requirements-dev.txt", "requirements.txt"],
    "benchmarks/requirements.txt": ["benchmarks/requirements.txt", "requirements.txt"],
}


def use(requirements: str) -> None:
    """Make sure of the environment and go on inside it."""
    script = str(Path(sys.argv[0]).resolve())
    os.chdir(ROOT)
    prepare(requirements)
    if Path(sys.prefix).resolve() != VENV.resolve():
        sys.stdout.flush()
        os.execv(PYTHON, [str(PYTHON), script, *sys.argv[1:]])


def prepare(requirements: str) -> None:
    """Install what the list names, unless the stamp says that it was done."""
    VENV.mkdir(exist_ok=True)
    with (VENV / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        wanted = {name: _digest(ROOT / name) for name in CONTAINS[requirements]}
        installed = _stamp()
        if PYTHON.exists() and all(installed.get(name) == digest for name, digest in wanted.items()):
            return
        print(f"准备 Python 环境（{requirements}）……", flush=True)
        if not PYTHON.exists() or _run([str(PYTHON), "-c", "import pip"]) != 0:
            _make()
        _install(requirements)
        STAMP.write_text(json.dumps(installed | wanted), encoding="utf-8")


def _make() -> None:
    python = _interpreter()
    answer = subprocess.run([python, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        print(answer.stdout + answer.stderr, file=sys.stderr)
        sys.exit("无法建立 Python 环境。Debian、Ubuntu 请先执行：apt-get install -y python3-venv")


def _install(requirements: str) -> None:
    uv = shutil.which("uv")
    # uv does not read pip's configuration, so that a house with its own package server is served by pip.
    if uv and not _pip_has_its_own_server() and _run([uv, "--version"]) == 0:
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), *PINNED, requirements]
        if subprocess.run(command, check=False).returncode == 0:
            return
        print("uv 未能完成安装，改用 pip。", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PINNED, requirements]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        print("\n".join((answer.stdout + answer.stderr).splitlines()[-20:]), file=sys.stderr)
        sys.exit("依赖包安装失败，请检查网络或 pip 配置后重试；提示摘要（hash）不符的，文件与清单不一致，不得安装。")


def _pip_has_its_own_server() -> bool:
    answer = subprocess.run([str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    return any(word in answer.stdout for word in ("index-url", "no-index"))


def _interpreter() -> str:
    for name in ("python3.11", "python3", "python3.12", "python3.13"):
        path = shutil.which(name)
        if path and _run([path, "-c", f"import sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"]) == 0:
            return path
    return sys.exit(
        "需要 Python 3.11（3.12、3.13 亦可）。Debian、Ubuntu 请执行：apt-get install -y python3 python3-venv"
    )


def _run(command: list[str]) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _stamp() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}
