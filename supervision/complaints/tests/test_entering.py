"""A complaint and a report of a violation by the form at the desk: through the same door as a file."""

from __future__ import annotations

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from records.models import CreditRecord, ImportBatch
from supervision.complaints.actions import open_report
from supervision.complaints.models import Complaint, ViolationReport
from supervision.complaints.tests.factories import WHO, open_row, report_row, row, take

pytestmark = pytest.mark.django_db
NEW = "/desk/complaints/new/"


@pytest.fixture
def desk(bureau, client):
    """A clerk of the bureau, signed in."""
    client.force_login(ClerkFactory(department=bureau))
    return client


def sent(desk, given):
    token = desk.get(NEW).context["form"]["form_token"].value()
    return desk.post(NEW, given | {"form_token": token})


def test_a_complaint_of_the_form_is_one_like_that_of_a_file(desk, bureau):
    page = sent(desk, row(1, bureau))
    made = Complaint.objects.get()
    assert page.url == reverse("complaints:complaint", args=[made.pk])
    take([row(2, bureau, firm=2)], bureau)
    by_form, by_file = CreditRecord.objects.order_by("pk")
    told = {"TS_BH", "TS_XDR_MC", "TS_XDR_SHXYM"}
    assert {key: value for key, value in by_form.content.items() if key not in told} == {
        key: value for key, value in by_file.content.items() if key not in told
    }
    assert by_form.disclosure.state == by_file.disclosure.state == "published"
    assert WHO not in str(by_form.content)
    batch = ImportBatch.objects.order_by("pk").first()
    assert batch.channel == ImportBatch.Channel.DESK
    assert "逐件登记" in desk.get(reverse("records:import", args=[batch.pk])).content.decode()


def test_its_end_is_entered_by_the_form_too(desk, bureau):
    sent(desk, open_row(1, bureau))
    assert not Complaint.objects.get().record.disclosure.published_on
    sent(desk, row(1, bureau))
    assert Complaint.objects.get().record.disclosure.state == "published"


def test_a_report_of_a_violation_is_sealed_and_leaves_nothing_on_the_firm(desk, bureau):
    page = sent(desk, report_row(500, bureau))
    made = ViolationReport.objects.get()
    assert page.url == reverse("complaints:report", args=[made.pk])
    assert not CreditRecord.objects.exists()
    assert "李芳" not in desk.get(page.url).content.decode()
    said = open_report(made, by=ReviewerFactory(department=bureau), purpose="核查举报")
    assert "过期原料" in str(said)


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(desk, bureau):
    page = sent(desk, row(1, bureau, TS_BLJG=None, TS_LB="不存在的类别"))
    assert page.status_code == 422
    assert {"TS_BLJG", "TS_LB"} <= set(page.context["form"].errors)
    assert page.context["form"]["TS_NR"].value().startswith(WHO), "what was typed stays"
    assert not Complaint.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_number_of_another_department_is_refused(desk, bureau):
    other = DepartmentFactory()
    take([row(1, other)], other)
    page = sent(desk, row(1, bureau))
    assert (page.status_code, "已由" in page.content.decode()) == (422, True)
    assert Complaint.objects.get().department == other


def test_a_second_click_takes_nothing_in_twice(desk, bureau):
    given = row(1, bureau) | {"form_token": desk.get(NEW).context["form"]["form_token"].value()}
    assert desk.post(NEW, given).url == desk.post(NEW, given).url
    assert ImportBatch.objects.count() == 1
