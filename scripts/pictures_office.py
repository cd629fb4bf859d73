"""Scenes of `make pictures`: the pages of administrators and of the auditor."""

from __future__ import annotations

import environment
from pictures_camera import Camera, scene

NOTICE = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。"""


@scene
def admin(camera: Camera) -> None:
    """The pages of the system administrator and the security administrator."""
    with camera.page("xtgl") as page:
        for name, path, height in (
            ("admin-home", "/admin/", 900),
            ("admin-departments", "/admin/accounts/department/", 620),
            ("admin-succession", "/admin/accounts/departmentsuccession/add/", 560),
            ("admin-editions", "/admin/records/catalogueversion/", 420),
            ("admin-edition-new", "/admin/records/catalogueversion/add/", 560),
            ("admin-rulesets", "/admin/disclosure/ruleset/", 480),
            ("admin-classes", "/admin/disclosure/periodrule/?rule_set=R3", 640),
            ("admin-threshold", "/admin/disclosure/finethreshold/add/", 640),
            ("admin-exemptions", "/admin/records/codeexemption/", 420),
        ):
            page.goto(path)
            camera.shoot(page, name, height)
        page.goto("/admin/workdays/holidaynotice/load/")
        page.fill("[name=text]", NOTICE)
        camera.shoot(page, "admin-notice", 900)
        page.get_by_role("button", name="预览影响").click()
        page.get_by_text("读到的日期").wait_for()
        camera.shoot(page, "admin-notice-preview", 900)
    with camera.page("aqgl") as page:
        for name, path, height in (
            ("admin-users", "/admin/accounts/user/", 620),
            ("admin-key-new", "/admin/accounts/apiclient/add/", 760),
        ):
            page.goto(path)
            camera.shoot(page, name, height)
        page.goto("/admin/accounts/user/add/")
        page.fill("[name=username]", "scjgj_lr2")
        page.fill("[name=full_name]", "样例录入员")
        page.select_option("[name=department]", label="哈尔滨市市场监督管理局")
        page.get_by_role("checkbox", name="录入员").check()
        camera.shoot(page, "admin-user-new", 700)


@scene
def audit(camera: Camera) -> None:
    """The auditor's pages."""
    with camera.page("sjy") as page:
        page.goto("/desk/audit/?verb=查看")
        page.goto("/desk/audit/")
        camera.shoot(page, "audit-entries", 800)
        page.locator("table tbody a").first.click()
        camera.shoot(page, "audit-entry", 700)
        page.goto("/desk/audit/chain/")
        page.get_by_role("button", name="复核最近", exact=False).click()
        camera.shoot(page, "audit-chain", 760)
        page.goto("/desk/audit/stray/")
        camera.shoot(page, "audit-stray", 480)


@scene
def maintenance(camera: Camera) -> None:
    """What nginx shows while the platform is stopped."""
    with camera.page() as page:
        page.goto((environment.ROOT / "deploy" / "nginx" / "pages" / "503.html").as_uri())
        camera.shoot(page, "maintenance", 360)
