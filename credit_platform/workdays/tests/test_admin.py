"""The pages of the administration: template, form, preview, confirmation; and who gets there."""

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from credit_platform.workdays import files, inside, queries
from credit_platform.workdays.models import HolidayNotice
from credit_platform.workdays.tests.calendars import NOTICE_2027
from credit_platform.workdays.tests.factories import days_2027

pytestmark = pytest.mark.django_db
LOAD = "admin:workdays_load_notice"


@pytest.fixture
def simon(client, simon_system_admin):
    client.force_login(simon_system_admin)
    return client


def post(client, **data):
    return client.post(reverse(LOAD), {"year": "2027", **data})


def sealed(response):
    return re.search(r'name="sealed" value="([^"]+)"', response.content.decode()).group(1)


def csv_of(days, encoding="utf-8-sig"):
    lines = ["日期,安排,名称", *(f"{d.date},{'上班' if d.is_workday else '放假'},{d.name}" for d in days)]
    return SimpleUploadedFile("2027.csv", "\r\n".join(lines).encode(encoding))


def test_text_preview_confirm(simon, holder):
    page = post(simon, text=NOTICE_2027, document_number="示例发〔2026〕1号")
    html = page.content.decode()
    assert page.status_code == 200
    assert "2027年2月10日" in html
    assert "2027年2月12日" in html
    assert "示例期限：1个期限变化" in html
    assert not HolidayNotice.objects.filter(year=2027).exists()
    done = simon.post(reverse(LOAD), {"sealed": sealed(page)}, follow=True)
    assert "1个期限已重新计算" in done.content.decode()
    notice = HolidayNotice.objects.get(year=2027)
    assert notice.title == "国务院办公厅关于2027年部分节假日安排的通知"
    assert notice.calendar_days.count() == len(days_2027())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_file(simon, encoding):
    page = post(simon, file=csv_of(days_2027(), encoding))
    simon.post(reverse(LOAD), {"sealed": sealed(page)})
    assert 2027 in queries.from_rows().published_years


def test_the_template_filled_in_comes_back(simon):
    answer = simon.get(reverse("admin:workdays_notice_template") + "?year=2027")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == ["日期", "安排", "名称"]
    sheet.delete_rows(2, sheet.max_row)
    for day in days_2027():
        sheet.append((day.date, "上班" if day.is_workday else "放假", day.name))
    stream = io.BytesIO()
    book.save(stream)
    page = post(simon, file=SimpleUploadedFile("2027.xlsx", stream.getvalue()))
    assert sealed(page)
    assert f"读到的日期（{len(days_2027())}天）" in page.content.decode()


@pytest.mark.parametrize("year", ["", "x", "99999999999999999999", "²", "1900"])
def test_any_year_asked_for_gives_a_template(simon, year):
    assert simon.get(reverse("admin:workdays_notice_template"), {"year": year}).status_code == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "请粘贴通知正文或上传表格文件"),
        ({"year": "", "text": NOTICE_2027}, "请填写年份"),
        ({"text": "没有日期的通知"}, "没有读到任何日期"),
        ({"text": NOTICE_2027.replace("周五", "周四")}, "应为星期五"),
        ({"year": "2028", "text": NOTICE_2027}, "应为星期"),
        ({"file": SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0rest")}, "不支持旧版"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PKnothing")}, "已损坏"),
        ({"file": SimpleUploadedFile("a.bin", b"\x00\x01\x02")}, "无法读取"),
        ({"file": SimpleUploadedFile("a.csv", b"a" * (files.MAX_SIZE + 1))}, "超过1兆"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(simon, data, said):
    page = post(simon, **data)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert "sealed" not in page.content.decode()


def test_a_bomb_is_not_unpacked(simon):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (inside.MAX_UNPACKED + 1))
    assert "解压后过大" in post(simon, file=SimpleUploadedFile("a.xlsx", stream.getvalue())).content.decode()


@pytest.mark.parametrize("value", ["", "made-up", "eyJhIjoxfQ:1:2"])
def test_an_altered_confirmation_loads_nothing(simon, value):
    page = simon.post(reverse(LOAD), {"sealed": value}, follow=True)
    assert "预览已失效" in page.content.decode()


def test_a_double_click_loads_once(simon):
    page = post(simon, text=NOTICE_2027)
    for _ in range(2):
        answer = simon.post(reverse(LOAD), {"sealed": sealed(page)}, follow=True)
    assert "已被他人更新" in answer.content.decode()
    assert HolidayNotice.objects.filter(year=2027).count() == 1


def test_the_preview_says_which_notice_it_replaces(simon):
    simon.post(reverse(LOAD), {"sealed": sealed(post(simon, text=NOTICE_2027))})
    assert "将替换已录入的" in post(simon, text=NOTICE_2027).content.decode()


@pytest.mark.parametrize("name", ["admin:workdays_load_notice", "admin:workdays_notice_template"])
def test_others_do_not_get_there(client, name, sarah_security_admin, alice_clerk):
    client.force_login(sarah_security_admin)
    assert client.get(reverse(name)).status_code == 403
    client.force_login(alice_clerk)
    assert client.get(reverse(name)).status_code in {302, 403}


@pytest.mark.parametrize("model", ["holidaynotice", "calendarday"])
def test_the_lists_are_read_only(simon, model):
    assert simon.get(reverse(f"admin:workdays_{model}_changelist")).status_code == 200
    assert simon.get(reverse(f"admin:workdays_{model}_add")).status_code == 403
    pk = (
        HolidayNotice.objects.get(year=2026)
        if model == "holidaynotice"
        else HolidayNotice.objects.get(year=2026).calendar_days.first()
    ).pk
    url = reverse(f"admin:workdays_{model}_change", args=[pk])
    assert simon.get(url).status_code == 200
    assert simon.post(url, {}).status_code == 403


def test_the_list_says_that_the_next_year_is_missing(simon, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2026, 11, 23))
    assert "2027年放假通知尚未录入" in simon.get(reverse("admin:workdays_holidaynotice_changelist")).content.decode()
