"""Several files sent in one go, at the desk and from the shell."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from records.forms import imports as forms
from records.models import CreditRecord, ImportBatch
from records.tests.imports.samples import as_csv, as_xlsx, penalty

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, alice_clerk):
    client.force_login(alice_clerk)
    return client


def upload(desk, *files, **changes):
    given = [SimpleUploadedFile(name, data) for name, data in files]
    fields = {"what": "penalty-2018|XZCF-2018", "mode": "keep", "file": given} | changes
    return desk.post(reverse("records:import-new"), fields)


def text(response) -> str:
    return response.content.decode()


def test_files_of_one_upload_have_one_page_of_progress_and_result(
    desk, penalties, market_bureau, django_capture_on_commit_callbacks
):
    one = as_xlsx([penalty(1, market_bureau), penalty(2, market_bureau)])
    two = as_csv([penalty(3, market_bureau), penalty(4, market_bureau, CF_JDRQ="2062-01-01")])
    with django_capture_on_commit_callbacks() as queued:
        answer = upload(desk, ("一.xlsx", one), ("二.csv", two))
    parcel = ImportBatch.objects.values_list("parcel", flat=True).distinct().get()
    assert answer.url == reverse("records:import-parcel", args=[parcel])
    page = text(desk.get(answer.url))
    assert "已处理 0 个文件，共 2 个" in page
    assert 'hx-trigger="every 2s"' in page
    for run in queued:
        run()
    box = text(desk.get(answer.url, headers={"HX-Request": "true"}))
    assert "<html" not in box
    assert "全部处理结束" in box
    assert "共 4 行，合格 3 行，退回 1 行。" in box
    assert "hx-trigger" not in box
    first = ImportBatch.objects.get(file_name="一.xlsx")
    assert answer.url in text(desk.get(reverse("records:import", args=[first.pk])))
    assert CreditRecord.objects.count() == 3


def test_one_file_goes_its_own_way(desk, penalties, market_bureau, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(desk, ("一.csv", as_csv([penalty(1, market_bureau)])))
    batch = ImportBatch.objects.get()
    assert (batch.parcel, answer.url) == (None, reverse("records:import", args=[batch.pk]))


def test_a_list_with_a_wrong_file_is_refused_by_name_before_anything_is_received(desk, penalties, market_bureau):
    good = as_csv([penalty(1, market_bureau)])
    answer = upload(desk, ("一.csv", good), ("二.xlsx", good), ("三.csv", b"%PDF-1.7"))
    assert answer.status_code == 422
    page = text(answer)
    assert "“二.xlsx”：" in page
    assert "“三.csv”：这是PDF 文档" in page
    assert "“一.csv”" not in page
    assert not ImportBatch.objects.exists()


def test_a_file_that_is_under_way_does_not_keep_the_others_out(desk, penalties, market_bureau):
    one, two = (as_csv([penalty(number, market_bureau)]) for number in (1, 2))
    upload(desk, ("一.csv", one))
    answer = upload(desk, ("一.csv", one), ("二.csv", two))
    assert list(ImportBatch.objects.order_by("pk").values_list("file_name", flat=True)) == ["一.csv", "二.csv"]
    assert "同一文件正在导入" in text(desk.get(answer.url))
    again = upload(desk, ("一.csv", one), ("二.csv", two))
    assert again.url == reverse("records:import", args=[ImportBatch.objects.earliest("pk").pk])


def test_too_many_files_are_refused_in_the_form(desk, penalties, market_bureau, monkeypatch):
    monkeypatch.setattr(forms, "MOST_FILES", 2)
    answer = upload(desk, *[(f"{n}.csv", as_csv([penalty(n, market_bureau)])) for n in range(3)])
    assert "一次最多上传 2 个文件" in text(answer)
    assert not ImportBatch.objects.exists()


def test_the_shell_takes_several_files_and_tells_the_sums(penalties, market_bureau, tmp_path):
    for number in (1, 2, 3):
        (tmp_path / f"{number}.csv").write_bytes(as_csv([penalty(number, market_bureau)]))
    (tmp_path / "2.csv").write_bytes(b"%PDF-1.7")
    out, err = io.StringIO(), io.StringIO()
    paths = [str(tmp_path / f"{number}.csv") for number in (1, 2, 3)]
    with pytest.raises(SystemExit):
        call_command("import_records", "penalty-2018", *paths, department="scjgj", json=True, stdout=out, stderr=err)
    told = json.loads(out.getvalue())
    assert (told["total"], told["accepted"], told["rejected"]) == (2, 2, 0)
    assert [(each["file"], each["state"]) for each in told["files"]] == [
        ("1.csv", "done"),
        ("2.csv", "refused"),
        ("3.csv", "done"),
    ]
    assert "PDF" in err.getvalue()
    assert ImportBatch.objects.values("parcel").distinct().count() == 1
