"""The camera of `make pictures`: a browser at the running platform, and the list of its scenes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import environment
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Locator, Page

BASE = (os.environ.get("PICTURES_OF") or "http://127.0.0.1:8000").rstrip("/")
PASSWORD = os.environ.get("PICTURES_PASSWORD") or "Credit@Harbin2026"  # of the demonstration
FOLDER = environment.ROOT / "docs" / "images"
SAMPLES = environment.ROOT / "docs" / "samples"
WIDTH = 1200
NUMBER = "哈市监样例〔2026〕7号"
COLOURS = 200  # of a picture; more are not seen, and the files are a third as large
# A browser of the Chinese edition shows dates and files in Chinese; the one that takes the pictures may know English only.
DRAW_IN_CHINESE = """() => document.querySelectorAll("input[type=date], input[type=file]").forEach((box) => {
  const drawn = document.createElement("div"), wide = box.offsetWidth;
  const chosen = box.type === "file" ? "选择文件　" + (box.files.length ? box.files[0].name : "未选择任何文件")
    : box.value.split("-").join(" / ") || "年 / 月 / 日";
  drawn.className = box.className + " drawn"; drawn.textContent = chosen; drawn.style.width = wide + "px";
  box.before(drawn); box.hidden = true;
})"""
DRAW_BACK = """() => { document.querySelectorAll(".drawn").forEach((drawn) => drawn.remove());
  document.querySelectorAll("input[hidden]").forEach((box) => { box.hidden = false; }); }"""
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

    def shoot(
        self, page: Page, name: str, height: int = 860, upto: Locator | None = None, keep_focus: bool = False
    ) -> None:
        """The window from the top of the page, or down to the end of an element; never beyond the end of the page."""
        _settle(page, keep_focus)
        if upto is not None:
            box = upto.first.bounding_box()
            scrolled = float(page.evaluate("window.scrollY"))
            height = round(box["y"] + scrolled + box["height"]) + 24 if box else height
        tall = int(page.evaluate("document.documentElement.scrollHeight"))
        _take(page, name, 0, min(height, tall))

    def piece(self, page: Page, name: str, what: Locator, height: int = 700) -> None:
        """The page from an element on."""
        _settle(page)
        box = what.first.bounding_box()
        top = (box["y"] if box else 0) + float(page.evaluate("window.scrollY")) - 24
        left = max(0.0, (box["x"] if box else 0) - 32)
        tall = float(page.evaluate("document.documentElement.scrollHeight"))
        _take(page, name, top, min(height, tall - top), left)


def _settle(page: Page, keep_focus: bool = False) -> None:
    page.wait_for_load_state("networkidle")
    if not keep_focus:
        page.evaluate("document.activeElement && document.activeElement.blur()")
    page.evaluate(DRAW_IN_CHINESE)


def _take(page: Page, name: str, top: float, height: float, left: float = 0) -> None:
    file = FOLDER / f"{name}.png"
    clip = FloatRect(x=left, y=top, width=WIDTH - left, height=height)
    page.screenshot(path=file, full_page=True, clip=clip, animations="disabled")
    page.evaluate(DRAW_BACK)
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    print(f"{name}.png", file.stat().st_size // 1024, "kB", flush=True)


def scene(work: Callable[[Camera], None]) -> Callable[[Camera], None]:
    """Register a scene under its name, in the order in which the scenes are read."""
    SCENES[work.__name__] = work
    return work
