"""A 容缺 letter signed online: what is missing is said, falls due, is brought, and is looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from commitments.breaches import sweep
from commitments.lists.actions import texts
from commitments.models import Attachment, BreachCase, LetterTemplate, Review, Signature
from commitments.reviews import actions as reviews
from commitments.rules.states import Fulfilment
from commitments.tests.signing_factories import EntryFactory
from companies.tests.factories import PASSWORD, ActiveFactory, sign_in
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory
from credit_platform.errors import Refused
from credit_platform.workdays.queries import calendar

pytestmark = pytest.mark.django_db
BLANKS = [{"name": "容缺材料", "label": "暂缺材料", "kind": "text", "required": True}]
GIVEN = {"title": "容缺受理承诺书", "body": "暂缺{{容缺材料}}，按期补交。", "liability": "逾期不补的，依法处理。"}


@pytest.fixture
def entry(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("load_base", verbosity=0)
    made = EntryFactory(commitment_type="shortfall", shortfall_after=20)
    LetterTemplate.objects.filter(matter=made.matter).update(**GIVEN, blanks=BLANKS)
    return made


def signed(client, entry):
    """Through the pages, as a company does it."""
    sign_in(client, ActiveFactory())
    first = f"/my/commitments/{entry.matter.code}/"
    assert client.post(first, {"blank-容缺材料": ""}).status_code == 422
    assert client.post(first, {"blank-容缺材料": "房屋租赁合同"}).status_code == 302
    form = client.get(f"{first}confirm/").context["form"]
    given = {"read": "on", "password": PASSWORD, "seen": form.initial["seen"], "form_token": form.initial["form_token"]}
    assert client.post(f"{first}confirm/", given).status_code == 302
    return Signature.objects.get().letter


def test_from_the_signature_to_the_review_of_the_missing_papers(client, entry):
    letter, today = signed(client, entry), timezone.localdate()
    assert (letter.channel, letter.shortfall_papers) == ("online", "房屋租赁合同")
    assert letter.shortfall_due_on == calendar().due_on(today, 20)
    clerk = ClerkFactory(department=entry.department)
    client.force_login(clerk)
    assert "房屋租赁合同" in client.get(reverse("commitments:shortfalls")).content.decode()
    settle = reverse("commitments:settle", args=[letter.pk])
    form = client.get(settle).context["form"]
    given = {name: form.initial.get(name) or field.initial or "" for name, field in form.fields.items()}
    paper = SimpleUploadedFile("合同.pdf", b"%PDF-1.4 contract")
    assert client.post(settle, given | {"on": today.isoformat(), "attachments": paper}).status_code == 302
    assert Attachment.objects.get(role="shortfall").letter == letter
    assert sweep.shortfall_candidates(letter.shortfall_due_on + timedelta(days=1)) == 0
    assert reviews.open_due(letter.next_review_on) == 1
    review = Review.objects.get()
    assert "合同.pdf" in client.get(reverse("commitments:letter", args=[letter.pk])).content.decode()
    reviews.complete(review, outcome="fulfilled", method="书面核查", finding="材料已补齐。", by=clerk)
    letter.refresh_from_db()
    assert letter.fulfilment == Fulfilment.FULFILLED


def test_papers_that_do_not_come_are_suspected_the_day_after(client, entry):
    letter = signed(client, entry)
    assert sweep.shortfall_candidates(letter.shortfall_due_on) == 0
    assert sweep.shortfall_candidates(letter.shortfall_due_on + timedelta(days=1)) == 1
    assert BreachCase.objects.get().letter == letter


def test_a_text_without_the_blank_is_not_issued_for_such_a_matter(entry):
    text = {"title": "承诺书", "body": "按期补交。", "liability": "依法处理。"}
    later = timezone.localdate() + timedelta(days=1)
    made = texts.new_template(entry.matter, by=SYSTEM, valid_from=later, **text)
    with pytest.raises(Refused, match="容缺材料"):
        texts.issue_template(made, by=SYSTEM)


def test_the_platforms_own_texts_ask_for_the_missing_papers(db):
    DepartmentFactory(short_name="市人社局")
    call_command("load_base", verbosity=0)
    row = LetterTemplate.objects.get(matter__name="劳务派遣经营许可", state="issued")
    assert row.blanks[0]["name"] == "容缺材料"
    assert "{{容缺材料}}" in row.body
