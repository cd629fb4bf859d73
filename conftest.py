"""Fixtures of every test: a headless Chromium for the browser tests, and axe for their accessibility.

The settings of the tests find or start the embedded servers, so that nothing has to be started by hand.
"""

from __future__ import annotations

import os
import shutil

import pytest

pytest_plugins = ["credit_platform.accounts.tests.roles"]

# Playwright's event loop lives in the thread of the test, where Django would refuse to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    arguments = dict(browser_type_launch_args)
    if found:
        arguments["executable_path"] = found
    if os.geteuid() == 0:
        arguments["args"] = [*arguments.get("args", ()), "--no-sandbox"]
    return arguments


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
