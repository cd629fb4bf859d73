"""A column of amounts without a unit is asked about, never assumed; what was said is kept, shown and can be taken back."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Forbidden
from records.imports.batches import batches, engine
from records.imports.batches.push import push_rows
from records.imports.reading import remembered
from records.models import CreditRecord, HeaderMapping, ImportBatch
from records.standards import registry
from records.standards.template import build_template
from records.tests.imports.samples import as_csv, bring, counts, penalty

pytestmark = pytest.mark.django_db
OFFICIAL = "罚款金额(万元)"


def sheet(rows, header, *, note=""):
    text = as_csv(rows).decode("utf-8-sig").replace(OFFICIAL, header)
    return (f"{note}\n" if note else "").encode() + text.encode()


def two(authority, amount):
    return [penalty(n, authority, CF_NR_FK=amount) for n in (1, 2)]


def fines():
    return set(CreditRecord.objects.values_list("content__CF_NR_FK", flat=True))


def test_a_bare_header_is_asked_about_and_the_answer_is_kept(penalties, market_bureau, alice_clerk, client):
    batch = bring(sheet(two(market_bureau, "2000"), "罚款金额"), "a.csv", market_bureau, alice_clerk)
    assert (batch.state, batch.progress["mapping"]) == ("mapping", [])
    assert batch.progress["units"] == [{"header": "罚款金额", "code": "CF_NR_FK", "samples": ["2000", "2000"]}]
    client.force_login(alice_clerk)
    address = reverse("records:import-mapping", args=[batch.pk])
    page = client.get(address).content.decode()
    assert "“罚款金额”的单位" in page
    assert "checked" not in page, "no choice that weighs is made beforehand"
    assert client.post(address, {"x": "1"}).status_code == 422
    client.post(address, {"unit_0": "元"})
    done = engine.run(batch.pk)
    assert (counts(done), fines()) == ((2, 2, 0, 0), {"0.2"})
    assert "“罚款金额”列按选择的单位“元”读取，已换算为万元。" in done.findings.get(rule="amount.unit").text
    row = HeaderMapping.objects.get()
    assert (row.header, row.field, row.unit, row.mapped_by) == ("罚款金额", "CF_NR_FK", "元", alice_clerk)
    assert AuditEntry.objects.filter(verb="records.import.map").latest("pk").after == {"罚款金额": "元"}
    third = penalty(3, market_bureau, CF_NR_FK="3000", CF_NR="罚款3000元。")
    again = bring(sheet([third], "罚款金额"), "b.csv", market_bureau, alice_clerk)
    assert (again.state, fines()) == ("done", {"0.2", "0.3"})


def test_what_is_remembered_is_listed_and_can_be_forgotten(
    penalties, market_bureau, alice_clerk, dan_other_clerk, client
):
    row = HeaderMapping.objects.create(
        department=market_bureau, standard="penalty-2018", header="罚款金额", field="CF_NR_FK", unit="元", mapped_by=alice_clerk
    )  # fmt: skip
    client.force_login(alice_clerk)
    page = client.get(reverse("records:import-headers")).content.decode()
    assert "罚款金额(万元)" in page
    assert alice_clerk.full_name in page
    assert b"CF_NR_FK" not in b"".join(client.get(reverse("records:import-headers"), {"export": "csv"}))
    with pytest.raises(Forbidden):
        remembered.forget(row, by=dan_other_clerk)
    client.post(reverse("records:import-header-forget", args=[row.pk]))
    assert not HeaderMapping.objects.exists()
    entry = AuditEntry.objects.get(verb="records.import.forget-header")
    assert (entry.before["header"], entry.before["unit"]) == ("罚款金额", "元")
    client.force_login(dan_other_clerk)
    assert client.post(reverse("records:import-header-forget", args=[row.pk])).status_code == 404
    batch = bring(sheet(two(market_bureau, "2000"), "罚款金额"), "a.csv", market_bureau, alice_clerk)
    assert batch.state == "mapping"


@pytest.mark.parametrize(
    ("header", "note", "amount"),
    [
        ("罚款金额", "单位：元", "2000"),
        ("罚款金额", "单位：万元", "0.2"),
        ("罚款金额（元）", "", "2000"),
        ("罚款金额（元）", "单位：万元", "2000"),
        (OFFICIAL, "单位：元", "0.2"),
        ("CF_NR_FK", "", "0.2"),
        ("罚款金额（元）", "", "2000元"),
        ("罚款金额（元）", "", "0.2万元"),
    ],
)
def test_a_unit_that_is_written_is_honoured(penalties, market_bureau, alice_clerk, header, note, amount):
    batch = bring(sheet(two(market_bureau, amount), header, note=note), "a.csv", market_bureau, alice_clerk)
    assert (batch.state, fines()) == ("done", {"0.2"}), batch.refusal
    assert batch.findings.filter(rule="amount.unit").exists() == (header not in (OFFICIAL, "CF_NR_FK"))


def test_a_doubt_between_amount_and_text_stays_a_doubt(penalties, market_bureau, alice_clerk):
    batch = bring(sheet(two(market_bureau, "2000"), "罚款金额", note="单位：万元"), "a.csv", market_bureau, alice_clerk)
    assert fines() == {"2000"}
    assert batch.findings.filter(rule="amount.matches-text").count() == 2


def test_our_own_template_is_never_asked_about(penalties, market_bureau, alice_clerk):
    standard = registry.get("penalty-2018")
    book = openpyxl.load_workbook(io.BytesIO(build_template(standard, batches.timezone.localdate())))
    page = book["填报"]
    at = {str(cell.value).lstrip("*"): cell.column for cell in page[2]}
    page.cell(2, at[OFFICIAL], "罚款金额")
    for code, value in penalty(1, market_bureau).items():
        place = at.get(standard.field(code).label)
        page.cell(3, place, value)
    out = io.BytesIO()
    book.save(out)
    batch = bring(out.getvalue(), "a.xlsx", market_bureau, alice_clerk)
    assert (batch.state, fines()) == ("done", {"0.2"}), batch.refusal


def test_the_shell_asks_for_the_unit(penalties, market_bureau, tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(sheet(two(market_bureau, "2000"), "罚款金额"))
    say = {"department": market_bureau.code, "stdout": io.StringIO(), "stderr": io.StringIO()}
    with pytest.raises(SystemExit):
        call_command("import_records", "penalty-2018", str(file), **say)
    assert "没有写明单位是元还是万元" in ImportBatch.objects.latest("pk").refusal
    with pytest.raises(CommandError):
        call_command("import_records", "penalty-2018", str(file), "--unit", "亿元", **say)
    call_command("import_records", "penalty-2018", str(file), "--unit", "元", **say)
    assert fines() == {"0.2"}
    assert not HeaderMapping.objects.exists(), "what was said for one file in a shell is not remembered"


def test_a_push_by_codes_has_the_unit_of_the_standard(penalties, market_bureau):
    push_rows("penalty-2018", [penalty(1, market_bureau)], by=SYSTEM, department=market_bureau)
    assert fines() == {"0.2"}


def test_a_simulation_hands_its_unit_on(penalties, market_bureau, alice_clerk):
    trial = bring(
        sheet(two(market_bureau, "2000"), "罚款金额"), "a.csv", market_bureau, alice_clerk, simulate=True, unit="元"
    )
    assert trial.state == "done"
    real = engine.run(batches.repeat_for_real(trial, by=alice_clerk).pk)
    assert (real.state, fines()) == ("done", {"0.2"})
