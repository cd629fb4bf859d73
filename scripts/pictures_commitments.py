"""Scenes of `make pictures`: commitments and companies, as the public, a company, a window, a department and an administrator see them."""

from __future__ import annotations

from pictures_camera import Camera, scene
from playwright.sync_api import Page

COMPANY_PASSWORD = "Firm@Harbin2026"  # noqa: S105 - of the demonstration


@scene
def commitments(camera: Camera) -> None:
    """The public list of matters; at the desk the reviews and a case of a broken commitment."""
    with camera.page() as page:
        page.goto("/commitments/matters/")
        camera.shoot(page, "commitment-matters", 900)
    with camera.page("scjgj_lr") as page:
        page.goto("/desk/commitments/reviews/")
        camera.shoot(page, "commitment-reviews", 820)
        _first(page)
        camera.shoot(page, "commitment-review", 900)
    with camera.page("xyb") as page:
        page.goto("/desk/commitments/breaches/?state=decided")
        _first(page)
        camera.shoot(page, "breach-case", 900)
    with camera.page("xtgl") as page:
        page.goto("/admin/commitments/matterlist/")
        camera.shoot(page, "admin-matter-lists", 560)


@scene
def companies(camera: Camera) -> None:
    """A company applies, a window looks at its papers; another one signs and declares."""
    with camera.page() as page:
        page.goto("/my/register/")
        camera.shoot(page, "company-register", 900)
    with camera.page("ckry") as page:
        page.goto("/window/companies/")
        camera.shoot(page, "window-companies", 520)
    with camera.page() as page:
        page.goto("/my/login/")
        page.fill("[name=login]", "qiye01")
        page.fill("[name=password]", COMPANY_PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/my/")
        camera.shoot(page, "company-home")
        page.goto("/my/declarations/new/")
        camera.shoot(page, "company-declare", 900)
        page.goto("/my/commitments/")
        page.locator("main table a[href^='/my/commitments/']").first.click()
        page.get_by_role("button", name="下一步：核对全文").wait_for()
        camera.shoot(page, "company-read", 1100)
        _fill_blanks(page)
        page.get_by_role("button", name="下一步：核对全文").click()
        page.get_by_role("button", name="签署承诺书").wait_for()
        camera.shoot(page, "company-sign", 1400)


def _first(page: Page) -> None:
    """Open the first row of the list."""
    page.locator("table tbody th a").first.click()
    page.wait_for_load_state()


def _fill_blanks(page: Page) -> None:
    """Something in every blank of the letter."""
    boxes = page.locator("main form input[type=text], main form textarea")
    for at in range(boxes.count()):
        boxes.nth(at).fill("哈尔滨市道里区中央大街1号")
    days = page.locator("main form input[type=date]")
    for at in range(days.count()):
        days.nth(at).fill("2026-12-31")
