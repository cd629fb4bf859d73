"""A citizen's number in a field that was not made for it: sealed in codes, refused in names and document numbers, removed from texts."""

from __future__ import annotations

import io
import json
from datetime import date

import openpyxl
import pytest
from django.test import Client

from credit_platform.accounts.models import Department, User
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Refused
from records import numbers, queries
from records.actions import looks
from records.actions.entry import enter
from records.actions.subjects import add_identifier
from records.identifiers import idcard
from records.imports.batches.push import push_rows
from records.imports.matching.matched import Matched
from records.imports.matching.matching import match_rows
from records.models import CreditRecord, EntryDraft, ImportFinding, ImportReject, SubjectIdentifier
from records.privacy import tables
from records.standards import registry
from records.standards.compile import Validator
from records.standards.row import Context
from records.tests import factories
from records.tests.imports.samples import as_csv, as_xlsx, bring, penalty

ID = "230102199003071237"
OLD = "230102900307123"
SEALED = {
    "CF_XDR_SWDJ": ("tax_no", ID),
    "CF_XDR_GSZC": ("reg_no", ID),
    "CF_XDR_SHZZ": ("social_no", ID),
}
WRITTEN = [
    ID,
    "２３０１０２１９９００３０７１２３７",
    "230102 19900307 1237",
    "230102-19900307-1237",
    OLD,
]

pytestmark = pytest.mark.django_db


def trader(number: int, authority: Department, **changes: object) -> dict[str, object]:
    code = factories.valid_code(40000000 + number, pair="92")
    row = {"CF_XDR_MC": f"哈尔滨示例第{number}小吃店", "CF_XDR_LB": "个体工商户", "CF_XDR_SHXYM": code}
    return penalty(number, authority, **(row | changes))


def in_clear() -> list[tables.InTable]:
    return [each for table, columns in tables.text_columns().items() for each in tables.scan(table, columns)]


@pytest.fixture(autouse=True)
def _private_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def penalties(db):
    return factories.PenaltyEntryFactory()


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("field", SEALED)
def test_a_code_that_is_a_citizens_number_is_accepted_and_sealed(field, written, penalties, market_bureau, alice_clerk):
    record = enter(
        "penalty-2018", trader(1, market_bureau, **{field: written}), by=alice_clerk, department=market_bureau
    )
    value = record.content[field]
    assert value["masked"] == f"{ID[:6]}********{idcard.upgrade(OLD)[-4:] if written == OLD else ID[-4:]}"
    kept = SubjectIdentifier.objects.get(subject=record.subject, kind=SEALED[field][0])
    assert kept.value == value["hash"]
    assert (kept.shown, bool(kept.cipher)) == (value["masked"], True)
    assert in_clear() == []


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_a_file_seals_the_same_and_finds_the_trader_again(make, penalties, market_bureau, alice_clerk):
    name = "a.csv" if make is as_csv else "a.xlsx"
    rows = [trader(1, market_bureau, CF_XDR_SWDJ=ID), trader(2, market_bureau, CF_XDR_GSZC=OLD)]
    first = bring(make(rows), name, market_bureau, alice_clerk)
    assert (first.accepted, first.rejected) == (2, 0)
    again = [row | {"CF_WSH": f"另〔2026〕{place}号", "CF_XDR_SHXYM": "0" * 17 + "X"} for place, row in enumerate(rows)]
    again[0] |= {"CF_XDR_GSZC": factories.valid_reg_no(77)}
    second = bring(make(again), name, market_bureau, alice_clerk)
    assert (second.accepted, second.rejected) == (2, 0)
    of = dict(CreditRecord.objects.values_list("document_number", "subject_id"))
    assert of["另〔2026〕0号"] == of["示市监罚〔2026〕1号"]
    assert of["另〔2026〕1号"] == of["示市监罚〔2026〕2号"]
    assert SubjectIdentifier.objects.filter(cipher__isnull=False).exclude(masked="").count() == 2
    same = bring(make(rows), name, market_bureau, alice_clerk)
    assert same.unchanged == 2
    assert in_clear() == []


def test_a_number_cell_of_a_workbook_is_refused_without_being_told(penalties, market_bureau, alice_clerk):
    rows = [trader(1, market_bureau, CF_XDR_SWDJ=float(ID)), trader(2, market_bureau, CF_XDR_SWDJ=int(OLD))]
    batch = bring(as_xlsx(rows), "a.xlsx", market_bureau, alice_clerk)
    assert batch.total == 2
    assert in_clear() == []


@pytest.mark.parametrize("written", [*WRITTEN[:4], "23010219900307004x", "二三〇一〇二一九九〇〇三〇七一二三七"])
@pytest.mark.parametrize(
    ("field", "rule"),
    [("CF_WSH", "docnumber.personal"), ("CF_XDR_MC", "name.personal-number"), ("CF_FRDB", "name.personal-number")],
)
def test_a_name_or_document_number_with_one_is_refused_everywhere(
    field, rule, written, penalties, market_bureau, alice_clerk
):
    text = f"哈市监罚〔2026〕{written}号" if field == "CF_WSH" else f"王五（{written}）"
    row = trader(1, market_bureau, **{field: text})
    with pytest.raises(Refused) as refusal:
        enter("penalty-2018", row, by=alice_clerk, department=market_bureau)
    [finding] = refusal.value.findings
    assert (finding.rule, finding.field) == (rule, field)
    assert written not in finding.text + finding.value + finding.mend
    bring(as_csv([row]), "a.csv", market_bureau, alice_clerk)
    push_rows("penalty-2018", [row], by=alice_clerk, department=market_bureau)
    assert CreditRecord.objects.count() == 0
    assert ImportFinding.objects.filter(rule=rule).count() == 2
    assert ImportReject.objects.count() == 2
    assert in_clear() == []


@pytest.mark.parametrize("field", ["BZ", "CF_SY", "CF_NR", "CF_WFXW"])
def test_a_text_keeps_everything_but_the_number(field, penalties, market_bureau, alice_clerk):
    text = f"罚款人民币2000元，当事人身份证{ID}，已告知。"
    record = enter("penalty-2018", trader(1, market_bureau, **{field: text}), by=alice_clerk, department=market_bureau)
    assert record.content[field] == "罚款人民币2000元，当事人身份证******，已告知。"
    assert "text.personal-number" in [each["rule"] for each in record.warnings]
    assert in_clear() == []


@pytest.mark.parametrize("standard", [each.code for each in registry.all()])
def test_no_field_of_any_standard_lets_one_through(standard):
    """Whatever column the number comes in, the content does not hold it, nor do the findings."""
    declared = registry.get(standard)
    validator = Validator(declared)
    for field in declared.fields:
        result = validator.validate_row({field.code: ID}, Context(today=date(2026, 11, 30)))
        told = json.dumps(result.content, ensure_ascii=False, default=str) + repr(result.findings)
        assert ID not in told, field.code
        assert ID not in repr(result.keys), field.code


def test_it_is_found_again_inside_only_by_the_whole_number(penalties, market_bureau, alice_clerk, client: Client):
    record = enter("penalty-2018", trader(1, market_bureau, CF_XDR_SWDJ=ID), by=alice_clerk, department=market_bureau)
    subject = record.subject
    assert queries.subject_by_number("tax_no", ID) == queries.subject_by_number("tax_no", ID.lower()) == subject
    assert looks.find_person(ID, by=alice_clerk, purpose="核对经营者") == subject
    for part in (ID, ID[:17], ID[:8], numbers.of_citizen(ID)[0], numbers.of_citizen(ID)[0][:20]):
        assert queries.search_subjects(part).hits == []
    rows = [Matched("", 1, {"name": subject.name, "tax_no": ID})]
    match_rows(rows)
    assert rows[0].subject
    assert rows[0].subject.pk == subject.pk
    assert rows[0].shown["tax_no"] == "230102********1237"
    client.force_login(alice_clerk)
    page = client.get(f"/desk/subjects/{subject.pk}/").content.decode()
    assert "230102********1237" in page
    assert ID not in page
    assert ID not in client.get(f"/desk/records/{record.pk}/").content.decode()


def test_a_number_added_by_hand_is_sealed_and_audited_by_its_mask(alice_clerk):
    subject = factories.SoleTraderFactory()
    made = add_identifier(subject, "tax_no", "230102 19900307 1237", by=alice_clerk, reason="税务登记证")
    assert made.value == numbers.of_citizen(ID)[0]
    assert AuditEntry.objects.get(verb="subjects.add_identifier").after["value"] == "230102********1237"
    assert add_identifier(subject, "tax_no", ID, by=alice_clerk, reason="税务登记证") == made
    assert in_clear() == []


def test_a_refused_form_keeps_it_sealed_and_does_not_send_it_back(
    penalties, market_bureau, alice_clerk: User, client: Client
):
    client.force_login(alice_clerk)
    row = {code: str(value) for code, value in trader(1, market_bureau, CF_SY=f"身份证{ID}", CF_JDRQ="").items()}
    row["CF_CFLB"] = ["罚款"]  # type: ignore[assignment]
    answer = client.post("/desk/records/new/penalty-2018/", row | {"CF_XDR_SWDJ": ID})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert ID not in page
    assert page.count("230102********1237") == 2
    draft = EntryDraft.objects.get()
    assert draft.data["CF_XDR_SWDJ"]["masked"] == "230102********1237"
    assert in_clear() == []
    row |= {"CF_SY": "", "CF_JDRQ": "2026-11-02", "form_token": str(draft.token)}
    done = client.post("/desk/records/new/penalty-2018/", row)
    assert done.status_code == 302
    record = CreditRecord.objects.get()
    assert record.content["CF_SY"] == "身份证******"
    assert record.content["CF_XDR_SWDJ"]["masked"] == "230102********1237"
    assert in_clear() == []


def test_an_address_with_a_number_is_refused_and_not_repeated(alice_clerk, client: Client):
    client.force_login(alice_clerk)
    for address in ("/desk/records/", "/desk/subjects/", "/desk/imports/", "/"):
        for name in ("q", "x"):
            answer = client.get(address, {name: ID})
            assert answer.status_code == 400
            assert ID not in answer.content.decode()
    assert client.get("/desk/records/", {"q": "91230102MA1B00017U"}).status_code == 200
    assert client.get("/desk/records/", {"q": factories.valid_reg_no(5)}).status_code == 200


@pytest.mark.parametrize("written", [ID, "２３０１０２ 19900307 1237", "二三〇一〇二一九九〇〇三〇七一二三七"])
def test_no_reason_or_note_of_any_form_takes_one(written, alice_clerk, market_bureau, client: Client):
    record = factories.CreditRecordFactory(source_department=market_bureau)
    client.force_login(alice_clerk)
    day = record.decided_on.isoformat()
    answer = client.post(f"/desk/records/{record.pk}/revoke/", {"reason": f"当事人{written}申请复议", "on": day})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不得填写公民身份号码" in page
    assert written not in page
    record.refresh_from_db()
    assert record.status == "active"


def test_a_number_may_be_added_by_the_form_for_numbers(alice_clerk, client: Client):
    subject = factories.SoleTraderFactory()
    client.force_login(alice_clerk)
    given = {"kind": "tax_no", "value": ID, "reason": "税务登记证"}
    answer = client.post(f"/desk/subjects/{subject.pk}/identifiers/add/", given)
    assert answer.status_code == 302
    assert ID not in answer["Location"]
    assert in_clear() == []


def test_a_name_with_a_sign_of_no_standard_is_told(penalties, market_bureau, alice_clerk):
    row = trader(1, market_bureau, CF_XDR_MC="哈尔滨示例小吃店\ue000")
    record = enter("penalty-2018", row, by=alice_clerk, department=market_bureau)
    assert "name.private-use" in [each["rule"] for each in record.warnings]


def test_names_of_files_and_sheets_and_headers_that_are_rows_keep_nothing(penalties, market_bureau, alice_clerk):
    good = trader(1, market_bureau)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([good])))
    sheet = book.active
    sheet.title = f"王五{ID}"
    sheet.cell(row=1, column=sheet.max_column + 1, value=f"张三{ID}")
    sheet.cell(row=2, column=7, value="")
    book.save(out := io.BytesIO())
    batch = bring(out.getvalue(), f"王五{ID}.xlsx", market_bureau, alice_clerk)
    assert ID not in batch.file_name
    assert batch.total == 1
    bring(as_csv([{ID: "x", f"身份证{OLD}": "y", "CF_WSH": "z"}]), "b.csv", market_bureau, alice_clerk)
    assert in_clear() == []


def test_a_push_with_numbers_in_every_place_keeps_none(penalties, market_bureau, alice_clerk):
    rows = [{ID: "x"}, {"CF_WSH": ID, f"字段{ID}": ID}, {"CF_SY": ["a", ID]}, trader(1, market_bureau, CF_XDR_ZZJG=ID)]
    done = push_rows("penalty-2018", rows, by=alice_clerk, department=market_bureau, key=f"k{ID}")
    assert ID not in json.dumps([each.findings for each in done.rows], ensure_ascii=False)
    assert in_clear() == []
