#!/usr/bin/env python3
"""`make pictures`: takes every picture of README and the manuals against a running platform, as its users see it.

    make reset && make run          # in one window: a fresh demonstration city
    make pictures                   # in another; PICTURES_OF=http://127.0.0.1:8001 for another address, ARGS="admin audit" for some scenes

The scenes act: samples are imported, one penalty is entered, reviewed, published and changed again. They are
therefore taken once from a fresh demonstration. Needs the test requirements (playwright) and Chromium.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import environment  # noqa: E402

if __name__ == "__main__":
    environment.use("requirements-dev.txt")

sys.path.insert(0, str(environment.ROOT))

import pictures_commitments  # noqa: E402, F401
import pictures_intake  # noqa: E402, F401
import pictures_office  # noqa: E402, F401
import pictures_review  # noqa: E402, F401
from pictures_camera import FOLDER, SCENES, Camera  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

# The order in which one scene leaves the city for the next.
ORDER = (
    "start",
    "imports",
    "matching",
    "entry",
    "review",
    "correction",
    "commitments",
    "companies",
    "admin",
    "audit",
    "maintenance",
)


def main() -> int:
    """Take the scenes that are named, or all of them."""
    wanted = sys.argv[1:] or ORDER
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    flags = ["--lang=zh-CN", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as player:
        environ: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}
        browser = player.chromium.launch(executable_path=found, args=flags, env=environ)
        camera = Camera(browser)
        for name in wanted:
            SCENES[name](camera)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
