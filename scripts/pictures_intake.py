"""Scenes of `make pictures`: what comes in by file, and the list that is matched."""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from pictures_camera import SAMPLES, Camera, scene
from playwright.sync_api import FilePayload, Locator, Page


@scene
def start(camera: Camera) -> None:
    """What stands there after `make run`."""
    with camera.page() as page:
        page.goto("/")
        camera.shoot(page, "home")
        page.goto("/accounts/login/")
        camera.shoot(page, "desk-login", 620)
    with camera.page("scjgj_lr") as page:
        camera.shoot(page, "desk")
        page.goto("/desk/records/new/")
        camera.shoot(page, "desk-choose", 760)
        page.goto("/desk/reminders/")
        camera.shoot(page, "desk-reminders", 700)
        page.goto("/desk/timeliness/")
        page.wait_for_timeout(1500)
        camera.shoot(page, "desk-timeliness")


def _import(page: Page, what: str, file: Path | FilePayload, *, simulate: bool = False) -> None:
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
        simulated = page.url
        page.get_by_role("button", name="正式导入").click()
        page.wait_for_url(lambda url: url != simulated)
        _worked(page, page.get_by_role("heading", name="导入结果"))
        camera.shoot(page, "import-result", 1000)
        with page.expect_download() as download:
            page.get_by_role("link", name="下载退回行").click()
        _workbook(camera, Path(download.value.path()))
    with camera.page("scjgj_lr") as page:
        _mapping(camera, page)


def _mapping(camera: Camera, page: Page) -> None:
    """A file with a header that nobody knows."""
    rows = list(csv.reader(io.StringIO((SAMPLES / "registration.csv").read_text("utf-8-sig"))))
    keep = [rows[0].index(name) for name in ("name", "credit_code", "reg_date", "legal_rep")]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["字号全称（执照）", "统一社会信用代码", "成立日期", "老板"])
    writer.writerows([row[at] for at in keep] for row in rows[1:6])
    # Given as bytes: where the machine has no Chinese locale, this browser finds no file whose path is Chinese.
    file = FilePayload(name="经营主体名单.csv", mimeType="text/csv", buffer=out.getvalue().encode("utf-8-sig"))
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
    letters = [get_column_letter(n + 1) for n in at]
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
        camera.shoot(page, "refused-rows", upto=page.locator("table"))


@scene
def matching(camera: Camera) -> None:
    """批量比对 with the sample list."""
    with camera.page("scjgj_lr") as page:
        page.goto("/desk/matching/")
        page.set_input_files("[name=file]", SAMPLES / "matching.xlsx")
        page.fill("[name=purpose]", "核对样例企业名单")
        page.get_by_role("button", name="比对", exact=True).click()
        page.get_by_role("heading", name="比对结果").wait_for()
        camera.shoot(page, "matching", 1120)
