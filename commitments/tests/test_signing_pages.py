"""Pages of signing: read, fill, confirm, sign once; the PDF for whom it is; the verify page that shows a guesser nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from commitments.availability.rules import Availability
from commitments.letters.actions import signing
from commitments.models import Signature
from commitments.tests.signing_factories import EntryFactory
from companies.actions import reset_password
from companies.tests.factories import PASSWORD, ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import ClerkFactory
from credit_platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
FILLED = {"blank-期限": "2027-01-31", "blank-人数": "12"}


@pytest.fixture
def entry(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("load_base", verbosity=0)
    return EntryFactory()


def sign(client, entry, account=None):
    account = account or ActiveFactory()
    sign_in(client, account)
    first = f"/my/commitments/{entry.matter.code}/"
    assert client.post(first, FILLED).url == f"{first}confirm/"
    form = client.get(f"{first}confirm/").context["form"]
    given = {"read": "on", "password": PASSWORD, "seen": form.initial["seen"], "form_token": form.initial["form_token"]}
    answer = client.post(f"{first}confirm/", given)
    assert answer.status_code == 302, answer.content.decode()
    return Signature.objects.get(number=answer.url.split("/")[-2]), given


def test_read_fill_confirm_and_sign(client, entry):
    sign_in(client, ActiveFactory())
    page = client.get(f"/my/commitments/{entry.matter.code}/").content.decode()
    assert all(word in page for word in (entry.who, entry.notice, "违诺责任", "达到条件的日期"))
    wrong = client.post(f"/my/commitments/{entry.matter.code}/", {"blank-期限": ""})
    assert wrong.status_code == 422
    assert "请填写达到条件的日期" in wrong.content.decode()
    made, _ = sign(client, entry)
    page = client.get(f"/my/commitments/letters/{made.number}/").content.decode()
    assert "2027年1月31日" in page
    assert made.number in client.get("/my/").content.decode()


@pytest.mark.parametrize("left_out", ["read", "password"])
def test_without_the_tick_or_the_password_nothing_is_signed(client, entry, left_out):
    sign_in(client, ActiveFactory())
    first = f"/my/commitments/{entry.matter.code}/"
    client.post(first, FILLED)
    seen = client.get(f"{first}confirm/").context["form"].initial["seen"]
    given = {"read": "on", "password": PASSWORD, "seen": seen}
    assert client.post(f"{first}confirm/", given | {left_out: ""}).status_code == 422
    assert client.post(f"{first}confirm/", given | {"password": "Wrong-Password-1"}).status_code == 422
    assert not Signature.objects.exists()


def test_guessing_the_password_at_the_signature_locks_too(client, entry):
    sign_in(client, ActiveFactory())
    first = f"/my/commitments/{entry.matter.code}/"
    client.post(first, FILLED)
    seen = client.get(f"{first}confirm/").context["form"].initial["seen"]
    given = {"read": "on", "password": "x", "seen": seen}
    told = [client.post(f"{first}confirm/", given).status_code for _ in range(6)]
    assert told == [422] * 5 + [429]


def test_a_second_click_leads_to_the_first_letter(client, entry):
    made, given = sign(client, entry)
    again = client.post(f"/my/commitments/{entry.matter.code}/confirm/", given)
    assert again.url == f"/my/commitments/letters/{made.number}/"
    client.post(f"/my/commitments/{entry.matter.code}/", FILLED)
    again = client.post(f"/my/commitments/{entry.matter.code}/confirm/", given)
    assert again.url == f"/my/commitments/letters/{made.number}/"
    assert Signature.objects.count() == 1


def test_who_is_barred_is_told_before_it_fills_anything(client, entry, monkeypatch):
    told = Availability(False, date(2027, 5, 1), "不适用告知承诺至2027年5月1日。原因：虚假承诺。", "国办发〔2020〕42号")
    monkeypatch.setattr("commitments.letters.queries.signing.availability", lambda *args: told)
    sign_in(client, ActiveFactory())
    page = client.get(f"/my/commitments/{entry.matter.code}/").content.decode()
    assert "2027年5月1日" in page
    assert "原因：虚假承诺" in page
    assert '<form method="post" novalidate' not in page


def test_the_pdf_is_for_the_company_and_the_department_that_accepted(client, entry):
    made, _ = sign(client, entry)
    own = client.get(f"/my/commitments/letters/{made.number}/pdf/")
    assert own["Content-Type"] == "application/pdf"
    assert signing.file_hash(own.content) == made.pdf_sha256
    sign_in(client, ActiveFactory())
    assert client.get(f"/my/commitments/letters/{made.number}/pdf/").status_code == 404
    assert client.get(f"/my/commitments/letters/{made.number}/").status_code == 404
    client.force_login(ClerkFactory(department=entry.department))
    assert client.get(f"/desk/commitments/signed/{made.number}/pdf/").status_code == 200
    assert AuditEntry.objects.filter(verb="commitments.pdf", kind="look").count() == 1
    client.force_login(ClerkFactory())
    assert client.get(f"/desk/commitments/signed/{made.number}/pdf/").status_code == 404


def test_a_file_that_was_altered_on_the_disk_is_not_handed_out(client, entry, monkeypatch):
    made, _ = sign(client, entry)
    monkeypatch.setattr("commitments.letters.actions.signing.vault.read", lambda path: b"%PDF-1.4 something else")
    assert client.get(f"/my/commitments/letters/{made.number}/pdf/").status_code == 409


def verify(made, **changed):
    return "/commitments/verify/", {"no": made.number, "t": str(made.token)} | changed


def test_the_code_shows_the_letter_and_tells_an_altered_file(client, entry):
    made, _ = sign(client, entry)
    data = signing.pdf_of(made)
    client.logout()
    page = client.get(*verify(made)).content.decode()
    assert all(
        word in page for word in (made.letter.subject.name, entry.matter.name, made.text_sha256, made.pdf_sha256)
    )
    assert made.signer_name not in page
    where = f"/commitments/verify/?no={made.number}&t={made.token}"
    for content, word in ((data, "一致，未被改动"), (data[:-1] + b"x", "不一致")):
        told = client.post(where, {"file": SimpleUploadedFile("x.pdf", content)}).content.decode()
        assert f'notice-title">{word}' in told
    assert client.get(f"/commitments/verify/pdf/?no={made.number}&t={made.token}").content == data
    assert client.post(where, {}).status_code == 422


def test_a_wrong_number_and_a_wrong_token_are_answered_alike(client, entry):
    made, _ = sign(client, entry)
    client.logout()
    other = "HRBCN20261123000000010"
    wrong = [
        client.get(*verify(made, t="0b0c0b0c-0b0c-0b0c-0b0c-0b0c0b0c0b0c")),
        client.get(*verify(made, no=other)),
        client.get(*verify(made, t="")),
        client.get(*verify(made, no="x")),
    ]
    assert {answer.status_code for answer in wrong} == {404}
    # The link to large type carries the address that was asked; everything else is the same.
    assert len({answer.content.split(b"<main")[1] for answer in wrong}) == 1
    assert made.letter.subject.name not in wrong[0].content.decode()


def test_guessing_is_counted(client, entry, monkeypatch):
    monkeypatch.setattr("commitments.letters.public.verify.A_MINUTE", 2)
    monkeypatch.setattr("credit_platform.web.rates.time.time", lambda: 1_800_000_000.0)
    told = [client.get("/commitments/verify/", {"no": "x", "t": "y"}).status_code for _ in range(4)]
    assert told == [404, 404, 429, 429]


def test_after_a_reset_nothing_is_signed_for_a_day(client, entry, wendy_window):
    """Whoever got the password at a desk does not bind the company with it before the company could see that."""
    account = ActiveFactory()
    secret = reset_password(account, by=wendy_window, reason="经办人忘记密码")
    assert client.post("/my/login/", {"login": account.login, "password": secret}).status_code == 302
    fresh = "Fresh-Firm-2026"
    assert client.post("/my/password/", {"old": secret, "password": fresh, "again": fresh}).status_code == 302
    assert "本账户不能在线签署承诺书" in client.get("/my/").text
    first = f"/my/commitments/{entry.matter.code}/"
    client.post(first, FILLED)
    page = client.get(f"{first}confirm/")
    assert "前不能在线签署" in page.text
    assert "签署承诺书</button>" not in page.text
    given = {"read": "on", "password": fresh, "seen": page.context["form"].initial["seen"]}
    refused = client.post(f"{first}confirm/", given)
    assert refused.status_code == 422
    assert not Signature.objects.exists()


def test_a_letter_that_is_only_shared_has_no_public_pdf(client, entry):
    type(entry).objects.filter(pk=entry.pk).update(visibility="shared")
    made, _ = sign(client, entry)
    client.logout()
    assert client.get(*verify(made)).status_code == 200
    assert client.get(f"/commitments/verify/pdf/?no={made.number}&t={made.token}").status_code == 404


def test_the_public_downloads_a_public_letter(client, entry):
    made, _ = sign(client, entry)
    client.logout()
    public_id = made.letter.record.disclosure.public_id
    assert client.get(f"/commitments/{public_id}/pdf/").status_code == 200
    assert client.get("/commitments/nothing-here/pdf/").status_code == 404


def test_an_account_of_the_unified_login_proves_itself_anew(client, entry):
    account = ActiveFactory()
    sign_in(client, account)
    type(account).objects.filter(pk=account.pk).update(password="!")
    first = f"/my/commitments/{entry.matter.code}/"
    client.post(first, FILLED)
    page = client.get(f"{first}confirm/")
    assert "重新登录并签署" in page.content.decode()
    given = {"read": "on", "seen": page.context["form"].initial["seen"]}
    assert client.post(f"{first}confirm/", given).status_code == 422
    import time

    session = client.session
    session["company_proved"] = time.time()
    session.save()
    assert client.post(f"{first}confirm/", given).status_code == 302
    assert "company_proved" not in client.session
