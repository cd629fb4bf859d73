"""Signing online: what comes of it, who may, what is refused, that nothing half done stays, and that a double click signs once."""

from __future__ import annotations

import hashlib
import io
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from commitments.availability.rules import Availability
from commitments.letters.actions import signing
from commitments.letters.queries.signing import offer
from commitments.models import CommitmentLetter, Signature
from commitments.tests.signing_factories import BODY, VALUES, EntryFactory, TemplateFactory
from companies.queries import canonical_subject
from companies.tests.factories import ActiveFactory, ClosedFactory, SuspendedFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.models import Disclosure
from records.models import CreditRecord
from records.tests.factories import SoleTraderFactory, SubjectFactory

pytestmark = pytest.mark.django_db
SITE = "http://localhost/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def base(db):
    call_command("load_base", verbosity=0)


@pytest.fixture
def firm(base):
    return ActiveFactory()


@pytest.fixture
def entry(base):
    return EntryFactory()


def signed(entry, by, *, values=VALUES, **more):
    on = timezone.localdate()
    found = offer(canonical_subject(by), entry.matter.code, on)
    made = signing.draft(entry, found.template, canonical_subject(by), values, on) if "seen" not in more else None
    return signing.sign(entry, by=by, values=values, site=SITE, **({"seen": made.sha256} if made else {}) | more)


def test_one_signature_is_a_letter_a_record_a_pdf_and_a_word_in_the_audit(firm, entry, tmp_path):
    made = signed(entry, firm)
    letter, record = made.letter, made.letter.record
    assert (letter.channel, letter.fulfilment, letter.matter, letter.code) == (
        "online",
        "performing",
        entry.matter,
        made.number,
    )
    assert (record.item.code, record.subject, record.source_department) == ("XYCN", firm.subject, entry.department)
    assert record.content["CN_NR"] == BODY.replace("{{期限}}", "2027年1月31日").replace("{{人数}}", "12").replace(
        "\n", ""
    )
    assert made.text.startswith("示例经营许可告知承诺书\n\n承诺人：" + firm.subject.name)
    assert made.text_sha256 == hashlib.sha256(made.text.encode()).hexdigest()
    verbs = set(AuditEntry.objects.filter(object_id=str(letter.pk)).values_list("verb", "actor_kind"))
    assert ("commitments.sign", "company") in verbs
    assert Disclosure.objects.visible_on(timezone.localdate()).filter(record=record).exists()
    (kept,) = Path(tmp_path).rglob("*.sealed")
    assert b"%PDF" not in kept.read_bytes()


def test_the_pdf_carries_number_hash_and_pages_but_no_person(firm, entry):
    made = signed(entry, firm)
    data = signing.pdf_of(made)
    assert hashlib.sha256(data).hexdigest() == made.pdf_sha256
    reader = PdfReader(io.BytesIO(data))
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    assert made.number in text
    assert made.text_sha256 in text
    assert "第 1 页，共" in text
    assert firm.subject.name in text
    assert "王**" in text
    assert firm.handler not in text
    assert firm.handler not in str(reader.metadata)
    assert len(data) < 200_000
    assert all(font["/FontDescriptor"].get_object()["/FontFile2"] for font in _fonts(reader))


def _fonts(reader):
    return [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()
            if "/FontDescriptor" in font.get_object()]  # fmt: skip


def test_a_sign_outside_the_font_is_written_as_its_code_with_a_note(entry, caplog):
    firm = ActiveFactory(subject=SubjectFactory(name="哈尔滨𠮷祥商贸有限公司"))
    made = signed(entry, firm)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(signing.pdf_of(made))).pages)
    assert "〔U+20BB7〕祥" in text
    assert "字库中没有的字" in text.replace("\n", "")
    assert "𠮷" in made.text
    assert any("U+20BB7" in line.getMessage() for line in caplog.records)


def nothing_of_it(tmp_path):
    assert not Signature.objects.exists()
    assert not CommitmentLetter.objects.exists()
    assert not CreditRecord.objects.filter(item__code="XYCN").exists()
    assert not list(Path(tmp_path).rglob("*.sealed"))


def test_the_pdf_tells_the_moment_by_the_clock_of_the_city(firm, entry, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 23, 2, 30, tzinfo=UTC))
    reader = PdfReader(io.BytesIO(signing.pdf_of(signed(entry, firm))))
    assert "签署时间：2026年11月23日10:30" in "".join(page.extract_text() for page in reader.pages).replace(" ", "")


def test_when_the_pdf_fails_nothing_was_signed(firm, entry, monkeypatch, tmp_path):
    monkeypatch.setattr(signing, "render", lambda letter: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        signed(entry, firm)
    nothing_of_it(tmp_path)


def test_when_the_last_step_fails_the_file_goes_too(firm, entry, monkeypatch, tmp_path):
    noted = signing.audit.record
    broken = lambda verb, *a, **k: 1 / 0 if verb == "commitments.sign" else noted(verb, *a, **k)  # noqa: E731
    monkeypatch.setattr(signing.audit, "record", broken)
    with pytest.raises(ZeroDivisionError):
        signed(entry, firm)
    nothing_of_it(tmp_path)


@pytest.mark.parametrize("kind", [SuspendedFactory, ClosedFactory])
def test_an_account_that_was_stopped_meanwhile_signs_nothing(entry, kind, tmp_path):
    with pytest.raises(Forbidden):
        signed(entry, kind())
    nothing_of_it(tmp_path)


def test_staff_cannot_sign(entry, alice_clerk, firm):
    with pytest.raises(Forbidden):
        signing.sign(entry, by=alice_clerk, values=VALUES, seen="", site=SITE)


@pytest.mark.parametrize(
    "changed",
    [
        {"online": False},
        {"subject_kinds": ["sole_trader"]},
        {"valid_until": date(2026, 1, 31), "valid_from": date(2026, 1, 1)},
    ],
)
def test_a_matter_that_is_not_for_it_is_refused(firm, entry, changed, tmp_path):
    type(entry).objects.filter(pk=entry.pk).update(**changed)
    with pytest.raises(Refused):
        signing.sign(entry, by=firm, values=VALUES, seen="", site=SITE)
    nothing_of_it(tmp_path)


def test_a_sole_trader_signs_as_one(entry):
    made = signed(entry, ActiveFactory(subject=SoleTraderFactory()))
    assert made.letter.record.content["CN_XDR_LB"] == "个体工商户"


def test_a_text_that_changed_since_it_was_read_is_not_signed(firm, entry, tmp_path):
    with pytest.raises(Conflict):
        signed(entry, firm, seen="0" * 64)
    nothing_of_it(tmp_path)


def test_personal_data_in_a_public_letter_is_stopped(firm, entry, tmp_path):
    template = entry.matter.templates.get()
    template.blanks = [{"name": "说明", "label": "说明", "kind": "text", "required": True}]
    template.body = "{{说明}}"
    template.save()
    with pytest.raises(Refused) as refused:
        signed(entry, firm, values={"说明": "联系人身份证230102199003071237"})
    assert refused.value.findings[0].field == "blank-说明"
    nothing_of_it(tmp_path)


def test_who_is_barred_is_told_until_when_and_why(firm, entry, monkeypatch, tmp_path):
    told = Availability(False, date(2027, 5, 1), "不适用告知承诺至2027年5月1日。", "国办发〔2020〕42号")
    on = timezone.localdate()
    template = entry.matter.templates.get()
    seen = signing.draft(entry, template, firm.subject, VALUES, on).sha256
    monkeypatch.setattr(signing, "availability", lambda *args: told)
    with pytest.raises(Refused, match="2027年5月1日"):
        signing.sign(entry, by=firm, values=VALUES, seen=seen, site=SITE)
    nothing_of_it(tmp_path)


def test_who_signed_an_earlier_version_is_shown_what_changed(firm, entry):
    signed(entry, firm)
    first = entry.matter.templates.get()
    today = timezone.localdate()
    assert offer(firm.subject, entry.matter.code, today).changes == []
    type(first).objects.filter(pk=first.pk).update(state="retired")
    TemplateFactory(matter=entry.matter, version=2, body=BODY.replace("全部条件", "全部许可条件"))
    changes = offer(firm.subject, entry.matter.code, today).changes
    assert [(piece.kind, piece.text) for piece in changes if piece.kind != "same"] == [("added", "许可")]


def test_a_signature_can_never_be_changed(firm, entry):
    from django.db import Error

    made = signed(entry, firm)
    with pytest.raises(Error), connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_signature SET text = 'x' WHERE id = %s", [made.pk])


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_signs_once(client):
    from credit_platform.web.once import AlreadySent, submit_once

    call_command("load_base", verbosity=0)
    entry, firm, token, outcomes = EntryFactory(), ActiveFactory(), uuid4(), []
    seen = signing.draft(entry, entry.matter.templates.get(), firm.subject, VALUES, timezone.localdate()).sha256

    def go():
        try:
            with submit_once(token):
                outcomes.append(signing.sign(entry, by=firm, values=VALUES, seen=seen, site=SITE).number)
        except AlreadySent:
            outcomes.append("again")
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each == "again" for each in outcomes) == [False, True]
    assert Signature.objects.count() == 1
