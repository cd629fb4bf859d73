"""Pilots: agreed to by another, measured against a baseline with evidence, told to everybody at the end."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.tests import kit
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory
from credit_platform.errors import Refused
from industry.pilots import rules
from industry.pilots.models import Indicator, Measurement
from industry.pilots.rules import PILOT
from industry.pilots.tests.factories import LINES, pilot_in, proposed, take

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
READY = {"agree": "proposed", "deny": "proposed", "spread": "summarised", "terminate": "running"}

test_moves = kit.every_pair(PILOT, pilot_in, take, ready={"summarise": "measured"})
test_second_person = kit.two_people(PILOT, pilot_in, take, ready=READY, person=CreditOfficeFactory)
test_diagram = kit.diagram(PILOT, README)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "至少写一项"),
        ("办理时间,日,10", "应为"),
        ("办理时间,日,十,5", "应为"),
        ("办理时间,日,10,10", "相同"),
        ("办理时间,日,NaN,10", "不是数"),
        ("办理时间,日,10,5\n办理时间,日,9,5", "同名"),
    ],
)
def test_what_is_no_indicator(line, words):
    _, wrong = rules.read_indicators(line)
    assert words in wrong[0].text


def test_indicators_are_read_with_either_comma():
    found, wrong = rules.read_indicators(LINES)
    assert wrong == []
    assert [(row.name, row.baseline, row.target) for row in found] == [("平均办理时间", 10, 5), ("满意率", 80, 95)]


@pytest.mark.parametrize(
    ("value", "percent"), [("10", 0), ("5", 100), ("7.5", 50), ("7.49", 50), ("11", -20), ("4", 120)]
)
def test_how_far_a_value_came_downward_too(value, percent):
    assert rules.reached(Decimal(10), Decimal(5), Decimal(value)) == percent


def test_numbers_read_without_zeros_and_powers():
    assert [rules.plain(Decimal(each)) for each in ("10.0000", "100", "5.2500", "0")] == ["10", "100", "5.25", "0"]


@pytest.mark.django_db
def test_a_pilot_of_persons_says_how_they_consent_and_leave():
    with pytest.raises(Refused) as refused:
        proposed(theme="personal")
    assert {each.field for each in refused.value.findings} == {"safeguards"}
    assert proposed(theme="personal", safeguards="本人书面同意，可以随时退出，不参加的不受影响。")


@pytest.mark.django_db
def test_a_value_has_its_evidence_and_is_never_written_over():
    case = pilot_in("running")
    with pytest.raises(Refused, match="证明材料"):
        take(case, "measure", evidence=[])
    other = pilot_in("running").own.indicators.first()
    with pytest.raises(Refused, match="不是本试点"):
        take(case, "measure", indicator=other)
    with pytest.raises(Refused, match="还没有登记指标值"):
        take(case, "summarise")
    take(case, "measure")
    with pytest.raises(DatabaseError), transaction.atomic():
        Measurement.objects.update(value=5)
    assert Measurement.objects.get().reached == 50


@pytest.mark.django_db
def test_the_pages_from_the_proposal_to_what_the_public_reads(client):
    clerk, today = ClerkFactory(), timezone.localdate()
    client.force_login(clerk)
    given = {"title": "告知承诺试点", "theme": "commitment", "plan": "当场决定。", "indicators": LINES}
    given |= {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=99)).isoformat()}
    assert client.post(reverse("pilot:new"), given | {"indicators": "x"}).status_code == 422
    here = client.post(reverse("pilot:new"), given)["Location"]
    pk = int(here.rstrip("/").rpartition("/")[2])
    public = reverse("pilot:public", args=[pk])
    assert client.get(public).status_code == 404
    client.force_login(CreditOfficeFactory(department=clerk.department))
    agree = reverse("pilot:step", args=[pk, "agree"])
    assert client.post(agree, {"on": today.isoformat(), "version_seen": "1"}).status_code == 302
    client.force_login(clerk)
    indicator = Indicator.objects.filter(pilot_id=pk).earliest("pk")
    measured = {"indicator": indicator.pk, "value": "7.5", "on": today.isoformat(), "version_seen": "2"}
    measured["evidence"] = SimpleUploadedFile("统计表.pdf", b"%PDF-1.4\n%%EOF\n")
    assert client.post(reverse("pilot:step", args=[pk, "measure"]), measured).status_code == 302
    assert "证明材料" in client.get(here).content.decode()
    page = client.get(public).content.decode()
    assert "完成50%" in page
    assert "告知承诺试点" in client.get("/pilots/").content.decode()
