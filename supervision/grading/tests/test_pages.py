"""The desk's pages: a sum read part by part, a trial from the button to its report."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from credit_platform.accounts.tests.factories import CreditOfficeFactory
from credit_platform.audit.models import AuditEntry
from disclosure.tests.factories import PublishedFactory, severe_penalty
from records.tests.factories import SubjectFactory
from supervision.grading.actions import trying
from supervision.grading.actions.computing import compute_due
from supervision.grading.models import Grade, GradeScheme, GradingModel, Trial
from supervision.grading.tests.factories import drawn, graded, internal, tried

pytestmark = pytest.mark.usefixtures("schemes", "today")


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def office(client):
    user = CreditOfficeFactory()
    client.force_login(user)
    return user


def test_a_grade_is_read_part_by_part_and_simulated(client, office):
    face = PublishedFactory(record=severe_penalty(), ends_on="2026-12-31")
    graded()
    page = text(client.get(reverse("grades:subject", args=[face.subject_id])))
    assert "严重失信行政处罚" in page
    assert face.document_number in page
    assert "计算至2026年12月31日" in page
    assert "自决定之日起计36个月" in page
    looked = AuditEntry.objects.filter(verb="grading.look").latest("pk")
    assert looked.actor_id == str(office.pk) or looked.actor_name == office.actor_name
    simulated = text(
        client.get(
            reverse("grades:subject", args=[face.subject_id]), {"without": [face.record_id, "x", "9" * 30, "9" * 5000]}
        )
    )
    assert "条记录不再计算时：B级，100分" in simulated


def test_the_lists_filter_and_export(client, office):
    face = PublishedFactory(record=severe_penalty())
    SubjectFactory()
    internal(SubjectFactory(name="哈尔滨示例风险有限公司"), "D")
    graded()
    assert "共 1 条" in text(client.get(reverse("grades:grades"), {"grade": "D"}))
    assert "共 1 条" in text(client.get(reverse("grades:grades"), {"q": face.subject.code}))
    assert "示例风险" in text(client.get(reverse("grades:received"), {"q": "示例风险"}))
    lines = (
        b"".join(client.get(reverse("grades:grades"), {"grade": "D", "export": "csv"})).decode("utf-8-sig").splitlines()
    )
    assert len(lines) == 2
    assert face.subject.name in lines[1]


def test_from_a_draft_to_a_version_in_use(client, office, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("supervision.grading.tasks.try_out.delay", trying.run)
    monkeypatch.setattr("supervision.grading.tasks.compute.delay", compute_due)
    SubjectFactory()
    client.post(reverse("grades:model-new"), {"name": "示例模型", "basis": "示例依据"})
    row = GradingModel.objects.get()
    line = row.indicators.get(code="CF1")
    given = {
        "code": "CF1",
        "name": "一般处罚",
        "kinds": ["penalty"],
        "severities": ["一般"],
        "points": "-10",
        "weight": "1",
        "version_seen": "1",
    }
    answer = client.post(reverse("grades:line", args=[row.pk, "indicator", line.pk]), given)
    assert answer.status_code == 302
    answer = client.post(reverse("grades:line", args=[row.pk, "indicator", line.pk]), given)
    assert answer.status_code == 409, "somebody saved meanwhile"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("grades:trial-order", args=[row.pk]))
    assert "无法判断" in text(client.get(answer.url))
    assert client.post(reverse("grades:model-step", args=[row.pk, "propose"]), {"form_token": ""}).status_code == 302
    assert "adopt/" not in text(client.get(reverse("grades:model", args=[row.pk])))
    assert client.post(reverse("grades:model-step", args=[row.pk, "adopt"]), {"reason": "首次"}).status_code == 403
    client.force_login(CreditOfficeFactory())
    refused = client.post(reverse("grades:model-step", args=[row.pk, "adopt"]), {"reason": ""})
    assert refused.status_code == 422
    assert "请说明采用的理由" in text(refused)
    with django_capture_on_commit_callbacks(execute=True):
        adopted = client.post(reverse("grades:model-step", args=[row.pk, "adopt"]), {"reason": "首次采用"})
    assert adopted.status_code == 302
    row.refresh_from_db()
    assert row.state == "adopted"
    assert Grade.objects.get().model == row, "a worker computes once the adoption stands"


@pytest.mark.parametrize("more", [{"code": "CF2"}, {"values": "长" * 101, "field": "CF_NR"}], ids=["code", "value"])
def test_a_line_that_does_not_fit_is_told_and_what_was_typed_stays(client, office, more):
    row = drawn(office)
    given = {"code": "ZZ1", "name": "示例指标", "kinds": ["penalty"], "points": "-10", "weight": "1"} | more
    answer = client.post(reverse("grades:line-new", args=[row.pk, "indicator"]), given | {"version_seen": row.version})
    assert answer.status_code == 422
    assert "示例指标" in text(answer)
    assert not row.indicators.filter(name="示例指标").exists()


def test_a_gap_is_told_at_the_button(client, office):
    row = drawn(office)
    row.bands.filter(grade="C").update(lowest=76)
    page = text(client.post(reverse("grades:trial-order", args=[row.pk]), follow=True))
    assert "之间有空档或者重叠" in page
    assert not Trial.objects.exists()


def test_a_running_trial_is_told_and_cancelled(client, office):
    trial = trying.order(drawn(office), by=office)
    assert "取消试算" in text(client.get(reverse("grades:trial", args=[trial.pk])))
    client.post(reverse("grades:trial-cancel", args=[trial.pk]))
    assert "已取消" in text(client.get(reverse("grades:trial", args=[trial.pk])))


def test_a_report_of_a_trial_shows_every_table(client, office):
    SubjectFactory(district="230102")
    page = text(client.get(reverse("grades:trial", args=[tried().trials.get().pk])))
    for heading in ("检查结果印证", "等级变化", "按主体类别", "按企业类型", "按登记地"):
        assert heading in page
    assert "（无等级）" in page


def test_empty_pages_say_what_to_do(client, office):
    assert "还没有使用中的分级模型" in text(client.get(reverse("grades:grades")))
    assert "还没有收到等级" in text(client.get(reverse("grades:received")))
    assert "黑龙江省行业监管信用等级" in text(client.get(reverse("grades:tiers")))


def test_the_table_of_tiers_is_read_also_when_a_scale_was_changed(client, office):
    """A grade that is not on its scheme's scale cannot be entered; a row from before the scale was changed stays readable, behind the others."""
    scheme = GradeScheme.objects.get(code="HJ-XY")
    rule = scheme.tiers.get(grade="红")
    rule.full_clean()
    GradeScheme.objects.filter(pk=scheme.pk).update(scale=["绿", "蓝", "黄"], public_grades=[])
    rule.refresh_from_db()
    with pytest.raises(ValidationError, match="绿、蓝、黄"):
        rule.full_clean()
    shown = text(client.get(reverse("grades:tiers"))).partition("企业环境信用评价")[2]
    assert shown.index("黄 ") < shown.index("红 ")
