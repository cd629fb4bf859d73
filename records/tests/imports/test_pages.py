"""The import pages of the desk and 批量比对."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from credit_platform.audit.models import AuditEntry
from credit_platform.tests.dead_broker import broker_away
from records import tasks
from records.imports.batches import batches
from records.models import CreditRecord, HeaderMapping, ImportBatch
from records.tasks import resume_imports
from records.tests.imports.samples import as_csv, as_xlsx, bring, counts, penalty, person_penalty

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, alice_clerk):
    client.force_login(alice_clerk)
    return client


def upload(client, data, name, **changes):
    fields = {"what": "penalty-2018|XZCF-2018", "mode": "keep", "file": SimpleUploadedFile(name, data)} | changes
    return client.post(reverse("records:import-new"), fields)


def text(response) -> str:
    return response.content.decode()


def test_the_way_of_a_file_over_the_desk(desk, penalties, market_bureau, django_capture_on_commit_callbacks):
    data = as_csv([penalty(1, market_bureau), penalty(2, market_bureau, CF_JDRQ="2062-01-01")])
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(desk, data, "处罚.csv")
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("records:import", args=[batch.pk])
    page = text(desk.get(answer.url))
    assert "问题汇总" in page
    assert page.count("“处罚决定日期”晚于今天。") == 2, "once in the summary, once in the list of rows"
    assert "第 3 行" in page
    assert "处罚.csv" in text(desk.get(reverse("records:imports")))
    assert "处罚.csv" in b"".join(desk.get(reverse("records:imports"), {"export": "csv"})).decode("utf-8-sig")
    filtered = text(desk.get(answer.url + "?rule=date.future&field=CF_JDRQ&level=error"))
    assert "显示全部" in filtered


def test_a_file_is_imported_by_the_sweep_when_the_broker_was_away(
    desk, penalties, market_bureau, django_capture_on_commit_callbacks, caplog
):
    data = as_csv([penalty(1, market_bureau)])
    with broker_away(), django_capture_on_commit_callbacks(execute=True):
        answer = upload(desk, data, "处罚.csv")
    batch = ImportBatch.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("records:import", args=[batch.pk]))
    assert (batch.state, CreditRecord.objects.count()) == ("queued", 0)
    assert "Error calling" in caplog.text, "the operators hear of it"
    assert "排队等待处理" in text(desk.get(answer.url))
    ImportBatch.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=1))
    assert resume_imports() == 1
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == ("done", (1, 1, 0, 0))


def test_the_workbook_of_bad_rows_can_be_mended_and_sent_again(
    desk, penalties, market_bureau, alice_clerk, django_capture_on_commit_callbacks
):
    rows = [penalty(1, market_bureau), person_penalty(2, market_bureau, CF_JDRQ="2062-01-01")]
    batch = bring(as_xlsx(rows), "处罚.xlsx", market_bureau, alice_clerk)
    answer = desk.get(reverse("records:import-errors", args=[batch.pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    header = next(index for index, row in enumerate(cells) if "*处罚决定日期" in row)
    reason = cells[header].index("原因")
    assert "晚于今天" in cells[header + 1][reason]
    sheet.cell(header + 2, cells[header].index("*处罚决定日期") + 1, "2026-11-02")
    mended = io.BytesIO()
    book.save(mended)
    again = bring(mended.getvalue(), "处罚_退回行.xlsx", market_bureau, alice_clerk)
    assert (again.state, counts(again)) == ("done", (1, 1, 0, 0)), again.refusal
    assert AuditEntry.objects.filter(verb="records.import.rejects").count() == 1
    receipt = b"".join(desk.get(reverse("records:import-receipt", args=[batch.pk])).streaming_content).decode(
        "utf-8-sig"
    )
    assert "晚于今天" in receipt


def test_a_simulation_becomes_real_with_one_button(desk, penalties, market_bureau, django_capture_on_commit_callbacks):
    data = as_csv([penalty(1, market_bureau)])
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(desk, data, "处罚.csv", simulate="on")
    assert "正式导入" in text(desk.get(answer.url))
    assert not CreditRecord.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        real = desk.post(reverse("records:import-for-real", args=[ImportBatch.objects.get().pk]))
    assert CreditRecord.objects.count() == 1
    assert "撤回本批次" in text(desk.get(real.url))


def test_unknown_headers_are_explained_once_and_remembered(
    desk, penalties, market_bureau, alice_clerk, django_capture_on_commit_callbacks
):
    data = as_csv([penalty(1, market_bureau)]).decode("utf-8-sig").replace("违法事实", "案情").encode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(desk, data, "处罚.csv")
    batch = ImportBatch.objects.get()
    assert batch.state == "mapping"
    asked = desk.get(answer.url, headers={"HX-Request": "true"})
    assert asked.headers["HX-Redirect"] == reverse("records:import-mapping", args=[batch.pk])
    assert not asked.content, "a page inside the progress box"
    page = desk.get(answer.url, follow=True)
    assert "案情" in text(page)
    assert "当事人销售超过保质期的食品" in text(page)
    field = next(name for name, header in page.context["form"].headers.items() if header == "案情")
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("records:import-mapping", args=[batch.pk]), {field: "CF_SY"})
    batch.refresh_from_db()
    assert (batch.state, batch.accepted) == ("done", 1)
    assert HeaderMapping.objects.get().field == "CF_SY"
    again = bring(data.replace("〔2026〕1号".encode(), "〔2026〕2号".encode()), "b.csv", market_bureau, alice_clerk)
    assert (again.state, again.accepted) == ("done", 1)


def test_samples_of_an_unknown_column_hide_personal_numbers(penalties, market_bureau, alice_clerk):
    row = person_penalty(3, market_bureau)
    data = as_csv([row]).decode("utf-8-sig").replace(",证件号码", ",身份信息").replace("违法事实", "案情").encode()
    batch = bring(data, "a.csv", market_bureau, alice_clerk)
    assert batch.state == "mapping"
    assert "身份信息" in str(batch.progress)
    assert row["CF_XDR_ZJHM"] not in str(batch.progress)


def test_a_wrong_file_is_told_at_once_in_the_form(desk, penalties):
    answer = upload(desk, b"<html><table></table></html>", "处罚.xls")
    assert answer.status_code == 422
    assert "网页" in text(answer)
    assert "file" in answer.context["form"].errors
    assert '<a href="#id_file">' in text(answer)
    assert not ImportBatch.objects.exists()


def test_the_same_file_under_way_leads_to_its_batch(desk, penalties, market_bureau, alice_clerk):
    data = as_csv([penalty(1, market_bureau)])
    options = batches.Options(standard="penalty-2018", department=market_bureau)
    running = batches.receive([data], "a.csv", options, by=alice_clerk)
    answer = upload(desk, data, "b.csv")
    assert answer.url == reverse("records:import", args=[running.pk])
    page = text(desk.get(answer.url))
    assert "取消导入" in page
    assert "hx-get" in page
    assert "<html" not in text(desk.get(answer.url, headers={"HX-Request": "true"}))
    desk.post(reverse("records:import-cancel", args=[running.pk]))
    running.refresh_from_db()
    assert running.state == "cancelled"


def test_a_batch_is_taken_back_with_a_reason(desk, penalties, market_bureau, alice_clerk):
    batch = bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    address = reverse("records:import-undo", args=[batch.pk])
    assert "将隐藏" in text(desk.get(address))
    assert desk.post(address, {"reason": ""}).status_code == 422
    done = desk.post(address, {"reason": "传错文件"}, follow=True)
    assert "传错文件" in text(done)
    assert CreditRecord.objects.get().status == "undone"


def test_a_large_undo_shows_that_it_is_under_way(desk, penalties, market_bureau, alice_clerk, monkeypatch):
    monkeypatch.setattr("records.imports.batches.undoing.AT_ONCE", 0)
    batch = bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    answer = desk.post(reverse("records:import-undo", args=[batch.pk]), {"reason": "传错文件"}, follow=True)
    assert "正在撤回本批次" in text(answer)
    assert "取消导入" not in text(answer)
    tasks.undo_import(batch.pk)
    assert "传错文件" in text(desk.get(reverse("records:import", args=[batch.pk])))
    assert CreditRecord.objects.get().status == "undone"


def test_templates_are_offered_and_read_back(desk, penalties, market_bureau, alice_clerk):
    answer = desk.get(reverse("records:import-template", args=["penalty-2018"]))
    assert answer.content[:2] == b"PK"
    batch = bring(answer.content, "模板.xlsx", market_bureau, alice_clerk)
    assert (batch.state, "没有数据行" in batch.refusal) == ("refused", True)


def test_others_do_not_see_a_batch(client, penalties, market_bureau, alice_clerk, dan_other_clerk, arthur_auditor):
    batch = bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    address = reverse("records:import", args=[batch.pk])
    client.force_login(dan_other_clerk)
    assert client.get(address).status_code == 404
    client.force_login(arthur_auditor)
    assert client.get(address).status_code == 403
    assert client.post(reverse("records:import-undo", args=[batch.pk]), {"reason": "x"}).status_code == 403


def test_a_list_is_matched_on_a_page_and_as_a_workbook_and_registered(desk, penalties, market_bureau, alice_clerk):
    bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    subject = CreditRecord.objects.get().subject
    data = f"企业名称,统一信用代码\n{subject.name},{subject.code}\n别的公司,\n".encode()
    address = reverse("records:matching")
    assert desk.post(address, {"file": SimpleUploadedFile("名单.csv", data), "purpose": ""}).status_code == 422
    page = desk.post(address, {"file": SimpleUploadedFile("名单.csv", data), "purpose": "招标核对", "as": "page"})
    assert "已匹配" in text(page)
    assert reverse("records:subject", args=[subject.pk]) in text(page)
    book = desk.post(address, {"file": SimpleUploadedFile("名单.csv", data), "purpose": "招标核对", "as": "xlsx"})
    assert b"".join(book)[:2] == b"PK"
    assert AuditEntry.objects.filter(verb="subject.match", purpose="招标核对").count() == 2
    assert AuditEntry.objects.filter(verb="subject.match.result", purpose="招标核对", results=2).count() == 2


def test_the_number_of_queries_of_the_list_does_not_depend_on_its_length(
    desk, penalties, market_bureau, alice_clerk, django_assert_max_num_queries
):
    for number in range(3):
        bring(as_csv([penalty(number, market_bureau)]), f"{number}.csv", market_bureau, alice_clerk)
    with django_assert_max_num_queries(14):
        desk.get(reverse("records:imports"))
