"""A breach that somebody reported: taken in with its papers, handled as every other case, and who reported stays sealed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.actions.tips import TipReport
from casework.models import Case, Tip
from commitments.breaches.actions import open_reported
from commitments.tests import cases
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry, AuditHistory
from credit_platform.errors import Conflict, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
WHO = "王某某 13800000000"
GIVEN = {
    "way": "hotline", "received_on": "2026-11-20", "account": "门店没有冷藏设备。", "informant": WHO,
    "kind": "false", "facts": "经核查，承诺时即无冷藏设备。",
}  # fmt: skip


@pytest.fixture
def letter():
    made = cases.LetterFactory()
    made.entry.measures.add(cases.MeasureFactory())
    return made


@pytest.fixture
def clerk(letter):
    return ClerkFactory(department=letter.department)


def reported(letter, by, **changes) -> Case:
    told = TipReport("phone", changes.pop("received_on", cases.TODAY), changes.pop("account", "没有设备。"), WHO)
    given = {"kind": "false", "facts": "经核查属实。"} | changes
    return open_reported(letter, told=told, by=by, **given)


def test_from_the_form_to_the_decision(client, letter, clerk):
    client.force_login(clerk)
    page = reverse("commitments:letter", args=[letter.pk])
    address = reverse("breach:reported", args=[letter.pk])
    assert address in client.get(page).content.decode()
    papers = [SimpleUploadedFile(f"照片{n}.png", b"\x89PNG\r\n\x1a\n picture") for n in (1, 2)]
    answer = client.post(address, GIVEN | {"attachments": papers})
    case = Case.objects.get()
    assert answer.url == reverse("breach:case", args=[case.pk])
    assert (case.own.source, case.state, case.drafted_by, case.own.letter) == ("report", "candidate", clerk, letter)
    assert sorted(case.attachments.values_list("role", flat=True)) == ["tip", "tip"]
    shown = client.get(answer.url).content.decode()
    assert all(word in shown for word in ("12345热线转办", "2026年11月20日收到", "门店没有冷藏设备。", "照片1.png"))
    assert "王某某" not in shown
    for verb in ("notify", "serve", "hear", "determine", "decide"):
        case = cases.step(case, verb)
    assert case.state == "decided"
    notice = client.get(reverse("breach:print", args=[case.pk, "notice"])).content.decode()
    assert "王某某" not in notice
    assert "门店没有冷藏设备。" not in notice


def test_who_reported_is_sealed_and_shown_once_to_who_says_why(client, letter, clerk):
    case = reported(letter, clerk)
    assert WHO.encode() not in bytes(Tip.objects.get().informant)
    assert not AuditEntry.objects.filter(after__icontains="王某某").exists()
    address = reverse("breach:informant", args=[case.pk])
    client.force_login(ReviewerFactory(department=letter.department))
    assert WHO not in client.get(address).content.decode()
    assert client.post(address, {"purpose": ""}).status_code == 422
    assert WHO in client.post(address, {"purpose": "核实线索"}).content.decode()
    assert AuditEntry.objects.get(verb="commitments.breach.informant").purpose == "核实线索"
    client.force_login(ClerkFactory())
    assert client.post(address, {"purpose": "好奇"}).status_code == 404


def test_history_keeps_a_report_without_who_told_it(letter, clerk):
    reported(letter, clerk)
    Tip.objects.update(account="改")
    (kept,) = AuditHistory.objects.filter(table_name="casework_tip")
    assert "informant" not in kept.old


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"account": " "}, "account"),
        ({"account": "举报人电话13800000000，身份证230102199003070015"}, "account"),
        ({"received_on": cases.TODAY + timedelta(days=1)}, "received_on"),
        ({"facts": ""}, "facts"),
    ],
)
def test_what_is_not_sound_is_refused_and_leaves_nothing(letter, clerk, changes, field):
    with pytest.raises(Refused) as refused:
        reported(letter, clerk, **changes)
    assert field in {finding.field for finding in refused.value.findings}
    assert not Case.objects.exists()
    assert not Tip.objects.exists()


def test_a_second_report_joins_no_second_case(letter, clerk):
    reported(letter, clerk)
    with pytest.raises(Conflict):
        reported(letter, clerk)
