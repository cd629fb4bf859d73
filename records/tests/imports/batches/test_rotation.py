"""A field key is changed: look-ups and imports go on meanwhile, everything opens afterwards, and the old key can be taken out."""

from __future__ import annotations

import base64
import hashlib
import os
from datetime import timedelta
from io import StringIO

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from credit_platform import resealing, sealing, vault
from credit_platform.accounts.tests.factories import CreditOfficeFactory
from credit_platform.audit.models import AuditEntry, AuditHistory
from credit_platform.checks import check_databases
from records.actions import drafts, looks
from records.imports.batches import batches, engine
from records.imports.batches.undo import undo_batch
from records.imports.ledger import stage
from records.imports.reading.checking import open_row
from records.ledger_rules import content_hash
from records.models import (
    Arrival,
    CreditRecord,
    EntryDraft,
    ImportBatch,
    ImportReject,
    RefusedRow,
    Subject,
    SubjectIdentifier,
)
from records.numbers import of_person, open_kept
from records.sealed_places import number_of
from records.tests.factories import EntryDraftFactory, PersonFactory, SubjectFactory, valid_person_id
from records.tests.imports.samples import PENALTY, as_csv, bring, counts, penalty, person_penalty

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = (base64.urlsafe_b64encode(letter * 32).decode() for letter in (b"a", b"b", b"c"))


@pytest.fixture(autouse=True)
def ring(settings):
    def given(*found: tuple[int, str]) -> None:
        settings.FIELD_KEYS = found

    given((1, ONE))
    return given


def reencrypt(**options: object) -> str:
    out = StringIO()
    call_command("reencrypt", stdout=out, stderr=out, **options)
    return out.getvalue()


def left() -> int:
    return sum(place.left() for place in resealing.places())


def rows(authority, **changes: object) -> list[dict[str, object]]:
    people = [
        person_penalty(number, authority, CF_WSH=f"示市监罚〔2026〕{number}号", BZ="无", **changes)
        for number in range(1, 5)
    ]
    return [*people, penalty(9, authority)]


def in_first_format(subject: Subject) -> None:
    """The number as the platform sealed it before keys had numbers."""
    nonce = os.urandom(12)
    cipher = AESGCM(hashlib.sha256(b"cipher:" + ONE.encode()).digest())
    token = nonce + cipher.encrypt(nonce, number_of(subject).encode(), None)
    Subject.objects.filter(pk=subject.pk).update(id_cipher=token)


def test_everything_opens_with_the_new_key_alone_and_the_rest_is_as_it_was(penalties, alice_clerk, market_bureau, ring):
    bring(as_csv(rows(market_bureau)), "a.csv", market_bureau, alice_clerk)
    second = bring(as_csv(rows(market_bureau, CF_SY="当事人另有情节。")), "b.csv", market_bureau, alice_clerk)
    bring(as_csv([person_penalty(20, market_bureau, CF_NR_FK=None)]), "bad.csv", market_bureau, alice_clerk)
    EntryDraftFactory(data={"CF_XDR_ZJHM": sealing.seal(valid_person_id(1), "m"), "CF_NR_FK": "1.10"})
    in_first_format(Subject.objects.filter(kind="person").first())
    numbers = {subject.pk: number_of(subject) for subject in Subject.objects.filter(kind="person")}
    held = AuditHistory.objects.count()
    before = list(CreditRecord.objects.order_by("pk").values_list("pk", "version", "updated_at", "title"))

    ring((2, TWO), (1, ONE))
    assert left() > 10
    told = reencrypt(batch=2)
    assert "记录内容中的证件号码：4 项" in told
    assert left() == 0
    assert "可以取下 1 号密钥" in reencrypt(status=True)

    ring((2, TWO))
    assert {s.pk: number_of(s) for s in Subject.objects.filter(kind="person")} == numbers
    assert list(CreditRecord.objects.order_by("pk").values_list("pk", "version", "updated_at", "title")) == before
    assert AuditHistory.objects.count() == held, "history keeps nothing for what only was sealed anew"
    for record in CreditRecord.objects.all():
        assert content_hash(record.content) == record.content_hash
        if "CF_XDR_ZJHM" in record.content:
            assert sealing.open_sealed(record.content["CF_XDR_ZJHM"]) == numbers[record.subject_id]
    assert open_row(ImportReject.objects.get())["CF_XDR_ZJHM"] == valid_person_id(20)
    data = EntryDraft.objects.get().data
    assert (sealing.open_sealed(data["CF_XDR_ZJHM"]), data["CF_NR_FK"]) == (valid_person_id(1), "1.10")
    assert all(vault.read(batch.file_path) for batch in ImportBatch.objects.all())
    undo_batch(ImportBatch.objects.get(pk=second.pk), by=alice_clerk, reason="重复")
    for record in CreditRecord.objects.filter(subject__kind="person"):
        assert record.content["CF_SY"] == "当事人销售超过保质期的食品。"
        assert sealing.open_sealed(record.content["CF_XDR_ZJHM"]) == numbers[record.subject_id]
        assert content_hash(record.content) == record.content_hash


def test_the_beginning_and_the_end_are_in_the_audit(ring):
    PersonFactory()
    ring((2, TWO), (1, ONE))
    reencrypt()
    begin, end = AuditEntry.objects.filter(verb__startswith="platform.reencrypt").order_by("pk")
    assert (begin.verb, begin.detail) == ("platform.reencrypt.begin", {"key": 2, "keys": "2、1"})
    assert (end.verb, end.detail) == ("platform.reencrypt.end", {"key": 2, "done": 1, "troubles": 0})


def test_what_is_left_is_told_and_forbids_to_take_the_key_out(ring):
    PersonFactory.create_batch(3)
    ring((2, TWO), (1, ONE))
    with pytest.raises(CommandError, match="共余 3 项"):
        reencrypt(status=True)


@pytest.mark.parametrize("passed", [False, True])
def test_imports_and_look_ups_find_persons_while_keys_change(penalties, alice_clerk, market_bureau, ring, passed):
    data = as_csv(rows(market_bureau))
    bring(data, "a.csv", market_bureau, alice_clerk)
    before = list(CreditRecord.objects.order_by("pk").values_list("pk", "version", "subject_id"))
    held = AuditHistory.objects.filter(table_name="records_creditrecord").count()
    ring((2, TWO), (1, ONE))
    if passed:
        resealing.places()[1].again(0, 2)
    again = bring(data, "a.csv", market_bureau, alice_clerk)
    assert counts(again) == (5, 5, 0, 5), "nothing changed, whichever key a row is hashed with"
    people = rows(market_bureau)[:4]
    fewer = [{code: cell for code, cell in row.items() if code != "BZ"} for row in people]
    assert counts(bring(as_csv(fewer), "c.csv", market_bureau, alice_clerk)) == (4, 4, 0, 4)
    assert list(CreditRecord.objects.order_by("pk").values_list("pk", "version", "subject_id")) == before
    assert AuditHistory.objects.filter(table_name="records_creditrecord").count() == held == 0
    office = CreditOfficeFactory()
    found = looks.find_person(valid_person_id(1), by=office, purpose="核对")
    assert found is not None
    assert number_of(found) == valid_person_id(1)
    assert Subject.objects.filter(kind="person").count() == 4


def test_a_person_of_either_key_is_one_person(penalties, alice_clerk, market_bureau, ring):
    ring((2, TWO), (1, ONE))
    bring(as_csv([person_penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    ring((1, ONE), (2, TWO))  # a program that was started before the change
    bring(as_csv([person_penalty(1, market_bureau, CF_WSH="他号")]), "b.csv", market_bureau, alice_clerk)
    assert Subject.objects.filter(kind="person").count() == 1


def test_a_number_that_two_files_have_is_told_and_left(ring):
    one = PersonFactory(number=valid_person_id(1))
    ring((2, TWO), (1, ONE))
    other = PersonFactory(number=valid_person_id(1))
    with pytest.raises(CommandError, match="1 项无法处理"):
        reencrypt()
    one.refresh_from_db()
    assert number_of(one) == number_of(other)


def test_two_files_of_one_number_under_two_former_keys_are_told_as_well(ring):
    made = []
    for keys in ([(1, ONE)], [(2, TWO)]):
        ring(*keys)
        made.append(PersonFactory(number=valid_person_id(1)))
    ring((3, THREE), (2, TWO), (1, ONE))
    with pytest.raises(CommandError, match="1 项无法处理"):
        reencrypt()
    assert [number_of(Subject.objects.get(pk=each.pk)) for each in made] == [valid_person_id(1)] * 2


def test_a_number_that_two_firms_have_is_no_double(ring):
    number = valid_person_id(1)
    for subject in (SubjectFactory(), SubjectFactory()):
        kept = of_person(number)
        SubjectIdentifier.objects.create(
            subject=subject, kind="tax_no", value=kept.value, masked=kept.masked, cipher=kept.cipher
        )
    ring((2, TWO), (1, ONE))
    reencrypt()
    ring((2, TWO))
    assert {open_kept(row.value, bytes(row.cipher)) for row in SubjectIdentifier.objects.all()} == {number}
    assert SubjectIdentifier.objects.filter(value=sealing.number_hash(number)).count() == 2


def test_a_record_whose_hash_was_wrong_stays_wrong(penalties, alice_clerk, market_bureau, ring):
    bring(as_csv(rows(market_bureau)), "a.csv", market_bureau, alice_clerk)
    record = CreditRecord.objects.filter(subject__kind="person").first()
    CreditRecord.objects.filter(pk=record.pk).update(content_hash="0" * 32)
    ring((2, TWO), (1, ONE))
    reencrypt()
    record.refresh_from_db()
    assert record.content_hash == "0" * 32
    assert left() == 0


def test_a_first_arrival_is_remembered_when_its_key_is_gone(penalties, alice_clerk, market_bureau, ring):
    bring(as_csv([person_penalty(1, market_bureau, CF_NR_FK=None)]), "a.csv", market_bureau, alice_clerk)
    long_ago = timezone.now() - timedelta(days=20)
    Arrival.objects.update(first_at=long_ago)
    for keys in ([(2, TWO), (1, ONE)], [(2, TWO)], [(3, THREE), (2, TWO)], [(3, THREE)]):
        ring(*keys)
        reencrypt()
    bring(as_csv([person_penalty(1, market_bureau)]), "b.csv", market_bureau, alice_clerk)
    assert CreditRecord.objects.get().first_arrived_at == long_ago


def test_a_refused_row_is_taken_off_the_account_when_its_key_is_gone(penalties, alice_clerk, market_bureau, ring):
    bring(as_csv([penalty(1, market_bureau, CF_NR_FK=None)]), "a.csv", market_bureau, alice_clerk)
    assert RefusedRow.objects.count() == 1
    for keys in ([(2, TWO), (1, ONE)], [(2, TWO)]):
        ring(*keys)
        reencrypt()
    bring(as_csv([penalty(1, market_bureau)]), "b.csv", market_bureau, alice_clerk)
    assert RefusedRow.objects.count() == 0


def test_rows_staged_under_another_key_are_read_again(penalties, alice_clerk, market_bureau, ring, monkeypatch):
    options = batches.Options(standard="penalty-2018", department=market_bureau)
    batch = batches.receive([as_csv(rows(market_bureau))], "a.csv", options, by=alice_clerk)

    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(engine._Run, "_enter", killed)
        with pytest.raises(KeyboardInterrupt):
            engine.run(batch.pk)
    assert stage.count(batch.pk) == 5
    ring((2, TWO), (1, ONE))
    assert counts(engine.run(batch.pk)) == (5, 5, 0, 0)
    ring((2, TWO))
    assert number_of(Subject.objects.get(id_hash=sealing.number_hash(valid_person_id(3)))) == valid_person_id(3)


def test_a_token_that_was_moved_to_another_person_does_not_open(penalties, alice_clerk, market_bureau):
    bring(as_csv(rows(market_bureau)), "a.csv", market_bureau, alice_clerk)
    one, other = Subject.objects.filter(kind="person")[:2]
    Subject.objects.filter(pk=one.pk).update(id_cipher=other.id_cipher)
    one.refresh_from_db()
    with pytest.raises(sealing.Unreadable, match="移动"):
        looks.see_person_number(one, by=CreditOfficeFactory(), purpose="核对")
    first, second = CreditRecord.objects.filter(subject__kind="person")[:2]
    value = {**first.content["CF_XDR_ZJHM"], "sealed": second.content["CF_XDR_ZJHM"]["sealed"]}
    with pytest.raises(sealing.Unreadable):
        drafts.open_blanks({}, {"CF_XDR_ZJHM": value}, PENALTY)


@pytest.mark.parametrize("keys", [[(1, TWO)], [(2, TWO)]])
def test_a_wrong_or_missing_key_is_told_before_the_platform_serves(ring, keys):
    PersonFactory()
    assert check_databases(["default"]) == []
    ring(*keys)
    (message,) = check_databases(["default"])
    assert message.id == "platform.E006"
    assert "自然人证件号码" in message.msg
    assert "FIELD_KEYS" in message.hint


def history(sql: str, *, resealing_now: bool) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.reseal', %s, true)", ["on" if resealing_now else ""])
        cursor.execute(sql)


def test_under_the_cover_of_sealing_anew_nothing_else_changes(penalties, alice_clerk, market_bureau):
    bring(as_csv(rows(market_bureau)), "a.csv", market_bureau, alice_clerk)
    bring(as_csv(rows(market_bureau, CF_SY="另有情节。")), "b.csv", market_bureau, alice_clerk)
    change = (
        "UPDATE audit_history SET old = jsonb_set(old, '{title}', '\"x\"') WHERE table_name = 'records_creditrecord'"
    )
    token = """UPDATE audit_history SET old = jsonb_set(old, '{content,CF_XDR_ZJHM,sealed}', '"x"')
               WHERE old #> '{content,CF_XDR_ZJHM,sealed}' IS NOT NULL"""
    for sql, now in [(change, True), (change, False), (token, False), ("DELETE FROM audit_history", True)]:
        with pytest.raises(IntegrityError, match="append-only"):
            history(sql, resealing_now=now)
    history(token, resealing_now=True)
    held = AuditHistory.objects.count()
    history("UPDATE records_creditrecord SET title = 'x' WHERE subject_id IS NOT NULL", resealing_now=True)
    assert AuditHistory.objects.count() == held + 5
    history("UPDATE records_creditrecord SET content_hash = 'x' WHERE document_number LIKE '%9号'", resealing_now=True)
    assert AuditHistory.objects.count() == held + 6, "a content without a token keeps its hash under guard"
