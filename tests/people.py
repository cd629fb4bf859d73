"""People at browsers: each with a window of their own on the platform, and the ways in which they fill in forms."""

from __future__ import annotations

import io
from typing import Any
from unicodedata import normalize

import openpyxl
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Download, Page

from credit_platform.web.tests.browsing import ORIGIN, open_site
from records.standards import registry, template
from records.standards.declaration import Standard

PENALTY = registry.get("penalty-2018")
PENALTY_BY_FORM = {
    "CF_XDR_LB": "法人及非法人组织",
    "CF_FRDB": "赵某某",
    "CF_WFXW": "未按规定公示年度报告",
    "CF_SY": "未在规定期限内公示2025年度报告。",
    "CF_YJ": "《企业信息公示暂行条例》第十八条",
    "CF_CFLB": "罚款",
    "CF_NR": "罚款3000元",
    "CF_NR_FK": "0.3",
    "CF_JDRQ": "2026-11-20",
    "CF_YXQ": "2027-11-20",
    "HRB_CFCX": "普通程序",
    "HRB_YZCD": "一般",
    "HRB_LY": "其他",
}
"""A fine as a clerk types it, without whose and which it is."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


ALONE = "on"
"""What is given to a box that stands for itself."""


class People:
    """Opens windows, signs in by the page as a person does, and closes everything in the end."""

    def __init__(self, browser: Browser, password: str) -> None:
        self.browser, self.password = browser, password
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def window(self, *, script: bool = True) -> Page:
        """A fresh window on the platform, of nobody."""
        context = self.browser.new_context(java_script_enabled=script, locale="zh-CN", timezone_id="Asia/Shanghai")
        self.contexts.append(context)
        page = context.new_page()
        open_site(page, Client(enforce_csrf_checks=True))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def signed_in(self, username: str, *, script: bool = True) -> Page:
        """A window on the desk, after the log-in page."""
        page = self.window(script=script)
        page.goto(f"{ORIGIN}/desk/")
        page.wait_for_url(f"{ORIGIN}/accounts/login/**")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(self.password)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"{ORIGIN}/desk/")
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def fill(page: Page, values: dict[str, str]) -> None:
    """Fill in a form by the names of its fields; several choices of one field are joined by “；”."""
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        kind = field.first.evaluate("each => each.type")
        if kind == "select-one":
            field.select_option(value)
        elif kind in ("checkbox", "radio"):
            for choice in value.split("；"):
                (field if choice == ALONE else page.locator(f"[name={name}][value='{choice}']")).check()
        else:
            field.fill(value)


def kept(page: Page, values: dict[str, str]) -> dict[str, str]:
    """What stands in the fields of those names now."""
    found = {}
    for name in values:
        field = page.locator(f"[name={name}]")
        if field.first.evaluate("each => each.type") in ("checkbox", "radio"):
            ticked = page.locator(f"[name={name}]:checked")
            found[name] = "；".join(str(ticked.nth(at).get_attribute("value")) for at in range(ticked.count()))
        else:
            found[name] = field.input_value()
    return found


class Keys:
    """Somebody without a mouse."""

    def __init__(self, page: Page) -> None:
        self.keyboard, self.page = page.keyboard, page

    def focused(self, what: str) -> str:
        return str(self.page.evaluate(f"(document.activeElement?.{what} || '').toString().trim()"))

    def to(self, name: str, limit: int = 120) -> None:
        """Tab to the field of that name."""
        self._tab(lambda: self.focused("name") == name, name, limit)

    def to_text(self, text: str, limit: int = 120) -> None:
        """Tab to the link or button with those words."""
        self._tab(lambda: self.focused("innerText") == text, text, limit)

    def _tab(self, arrived: Any, what: str, limit: int) -> None:
        self.page.wait_for_load_state()
        for _ in range(limit):
            self.keyboard.press("Tab")
            if arrived():
                return
        raise AssertionError(f"the keyboard does not reach {what}")

    def follow(self, text: str) -> None:
        self.to_text(text)
        self.keyboard.press("Enter")

    def give(self, name: str, value: str) -> None:
        """Go to a field and give it a value as its kind is given by keyboard."""
        self.to(name)
        kind = self.focused("type")
        if kind == "select-one":
            self._press_until("ArrowDown", lambda: self.focused("value") == value, value)
        elif kind == "checkbox":
            while self.focused("value") != value:
                self.keyboard.press("Tab")
                assert self.focused("name") == name, value
            self.keyboard.press("Space")
        elif kind == "radio":
            self._press_until("ArrowDown", lambda: self.focused("value") == value, value)
        elif kind == "date":
            self._day(name, value)
        else:
            self.keyboard.press("Control+a")
            self.keyboard.type(value)

    def _day(self, name: str, value: str) -> None:
        """Digits only: a browser in Chinese takes year, month, day, one in English month, day, year."""
        year, month, day = value.split("-")
        for digits in (year + month + day, month + day + year):
            self.keyboard.type(digits)
            if self.focused("value") == value:
                return
            while self.focused("name") == name:
                self.keyboard.press("Shift+Tab")
            self.to(name)
        raise AssertionError(f"{value} cannot be typed into {name}")

    def _press_until(self, key: str, arrived: Any, what: str) -> None:
        for _ in range(30):
            if arrived():
                return
            self.keyboard.press(key)
        raise AssertionError(f"{what} cannot be chosen by keyboard")


def filled_template(rows: list[dict[str, object]], day: Any, standard: Standard = PENALTY) -> bytes:
    """The platform's own template with rows in it, as a clerk fills it."""
    book = openpyxl.load_workbook(io.BytesIO(template.build_template(standard, day)))
    sheet = book[template.SHEET_FILL]
    at = {str(cell.value).lstrip("*"): cell.column for cell in sheet[2]}
    labels = {each.code: each.label for each in standard.fields}
    for number, row in enumerate(rows, 3):
        for code, value in row.items():
            sheet.cell(number, at[labels[code]], value)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook_of(download: Download) -> openpyxl.Workbook:
    with open(download.path(), "rb") as file:
        return openpyxl.load_workbook(io.BytesIO(file.read()))


def upload(page: Page, name: str, data: bytes, standard: str = "penalty-2018") -> None:
    """From the page 导入文件: choose what it is and the file, and send them."""
    page.goto(f"{ORIGIN}/desk/imports/new/")
    what = page.locator(f"[name=what] option[value^='{standard}|']").first.get_attribute("value")
    page.locator("[name=what]").select_option(what)
    page.locator("[name=file]").set_input_files({"name": name, "mimeType": XLSX, "buffer": data})
    page.get_by_role("button", name="上传并校验").click()
    page.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2].isdigit())


def words(page: Page) -> str:
    """What stands in the main part of the page, without the spaces that lay it out."""
    return "".join(normalize("NFC", page.locator("main").inner_text()).split())
