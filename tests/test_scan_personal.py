"""scan_personal finds what stands in clear, wherever it stands, and nothing in the demonstration city."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from credit_platform.audit.models import AuditEntry
from records.models import CreditRecord, EntryDraft, SubjectName

ID = "230102199003071237"


def scanned() -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("scan_personal", "--json", stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def test_the_demonstration_city_holds_no_number_in_clear(city):
    code, told = scanned()
    assert json.loads(told)["tables"] == []
    assert json.loads(told)["files"] == []
    assert code == 0


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (f"身份证{ID}", "id_card"),
        ("２３０１０２　19900307-1237", "id_card"),
        ("230102900307123", "id_card"),
        ("二三〇一〇二一九九〇〇三〇七一二三七", "id_card"),
        ("电话13945123456", "mobile"),
        ("6222021234567890128", "bank_card"),
    ],
)
def test_what_stands_in_clear_is_named_by_table_column_and_count_and_never_printed(city, written, kind):
    record = CreditRecord.objects.filter(batch__isnull=False).first()
    CreditRecord.objects.filter(pk=record.pk).update(content={**record.content, "BZ": written})
    CreditRecord.objects.filter(pk=record.pk).update(title="改回", content=record.content)
    SubjectName.objects.filter(pk=SubjectName.objects.values("pk")[:1]).update(name=written)
    AuditEntry.objects.create(
        kind="act", verb="x", actor_kind="system", actor_name="x", detail={"a": [written, written]}
    )
    user = city.user("scjgj_lr")
    EntryDraft.objects.create(author=user, department=user.department, standard="penalty-2018", data={"BZ": written})
    code, told = scanned()
    found = {(each["table"], each["column"]): (each["kind"], each["count"]) for each in json.loads(told)["tables"]}
    assert code == 1
    assert found == {
        ("audit_history", "old"): (kind, 1),
        ("records_subjectname", "name"): (kind, 1),
        ("audit_entry", "detail"): (kind, 2),
        ("records_entrydraft", "data"): (kind, 1),
    }
    assert written not in told


def test_stored_files_are_read_when_they_are_not_sealed(city, settings, tmp_path):
    from credit_platform import vault

    settings.MEDIA_ROOT = tmp_path
    vault.store([f"身份证{ID}".encode()], folder="imports")
    assert json.loads(scanned()[1])["files"] == []
    clear = tmp_path / "left.csv"
    clear.write_text(f"姓名,号码\n王某,{ID}\n", encoding="utf-8")
    code, told = scanned()
    answer = json.loads(told)
    assert (code, answer["sealed_files"], answer["files"]) == (1, 1, [{"file": str(clear), "id_card": 1}])
    assert ID not in told


def test_a_log_is_read_too(city, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "web.log").write_text(f"GET /subjects/{ID}/\n" * 3)
    with pytest.raises(SystemExit):
        call_command("scan_personal", "--logs", str(tmp_path / "log"), stdout=(out := StringIO()))
    assert "web.log" in out.getvalue()
    assert "\t3" in out.getvalue()
    assert ID not in out.getvalue()


def test_the_end_of_a_line_of_a_log_and_the_next_time_are_no_number(city, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "log").mkdir()
    log = tmp_path / "log" / "database.log"
    log.write_text(f"redo at {ID[:6]}\n{ID[6:10]}-{ID[10:12]}-{ID[12:14]} {ID[14:16]}:{ID[16:]}:29.300 started\n")
    call_command("scan_personal", "--logs", str(tmp_path / "log"), stdout=(out := StringIO()))
    assert "database.log" not in out.getvalue()
