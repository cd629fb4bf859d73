"""The camera of `make pictures`: a browser at the running platform, and the list of its scenes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import environment
from playwright.sync_api import Browser, Locator, Page

BASE = (os.environ.get("PICTURES_OF") or "http://127.0.0.1:8000").rstrip("/")
PASSWORD = os.environ.get("PICTURES_PASSWORD") or "Credit@Harbin2026"  # of the demonstration
FOLDER = environment.ROOT / "docs" / "images"
SAMPLES = environment.ROOT / "docs" / "samples"
WIDTH = 1200
NUMBER = "哈市监样例〔2026〕7号"
SCENES: dict[str, Callable[[Camera], None]] = {}


class Camera:
    """A browser at the platform."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    @contextmanager
    def page(self, username: str = "") -> Iterator[Page]:
        """A fresh browser window, signed in when a user is named."""
        context = self.browser.new_context(
            viewport={"width": WIDTH, "height": 860},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            base_url=BASE,
            accept_downloads=True,
        )
        page = context.new_page()
        if username:
            page.goto("/accounts/login/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", PASSWORD)
            page.get_by_role("button", name="登录").click()
            page.wait_for_url("**/desk/")
        yield page
        context.close()

    def shoot(self, page: Page, name: str, height: int = 860, upto: Locator | None = None) -> None:
        """The window from the top of the page, or down to the end of an element."""
        page.wait_for_load_state("networkidle")
        if upto is not None:
            box = upto.first.bounding_box()
            scrolled = float(page.evaluate("window.scrollY"))
            height = round(box["y"] + scrolled + box["height"]) + 24 if box else height
        page.screenshot(
            path=FOLDER / f"{name}.png",
            full_page=True,
            clip={"x": 0, "y": 0, "width": WIDTH, "height": height},
            animations="disabled",
        )
        print(f"{name}.png", (FOLDER / f"{name}.png").stat().st_size // 1024, "kB", flush=True)

    def piece(self, page: Page, name: str, what: Locator, height: int = 700) -> None:
        """The page from an element on."""
        page.wait_for_load_state("networkidle")
        box = what.first.bounding_box()
        top = (box["y"] if box else 0) + float(page.evaluate("window.scrollY")) - 24
        tall = float(page.evaluate("document.documentElement.scrollHeight"))
        page.screenshot(
            path=FOLDER / f"{name}.png",
            full_page=True,
            clip={"x": 0, "y": top, "width": WIDTH, "height": min(height, tall - top)},
            animations="disabled",
        )
        print(f"{name}.png", (FOLDER / f"{name}.png").stat().st_size // 1024, "kB", flush=True)


def scene(work: Callable[[Camera], None]) -> Callable[[Camera], None]:
    """Register a scene under its name, in the order in which the scenes are read."""
    SCENES[work.__name__] = work
    return work
