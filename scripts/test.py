#!/usr/bin/env python3
"""`make test`: set up everything that the tests need, and run them on every core.

Arguments go to pytest, which then runs once and on one core; `--quick` leaves out browsers and faults. TEST_WORKERS= says how many side by side.
"""

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
QUICK = "--quick"
"""Without browsers and faults: minutes instead of a quarter of an hour."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    if not _has_browser():
        _install_browser()
    if not _has_chinese_glyphs():
        _apt("fonts-noto-cjk")
    with embedded.in_use(VAR):
        quick = sys.argv[1:] == [QUICK]
        if sys.argv[1:] and not quick:
            return _pytest(*sys.argv[1:])
        # Those that end by emptying the tables take the rows of the migrations along: nobody may come after them.
        workers = os.environ.get("TEST_WORKERS") or str(max(2, min(8, os.cpu_count() or 2)))
        side_by_side = ("-n", workers, "--dist", "loadfile", "--max-worker-restart", "0")
        only = " and not browser and not faults" if quick else ""
        slowest = ("--durations", "20", "--durations-min", "10")
        # The second run takes the databases of the first, which has left nothing in them: migrating takes longer than many tests.
        kinds = {"not empties": ("--create-db", "--reuse-db"), "empties": ("--reuse-db",)}
        results = [_pytest(*side_by_side, *slowest, *how, "-m", f"{kind}{only}") for kind, how in kinds.items()]
    return next(filter(None, results), 0)


def _pytest(*arguments: str) -> int:
    return subprocess.run([str(environment.PYTHON), "-m", "pytest", *arguments], check=False).returncode


def _has_browser() -> bool:
    return any(shutil.which(name) for name in BROWSERS) or _playwright_browser()


def _playwright_browser() -> bool:
    """Has Playwright a browser of its own on this machine?"""
    question = (
        "import os, sys; from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: sys.exit(not os.path.exists(p.chromium.executable_path))"
    )
    return subprocess.run([str(environment.PYTHON), "-c", question], capture_output=True, check=False).returncode == 0


def _install_browser() -> None:
    print("浏览器测试需要 Chromium，正在安装……", flush=True)
    if _apt("chromium"):
        return
    install = [str(environment.PYTHON), "-m", "playwright", "install", "chromium"]
    if subprocess.run(install, check=False).returncode != 0 or not _has_browser():
        sys.exit(
            "没有可用的 Chromium。Debian 请执行：apt-get install -y chromium；其他系统请安装 Chromium 或 Chrome 后重试。"
        )


def _has_chinese_glyphs() -> bool:
    if not shutil.which("fc-list"):
        return False
    answer = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True, check=False)
    return bool(answer.stdout.strip())


def _apt(package: str) -> bool:
    """Install a system package when we are root on Debian or one of its kind."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    return bool(subprocess.run(install, check=False, **quiet).returncode == 0)  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main())
