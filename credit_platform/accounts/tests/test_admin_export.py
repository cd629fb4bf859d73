"""Lists of the administration as files."""

import csv
import io

import openpyxl
import pytest

from credit_platform.accounts.models import Department, User
from credit_platform.audit.models import AuditEntry
from credit_platform.audit.verbs import label_of

pytestmark = pytest.mark.django_db


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_file_holds_what_the_list_shows(client, sarah_security_admin, alice_clerk):
    client.force_login(sarah_security_admin)
    page = client.get("/admin/accounts/user/?q=alice")
    assert '/admin/accounts/user/export/csv/?q=alice"' in page.text
    header, *rows = rows_of(client.get("/admin/accounts/user/export/csv/?q=alice"))
    assert header[:2] == ["账号", "姓名"]
    assert [row[0] for row in rows] == [alice_clerk.username]
    assert str(alice_clerk.department) in rows[0]
    assert not any("<" in cell or "pbkdf2" in cell or "argon2" in cell for row in rows for cell in row)
    entry = AuditEntry.objects.get(verb="admin.export")
    assert entry.actor_id == sarah_security_admin.pk
    assert entry.detail == {"list": "accounts.user", "filters": {"q": "alice"}, "format": "csv"}
    assert label_of("admin.export") == "导出管理列表"


def test_every_row_of_the_filter_is_there_whatever_page_was_open(client, simon_system_admin):
    Department.objects.bulk_create(Department(code=f"ks{n}", name=f"第{n}科室") for n in range(130))
    client.force_login(simon_system_admin)
    page = client.get("/admin/accounts/department/?q=科室&p=2")
    assert "p=2" not in page.text.split("导出全部筛选结果")[1].split("</p>")[0]
    response = client.get("/admin/accounts/department/export/xlsx/?q=科室")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.active.max_row == 131


def test_a_formula_is_written_as_text(client, simon_system_admin):
    Department.objects.create(code="odd", name="=1+1")
    client.force_login(simon_system_admin)
    rows = rows_of(client.get("/admin/accounts/department/export/csv/?q=odd"))
    assert "'=1+1" in rows[1]


@pytest.mark.parametrize("where", ["pdf/", "csv/?nonsense=1", "csv/?level__exact__x=1"])
def test_a_mistake_exports_nothing_and_says_so(client, simon_system_admin, where):
    client.force_login(simon_system_admin)
    response = client.get(f"/admin/accounts/department/export/{where}")
    assert response.status_code == 400
    assert "导出" in response.text
    assert not AuditEntry.objects.filter(verb="admin.export").exists()


def test_nobody_exports_a_list_that_he_does_not_see(client, simon_system_admin, alice_clerk):
    for person in (simon_system_admin, alice_clerk):
        client.force_login(person)
        assert client.get("/admin/accounts/user/export/csv/", follow=True).status_code == 403
    assert User.objects.exists()
    assert not AuditEntry.objects.filter(verb="admin.export").exists()
