"""Scenes of `make pictures`: one penalty is entered, reviewed, published and changed again."""

from __future__ import annotations

import sys

import environment
from pictures_camera import NUMBER, Camera, scene
from playwright.sync_api import Page

sys.path.insert(0, str(environment.ROOT / "docs" / "samples"))
from make_samples import samples  # noqa: E402


def _fill_penalty(page: Page) -> None:
    party = samples()[6]
    page.goto("/desk/records/new/penalty-2018/")
    for field, value in {
        "CF_XDR_MC": party.name,
        "CF_FRDB": party.representative,
        "CF_WSH": NUMBER,
        "CF_WFXW": "未按规定公示年度报告",
        "CF_SY": "未在规定期限内公示2025年度报告，经责令后仍未公示。",
        "CF_YJ": "《企业信息公示暂行条例》第十八条",
        "CF_NR": "罚款3000元",
        "CF_NR_FK": "0.3",
        "CF_JDRQ": "2026-11-20",
        "CF_YXQ": "长期",
    }.items():
        page.fill(f"[name={field}]", value)
    page.select_option("[name=CF_XDR_LB]", "法人及非法人组织")
    page.fill("[name=CF_XDR_SHXYM]", party.code)
    page.check("[name=CF_CFLB][value=罚款]")
    for field, value in {"HRB_CFCX": "普通程序", "HRB_YZCD": "一般", "HRB_LY": "其他"}.items():
        page.select_option(f"[name={field}]", value)


def _authority(page: Page) -> None:
    """The authority and the source, where the form has not filled them in by itself."""
    code, name = "1123010000HD000021", "哈尔滨市市场监督管理局"
    for field, value in {"CF_CFJG": name, "CF_SJLY": name}.items():
        if not page.input_value(f"[name={field}]"):
            page.fill(f"[name={field}]", value)
    for field in ("CF_CFJGDM", "CF_SJLYDM"):
        if not page.input_value(f"[name={field}]"):
            page.fill(f"[name={field}]", code)


@scene
def entry(camera: Camera) -> None:
    """One penalty by the web form: first with two mistakes, then right, then submitted."""
    with camera.page("scjgj_lr") as page:
        _fill_penalty(page)
        _authority(page)
        page.press("[name=CF_XDR_SHXYM]", "Tab")
        page.wait_for_timeout(800)
        camera.shoot(page, "entry", 1000)
        page.fill("[name=CF_XDR_SHXYM]", samples()[6].code[:-1])
        page.fill("[name=CF_JDRQ]", "")
        page.get_by_role("button", name="校验并入库").click()
        page.locator(".error-summary").wait_for()
        camera.shoot(page, "entry-errors", 860)
        page.fill("[name=CF_XDR_SHXYM]", samples()[6].code)
        page.fill("[name=CF_JDRQ]", "2026-11-20")
        page.get_by_role("button", name="校验并入库").click()
        page.wait_for_url("**/desk/records/*/")
        camera.shoot(page, "entry-record", 900)
        page.goto(f"/desk/disclosures/?q={NUMBER}")
        camera.shoot(page, "desk-disclosures", upto=page.locator("main table"))
        page.locator("table tbody th a").first.click()
        page.get_by_text("逐日说明").click()
        camera.piece(page, "deadline", page.get_by_role("heading", name="公示时限"), 760)
        page.get_by_role("link", name="提交审核").click()
        page.get_by_role("button", name="提交审核").click()
        page.get_by_text("已提交审核").first.wait_for()


@scene
def review(camera: Camera) -> None:
    """The reviewer compares and publishes; then the public finds it."""
    with camera.page("scjgj_sh") as page:
        camera.shoot(page, "review-today")
        page.goto(f"/desk/disclosures/?q={NUMBER}")
        page.locator("table tbody th a").first.click()
        item = page.url
        page.get_by_role("link", name="审核", exact=True).click()
        camera.shoot(page, "review", 1150)
        page.keyboard.press("p")
        page.keyboard.press("s")
        page.wait_for_load_state("networkidle")
        page.goto(item)
        camera.shoot(page, "published", 800)
        page.goto(f"{item.rstrip('/')}/withdraw/")
        camera.shoot(page, "withdraw", 1000)
        page.goto(f"{item.rstrip('/')}/suspend/")
        camera.shoot(page, "suspend", 760)
    with camera.page() as page:
        page.goto(f"/search/?q={NUMBER}")
        page.locator(f"a[href^='/disclosure/']:has-text('{NUMBER}'), main a[href^='/disclosure/']").last.click()
        camera.shoot(page, "disclosure", 1000)


@scene
def correction(camera: Camera) -> None:
    """The clerk mends a published record; the public still sees the old text until a reviewer confirms."""
    with camera.page("scjgj_lr") as page:
        page.goto(f"/desk/disclosures/?scope=public&q={NUMBER}")
        page.locator("table tbody th a").first.click()
        item = page.url
        page.get_by_role("link", name="记录", exact=True).click()
        page.get_by_role("link", name="修改", exact=True).click()
        page.fill("[name=CF_SY]", "未在规定期限内公示2025年度报告，经两次责令后仍未公示。")
        page.get_by_role("button", name="保存修改").click()
        page.wait_for_url("**/desk/records/*/")
    with camera.page("scjgj_sh") as page:
        page.goto(item)
        camera.shoot(page, "correction", 1000)
    with camera.page("sthjj_lr") as page:
        page.goto(f"/desk/subjects/?q={samples()[0].code}")
        camera.shoot(page, "subject-search", 860)
        page.get_by_role("link", name=samples()[0].name).click()
        camera.shoot(page, "purpose", 620)
        page.fill("[name=purpose]", "办理环境影响评价审批")
        page.get_by_role("button", name="登记并查看").click()
        camera.shoot(page, "subject", 1000)
