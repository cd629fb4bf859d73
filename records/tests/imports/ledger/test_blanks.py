"""What a file does not say stays as it is, unless the department says that blank means deleted, after it has seen what that empties."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden
from records.imports.batches import batches, engine, undo
from records.imports.batches.push import push_rows
from records.imports.ledger import merging
from records.ledger_rules import canonical, content_hash
from records.models import CreditRecord, Subject
from records.tests import factories
from records.tests.factories import valid_code
from records.tests.imports.samples import as_csv, bring, counts, penalty, person_penalty

pytestmark = pytest.mark.django_db

FULL = "企业名称,统一社会信用代码,成立日期,企业类型,注册资本,住所,法定代表人"
FEW = "企业名称,统一社会信用代码,成立日期"


def register(head, rows, clerk, **options):
    lines = [head, *(",".join(row) for row in rows)]
    return bring("\n".join(lines).encode(), "r.csv", clerk.department, clerk, standard="registration", **options)


def firm(number, *more):
    return (f"哈尔滨示例第{number}商贸有限公司", valid_code(31000000 + number), "2015-01-02", *more)


@pytest.fixture
def full(registrations, alice_clerk):
    register(FULL, [firm(n, "有限责任公司", f"{n}00万元", "示例路1号", "赵某某") for n in (1, 2)], alice_clerk)


def contents():
    return {row.pk: dict(row.content) for row in CreditRecord.objects.all()}


def told(batch):
    return dict(batch.findings.values_list("rule", "text"))


def test_a_file_with_fewer_columns_empties_nothing_and_says_so(full, alice_clerk):
    before = contents()
    batch = register(FEW, [firm(1), firm(2)], alice_clerk)
    assert counts(batch) == (2, 2, 0, 2), "it says nothing new, so nothing changes"
    assert contents() == before
    assert told(batch) == {
        "column.kept": "文件中没有“法定代表人、企业类型、注册资本、住所”列，平台已有的 8 项内容保持不变。"
    }
    assert Subject.objects.filter(legal_representative="赵某某").count() == 2


def test_an_empty_cell_keeps_the_value_and_another_cell_changes_it(full, alice_clerk):
    batch = register(
        FULL, [firm(1, "股份有限公司", "", "", "赵某某"), firm(2, "有限责任公司", "", "", "")], alice_clerk
    )
    assert counts(batch) == (2, 2, 0, 1)
    first = CreditRecord.objects.get(subject__code=firm(1)[1])
    assert (first.content["QYLX"], first.content["ZCZB"], first.content["ZS"]) == (
        "股份有限公司",
        "100万元",
        "示例路1号",
    )
    assert first.content_hash == content_hash(first.content)
    assert told(batch) == {"blank.kept": "5 个空白单元格未改动原值：法定代表人 1、注册资本 2、住所 2。"}


def test_the_same_file_twice_changes_nothing_and_an_undo_brings_everything_back(full, alice_clerk):
    before = contents()
    changed = [firm(1, "股份有限公司", "", "", ""), firm(2, "", "", "", "钱某某")]
    first = register(FULL, changed, alice_clerk)
    assert counts(first) == (2, 2, 0, 0)
    after = contents()
    again = register(FULL, changed, alice_clerk)
    assert counts(again) == (2, 2, 0, 2)
    assert contents() == after
    undo.undo_batch(first, by=alice_clerk, reason="错了")
    assert contents() == before


def test_a_missing_day_keeps_the_day_of_the_record(full, alice_clerk):
    register("企业名称,统一社会信用代码,企业类型", [(*firm(1)[:2], "股份有限公司")], alice_clerk)
    record = CreditRecord.objects.get(subject__code=firm(1)[1])
    assert (record.decided_on, record.content["CLRQ"]) == (date(2015, 1, 2), "2015-01-02")


def test_the_national_layout_sent_again_keeps_what_the_city_added(penalties, market_bureau, alice_clerk):
    city = penalty(1, market_bureau, HRB_YZCD="一般", HRB_LY="食品")
    bring(as_csv([city]), "a.csv", market_bureau, alice_clerk)
    batch = bring(as_csv([penalty(1, market_bureau)]), "b.csv", market_bureau, alice_clerk)
    assert counts(batch) == (1, 1, 0, 1)
    record = CreditRecord.objects.get()
    assert (record.content["HRB_YZCD"], record.content["HRB_LY"], record.version) == ("一般", "食品", 1)
    changed = penalty(1, market_bureau, CF_SY="更正后的事实。")
    assert counts(bring(as_csv([changed]), "c.csv", market_bureau, alice_clerk)) == (1, 1, 0, 0)
    record.refresh_from_db()
    assert (record.content["HRB_YZCD"], record.content["CF_SY"]) == ("一般", "更正后的事实。")


def test_what_the_row_itself_rules_out_does_not_stay(penalties, market_bureau, alice_clerk):
    """A fine turned into a warning has no amount, whether the cell is blank or the column is away."""
    bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    row = penalty(1, market_bureau, CF_CFLB="警告", CF_NR="警告。", CF_NR_FK=None)
    batch = bring(as_csv([row]), "b.csv", market_bureau, alice_clerk)
    assert counts(batch) == (1, 1, 0, 0)
    assert "CF_NR_FK" not in CreditRecord.objects.get().content
    assert not batch.findings.filter(row=0).exists()


def test_a_record_that_comes_back_after_an_undo_has_nothing_of_what_was_undone(penalties, market_bureau, alice_clerk):
    row = penalty(1, market_bureau, HRB_YZCD="一般")
    batch = bring(as_csv([row]), "a.csv", market_bureau, alice_clerk)
    undo.undo_batch(batch, by=alice_clerk, reason="错了")
    bring(as_csv([penalty(1, market_bureau)]), "b.csv", market_bureau, alice_clerk)
    assert "HRB_YZCD" not in CreditRecord.objects.get().content


def test_a_person_keeps_the_sealed_number_and_the_row_is_unchanged(penalties, market_bureau, alice_clerk):
    row = person_penalty(1, market_bureau, BZ="备注一")
    bring(as_csv([row]), "a.csv", market_bureau, alice_clerk)
    batch = bring(as_csv([row | {"BZ": ""}]), "b.csv", market_bureau, alice_clerk)
    assert counts(batch) == (1, 1, 0, 1)
    assert CreditRecord.objects.get().content["BZ"] == "备注一"


def test_a_period_that_would_end_before_it_begins_is_refused(market_bureau):
    entry = factories.LocalEntryFactory(
        fields=[
            {"code": "MC", "label": "名称", "role": "subject_name", "required": True},
            {"code": "DM", "label": "统一社会信用代码", "type": "uscc", "role": "uscc", "required": True},
            {"code": "RQ", "label": "认定日期", "type": "date", "role": "decided_on", "required": True},
            {"code": "QI", "label": "有效期自", "type": "date", "role": "valid_from"},
            {"code": "ZHI", "label": "有效期至", "type": "date", "role": "valid_until"},
        ]
    )

    def send(**dates):
        row = {"MC": "哈尔滨示例商贸有限公司", "DM": valid_code(70000001), "RQ": "2026-11-02"} | dates
        (answer,) = push_rows(entry.item.code, [row], by=SYSTEM, department=market_bureau, item=entry.item).rows
        return answer

    assert send(QI="2026-11-10", ZHI="2027-11-09").outcome == "created"
    late = send(ZHI="2026-11-09")
    assert (late.outcome, [each["rule"] for each in late.findings]) == ("refused", ["record.period-kept"])
    assert send(ZHI="2026-11-10").outcome == "updated"
    record = CreditRecord.objects.get()
    assert (record.valid_from, record.valid_until) == (date(2026, 11, 10), date(2026, 11, 10))


# --- blank means deleted


def cleared(batch, clerk):
    preview = engine.run(batches.simulate_clearing(batch, by=clerk).pk)
    assert (preview.simulate, preview.blanks, preview.state) == (True, "clear", "done")
    return preview


def test_blank_means_deleted_only_after_a_preview_that_counts_by_field(full, alice_clerk):
    before = contents()
    kept = register(FULL, [firm(1, "", "", "示例路1号", "赵某某"), firm(2, "有限责任公司", "", "", "")], alice_clerk)
    preview = cleared(kept, alice_clerk)
    assert contents() == before
    assert preview.progress["left_out"] == {"QYLX": 1, "ZCZB": 2, "ZS": 1, "FDDBR": 1}
    rows = preview.findings.filter(rule="blank.cleared").order_by("row")
    assert [(each.row, each.text) for each in rows] == [
        (2, "将清空：企业类型、注册资本。"),
        (3, "将清空：法定代表人、注册资本、住所。"),
    ]
    real = engine.run(batches.repeat_for_real(preview, by=alice_clerk).pk)
    assert (real.blanks, counts(real)) == ("clear", (2, 2, 0, 0))
    assert "ZCZB" not in CreditRecord.objects.first().content
    entry = AuditEntry.objects.filter(verb="records.import.apply").order_by("pk").last()
    assert (entry.detail["blanks"], entry.detail["emptied"]["ZCZB"]) == ("clear", 2)
    undo.undo_batch(real, by=alice_clerk, reason="不应清空")
    assert contents() == before


def test_columns_that_are_away_are_emptied_too_when_the_department_says_so(full, alice_clerk):
    preview = cleared(register(FEW, [firm(1), firm(2)], alice_clerk), alice_clerk)
    engine.run(batches.repeat_for_real(preview, by=alice_clerk).pk)
    assert {frozenset(each) for each in contents().values()} == {frozenset({"QYMC", "TYSHXYDM", "CLRQ"})}


def test_only_the_department_may_and_only_once_the_file_is_through(full, alice_clerk, dan_other_clerk):
    batch = register(FEW, [firm(1)], alice_clerk)
    with pytest.raises(Forbidden):
        batches.simulate_clearing(batch, by=dan_other_clerk)
    preview = cleared(batch, alice_clerk)
    with pytest.raises(Conflict):
        batches.simulate_clearing(preview, by=alice_clerk)


def test_the_page_of_the_batch_offers_the_choice_and_shows_what_it_would_empty(full, alice_clerk, client):
    client.force_login(alice_clerk)
    batch = register(FEW, [firm(1), firm(2)], alice_clerk)
    page = client.get(reverse("records:import", args=[batch.pk])).content.decode()
    assert "本文件未填、保持原值的内容" in page
    assert "按“留空即删除”模拟" in page
    answer = client.post(reverse("records:import-clearing", args=[batch.pk]))
    preview = batches.ImportBatch.objects.latest("pk")
    assert answer.url == reverse("records:import", args=[preview.pk])
    engine.run(preview.pk)
    page = client.get(answer.url).content.decode()
    assert "将清空的内容" in page
    assert "确认清空并导入" in page
    receipt = b"".join(client.get(reverse("records:import-receipt", args=[preview.pk]))).decode("utf-8-sig")
    assert receipt.count("将清空：") == 2


def test_the_shell_has_the_same_choice(full, alice_clerk, tmp_path):
    file = tmp_path / "r.csv"
    file.write_text("\n".join([FEW, ",".join(firm(1))]), encoding="utf-8")
    say = {"department": alice_clerk.department.code, "stdout": io.StringIO()}
    call_command("import_records", "registration", str(file), "--clear-blanks", "--simulate", **say)
    assert "将清空：法定代表人、企业类型、注册资本、住所。" in say["stdout"].getvalue()
    call_command("import_records", "registration", str(file), "--clear-blanks", **say)
    assert "QYLX" not in CreditRecord.objects.get(subject__code=firm(1)[1]).content


def test_fields_that_a_push_does_not_name_stay(penalties, market_bureau):
    full = penalty(1, market_bureau, HRB_YZCD="一般")
    push_rows("penalty-2018", [full], by=SYSTEM, department=market_bureau)
    answer = push_rows("penalty-2018", [penalty(1, market_bureau)], by=SYSTEM, department=market_bureau)
    assert [each.outcome for each in answer.rows] == ["unchanged"]
    assert CreditRecord.objects.get().content["HRB_YZCD"] == "一般"


@pytest.mark.parametrize(
    "content",
    [
        {"B": '甲\n乙\t"丙" \\ \u2028 \x7f \x01 / é 𠮷', "A": "", "a": "x", "_": "1", "甲": "〔2026〕"},
        {"N": {"sealed": "t", "hash": "h", "masked": "2***"}, "M": "1"},
        {"N": {"sealed": "t", "hash": "h", "masked": "2***", "more": "x"}},
    ],
)
def test_the_database_makes_the_same_hash_as_the_ledger(content):
    sql = f"SELECT {merging._HASH} FROM (SELECT %s::text AS content) s, (SELECT '{{}}'::jsonb AS kept) k"
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(content, ensure_ascii=False)])
        found = cursor.fetchone()[0]
    known = content_hash(content)
    assert found == known or "more" in canonical(content)
