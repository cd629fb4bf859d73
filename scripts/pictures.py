#!/usr/bin/env python3
"""`make pictures`: takes every picture of README and the manuals against a running platform, as its users see it.

    make reset && make run          # in one window: a fresh demonstration city
    make pictures                   # in another; PICTURES_OF=http://127.0.0.1:8001 for another address, ARGS="admin audit" for some scenes

The scenes act: samples are imported, one penalty is entered, reviewed, published and changed again. They are
therefore taken once from a fresh demonstration. Needs the test requirements (playwright) and Chromium.
"""

from __future__ import annotations

import csv
import html
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import environment  # noqa: E402

if __name__ == "__main__":
    environment.use("requirements-dev.txt")

sys.path.insert(0, str(environment.ROOT))

from openpyxl import load_workbook  # noqa: E402
from playwright.sync_api import Browser, Locator, Page, sync_playwright  # noqa: E402

from docs.samples.make_samples import samples  # noqa: E402

BASE = (os.environ.get("PICTURES_OF") or "http://127.0.0.1:8000").rstrip("/")
PASSWORD = os.environ.get("PICTURES_PASSWORD") or "Credit@Harbin2026"  # of the demonstration
FOLDER = environment.ROOT / "docs" / "images"
SAMPLES = environment.ROOT / "docs" / "samples"
WIDTH = 1200
NUMBER = "哈市监样例〔2026〕7号"
NOTICE = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。"""
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
    """Register a scene under its name, in the order of this file."""
    SCENES[work.__name__] = work
    return work


@scene
def start(camera: Camera) -> None:
    """What stands there after `make run`."""
    with camera.page() as page:
        page.goto("/")
        camera.shoot(page, "walk-1-home")
        page.goto("/accounts/login/")
        camera.shoot(page, "desk-login", 620)
    with camera.page("scjgj_lr") as page:
        camera.shoot(page, "desk-today")
        page.goto("/desk/records/new/")
        camera.shoot(page, "desk-choose", 760)
        page.goto("/desk/reminders/")
        camera.shoot(page, "desk-reminders", 700)
        page.goto("/desk/timeliness/")
        page.wait_for_timeout(1500)
        camera.shoot(page, "desk-timeliness")


def _import(page: Page, what: str, file: Path, *, simulate: bool = False) -> None:
    page.goto("/desk/imports/new/")
    page.select_option("[name=what]", what)
    page.set_input_files("[name=file]", file)
    if simulate:
        page.check("[name=simulate]")


def _upload(page: Page) -> None:
    page.get_by_role("button", name="上传并校验").click()
    _worked(page, page.get_by_role("heading", name="导入结果"))


def _worked(page: Page, wanted: Locator) -> None:
    """Until the import has been worked off: the progress box offers the way on, a small file is done before it shows."""
    onward = page.locator(".progress-box a.btn-primary")
    onward.or_(wanted).first.wait_for(timeout=120_000)
    if onward.count():
        onward.click()
    wanted.wait_for(timeout=30_000)


@scene
def imports(camera: Camera) -> None:
    """The register and the penalties go in; two rows come back."""
    with camera.page("scjgj_lr") as page:
        _import(page, "registration|DJZC", SAMPLES / "registration.csv")
        _upload(page)
        camera.shoot(page, "import-clean", 560)
        page.goto(f"{page.url.rstrip('/')}/undo/")
        camera.shoot(page, "import-undo", 720)
        _import(page, "penalty-2018|XZCF", SAMPLES / "penalties.xlsx", simulate=True)
        camera.shoot(page, "import-new", 900)
        _upload(page)
        camera.shoot(page, "import-simulated", 900)
        page.get_by_role("button", name="正式导入").click()
        _worked(page, page.get_by_role("link", name="撤回本批次"))
        camera.shoot(page, "walk-2-import", 1000)
        with page.expect_download() as download:
            page.get_by_role("link", name="下载退回行").click()
        _workbook(camera, Path(download.value.path()))
        _mapping(camera, page)


def _mapping(camera: Camera, page: Page) -> None:
    """A file with a header that nobody knows."""
    rows = list(csv.reader(io.StringIO((SAMPLES / "registration.csv").read_text("utf-8-sig"))))
    keep = [rows[0].index(name) for name in ("name", "credit_code", "reg_date", "legal_rep")]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "经营主体名单.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["字号全称（执照）", "统一社会信用代码", "开业的日子", "老板"])
            writer.writerows([row[at] for at in keep] for row in rows[1:6])
        _import(page, "registration|DJZC", file)
        page.get_by_role("button", name="上传并校验").click()
        _worked(page, page.get_by_role("heading", name="对应表头"))
        camera.shoot(page, "import-mapping", 760)
        page.get_by_role("button", name="取消导入").click()


def _workbook(camera: Camera, file: Path) -> None:
    """A drawing of the refused rows as a spreadsheet shows them: some columns of the sheet 填报, and the reason."""
    book = load_workbook(io.BytesIO(file.read_bytes()))
    sheet = book.worksheets[0]
    rows = [[str(value or "") for value in row] for row in sheet.iter_rows(min_row=2, values_only=True) if any(row)]
    wanted = ("行政相对人名称", "行政相对人代码_1", "行政处罚决定书文号", "处罚类别", "罚款金额", "原因")
    at = [next(n for n, head in enumerate(rows[0]) if head.lstrip("*").startswith(name)) for name in wanted]
    letters = [sheet.cell(1, n + 1).column_letter for n in at]
    cells = "".join(
        f"<tr><th>{number}</th>{''.join(f'<td>{html.escape(row[n])}</td>' for n in at)}</tr>"
        for number, row in enumerate(rows, 2)
    )
    style = "body{font:14px 'Noto Sans CJK SC',sans-serif;margin:16px}table{border-collapse:collapse;width:1160px}"
    style += "td,th{border:1px solid #c8ccd2;padding:6px 8px;vertical-align:top;text-align:left}th{background:#eef1f5;font-weight:400}"
    style += "tr:nth-child(2) td{background:#dbe7f4;font-weight:600}td:last-child{color:#a52019;width:330px}"
    heads = "".join(f"<th>{letter}</th>" for letter in letters)
    with camera.page() as page:
        page.set_content(f"<style>{style}</style><table><tr><th></th>{heads}</tr>{cells}</table>")
        camera.shoot(page, "walk-3-refused-rows", upto=page.locator("table"))


@scene
def matching(camera: Camera) -> None:
    """批量比对 with the sample list."""
    with camera.page("scjgj_lr") as page:
        page.goto("/desk/matching/")
        page.set_input_files("[name=file]", SAMPLES / "matching.xlsx")
        page.fill("[name=purpose]", "核对样例企业名单")
        page.get_by_role("button", name="比对", exact=True).click()
        page.get_by_role("heading", name="比对结果").wait_for()
        camera.shoot(page, "walk-4-matching", 1120)


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
        "CF_NR_FK": "3000",
        "CF_JDRQ": "2026-11-20",
        "CF_YXQ": "长期",
    }.items():
        page.fill(f"[name={field}]", value)
    page.select_option("[name=CF_XDR_LB]", "法人及非法人组织")
    page.fill("[name=CF_XDR_SHXYM]", party.code[:-1])
    page.check("[name=CF_CFLB][value=罚款]")
    for field, value in {"HRB_CFCX": "普通程序", "HRB_YZCD": "一般", "HRB_LY": "其他"}.items():
        page.select_option(f"[name={field}]", value)


def _organ(page: Page) -> None:
    """The organ and the source, where the form has not filled them in by itself."""
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
        _organ(page)
        page.get_by_role("button", name="校验并入库").click()
        page.locator(".error-summary").wait_for()
        camera.shoot(page, "entry-errors", 1000)
        page.fill("[name=CF_XDR_SHXYM]", samples()[6].code)
        page.fill("[name=CF_NR_FK]", "0.3")
        camera.shoot(page, "walk-5-form", 1000)
        page.get_by_role("button", name="校验并入库").click()
        page.wait_for_url("**/desk/records/*/")
        camera.shoot(page, "entry-record", 900)
        page.goto(f"/desk/disclosures/?q={NUMBER}")
        camera.shoot(page, "desk-disclosures", 620)
        page.locator("table tbody th a").first.click()
        camera.piece(page, "deadline", page.get_by_role("heading", name="期限", exact=False), 760)
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
        camera.shoot(page, "walk-6-review", 1150)
        page.keyboard.press("p")
        page.keyboard.press("s")
        page.wait_for_load_state("networkidle")
        page.goto(item)
        camera.shoot(page, "walk-7-published", 800)
        page.goto(f"{item.rstrip('/')}/withdraw/")
        camera.shoot(page, "withdraw", 1000)
        page.goto(f"{item.rstrip('/')}/suspend/")
        camera.shoot(page, "suspend", 760)
    with camera.page() as page:
        page.goto("/search/?q=样例")
        camera.shoot(page, "public-search", 800)
        page.goto(f"/search/?q={NUMBER}")
        page.locator(f"a[href^='/disclosure/']:has-text('{NUMBER}'), main a[href^='/disclosure/']").last.click()
        camera.shoot(page, "walk-8-public", 1000)


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


@scene
def admin(camera: Camera) -> None:
    """The pages of the system administrator and the security administrator."""
    with camera.page("xtgl") as page:
        for name, path, height in (
            ("admin-home", "/admin/", 620),
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
            ("admin-key-new", "/admin/accounts/apiclient/add/", 560),
        ):
            page.goto(path)
            camera.shoot(page, name, height)
        page.goto("/admin/accounts/user/add/")
        page.fill("[name=username]", "scjgj_lr2")
        page.fill("[name=full_name]", "样例录入员")
        page.select_option("[name=department]", label="哈尔滨市市场监督管理局")
        page.get_by_role("checkbox", name="录入员").check()
        camera.shoot(page, "admin-user-new", 560)


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


def main() -> int:
    """Take the scenes that are named, or all of them."""
    wanted = sys.argv[1:] or list(SCENES)
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    flags = ["--lang=zh-CN", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as player:
        environ = {**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}
        browser = player.chromium.launch(executable_path=found, args=flags, env=environ)
        camera = Camera(browser)
        for name in wanted:
            SCENES[name](camera)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
