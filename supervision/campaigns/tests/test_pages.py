"""The pages of campaigns: from the beginning to the public page, where nobody reads who is a target."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.models import Case
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from sanctions.lists.tests.factories import TODAY
from supervision.campaigns.models import CampaignCase, Handling
from supervision.campaigns.tests.factories import (
    FieldFactory,
    case_in,
    drafted,
    example,
    notified,
    penalties,
    target_of,
)

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_campaign_is_begun_frozen_after_a_look_at_the_number_and_listed(client):
    field, department = FieldFactory(), drafted().department
    penalties(2)
    client.force_login(ClerkFactory(department=department))
    new = reverse("campaign:new")
    given = {
        "field": field.pk,
        "name": "2027年治理",
        "starts_on": "2026-11-23",
        "ends_on": "2027-03-01",
        "measures": "告知。",
    }
    assert client.post(new, given | {"measures": ""}).status_code == 422
    here = client.post(new, given)["Location"]
    case = Case.objects.get(pk=CampaignCase.objects.get(name="2027年治理").pk)
    freeze = reverse("campaign:step", args=[case.pk, "freeze"])
    asked = {"kinds": ["penalty"], "on": TODAY.isoformat(), "version_seen": str(case.version)}
    assert "2 户" in text_of(client.post(freeze, asked))
    assert Case.objects.get(pk=case.pk).state == "drafted", "a look at the number freezes nothing"
    assert client.post(freeze, asked | {"confirmed": "1"}).status_code == 302
    page = text_of(client.get(here))
    assert "清单待审核" in page
    assert case.own.target_list.digest in page
    assert "2027年治理" in text_of(client.get(reverse("campaign:cases")))


def test_targets_are_filtered_exported_and_entered(client):
    penalties(1)
    case = case_in("running")
    target = target_of(case)
    client.force_login(ClerkFactory(department=case.department))
    listed = reverse("campaign:targets", args=[case.pk])
    assert target.subject.name in text_of(client.get(listed))
    one = reverse("campaign:target", args=[case.pk, target.pk])
    sent = {"progress": "notified", "on": TODAY.isoformat(), "document": "示告〔2026〕2号"}
    assert client.post(one, sent).status_code == 422, "the paper is missing"
    paper = SimpleUploadedFile("回执.pdf", b"%PDF-1.4\n%%EOF\n")
    assert client.post(one, sent | {"paper": paper}).status_code == 302
    reached = text_of(client.get(f"{listed}?reached=notified"))
    assert target.subject.name in reached
    assert target.subject.name not in text_of(client.get(f"{listed}?reached=no-notified"))
    body = b"".join(client.get(f"{listed}?export=csv").streaming_content).decode("utf-8-sig")
    assert "2026年11月23日" in body
    back = reverse("campaign:take-back", args=[case.pk, Handling.objects.get().pk])
    assert client.post(back, {"reason": "登记有误。"}).status_code == 302
    assert client.get(back).status_code == 404


def test_another_department_finds_nothing(client):
    case = case_in("running")
    client.force_login(ReviewerFactory())
    for name in ("case", "targets", "example-new"):
        assert client.get(reverse(f"campaign:{name}", args=[case.pk])).status_code == 404


def test_an_example_goes_from_the_form_to_the_public_page(client):
    case = case_in("running")
    client.force_login(ReviewerFactory(department=case.department))
    write = reverse("campaign:example-new", args=[case.pk])
    assert client.post(write, {"title": "案例", "text": target_of(case).subject.name}).status_code == 422
    row = example(case, title="某企业整改")
    publish = reverse("campaign:example-publish", args=[case.pk, row.pk])
    seen = re.search(r'name="version_seen" value="([^"]+)"', client.get(publish).content.decode()).group(1)
    assert client.post(publish, {"read": "on", "version_seen": seen}).status_code == 302
    assert "某企业整改" in text_of(client.get(reverse("campaign:public", args=[case.pk])))


def test_the_public_reads_numbers_and_measures_and_never_a_target(client):
    FieldFactory(no=1, name="电信网络诈骗")
    penalties(2)
    case = case_in("running")
    notified(target_of(case))
    example(case, "draft", title="还没有审核的案例")
    page = text_of(client.get(reverse("campaign:public", args=[case.pk])))
    for words in ("逐户告知。", "已告知", case.own.target_list.digest, "2026年11月"):
        assert words in page
    listed = text_of(client.get(reverse("campaign:public-list")))
    assert case.own.name in listed
    for row in case.own.target_list.targets.select_related("subject"):
        shown = text_of(client.get(f"/subject/{row.subject.code}/"))
        assert case.own.name not in shown
        assert "治理对象" not in shown
        assert row.subject.name not in page + listed
        assert row.subject.code not in page + listed
    assert "还没有审核的案例" not in page


@pytest.mark.parametrize("state", ["drafted", "frozen", "cancelled"])
def test_what_does_not_run_is_not_public(client, state):
    case = case_in(state)
    assert client.get(reverse("campaign:public", args=[case.pk])).status_code == 404
    assert case.own.name not in text_of(client.get(reverse("campaign:public-list")))
