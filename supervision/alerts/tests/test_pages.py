"""The pages at the desk: what each shows and does, and that no alert is read anywhere else."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from casework.models import Case
from checks.tests import factories as checks
from credit_platform.accounts.tests.factories import AuditorFactory, ClerkFactory, ReviewerFactory
from records.models import CreditRecord
from reports import base_data as report_rows
from reports.models import ReportLayout
from reports.queries.gathering import content_of
from supervision.alerts.actions import backtesting
from supervision.alerts.actions.sweeping import sweep
from supervision.alerts.models import AlertCase, AlertRule, Backtest
from supervision.alerts.tests.factories import TODAY, alerted, case_in, office, penalty, rule, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("night")]


def page(client, name: str, *args, **data):
    return client.get(reverse(name, args=args), data)


def text(answer) -> str:
    return answer.content.decode()


def send(client, name: str, *args, **given):
    """A form as the page gives it, filled in and sent."""
    form = client.get(reverse(name, args=args)).context["form"]
    initial = {each.name: each.value() for each in form}
    filled = {key: value for key, value in initial.items() if value is not None} | given
    return client.post(reverse(name, args=args), filled)


def test_an_officer_finds_the_alert_its_facts_and_what_to_do(client):
    alert = alerted()
    client.force_login(ClerkFactory(department=alert.case.department))
    listed = text(page(client, "alert:cases"))
    assert alert.subject.name in listed
    assert "一年内多次受到行政处罚" in listed
    shown = text(page(client, "alert:case", alert.pk))
    for fact in alert.facts.all():
        assert fact.record.document_number in shown
    assert alert.rule.advice in shown
    assert "不是对主体的结论" in shown
    assert "信用预警，待签收" in text(client.get("/desk/"))


def test_the_steps_are_forms(client):
    alert = alerted()
    client.force_login(ReviewerFactory(department=alert.case.department))
    assert send(client, "alert:step", alert.pk, "acknowledge").status_code == 302
    assert send(client, "alert:step", alert.pk, "handle", plan="到店核实。").status_code == 302
    refused = send(client, "alert:step", alert.pk, "close", verdict="true", reason="属实。")
    assert (refused.status_code, "请选择处置方式" in text(refused)) == (422, True)
    record = alert.facts.first().record_id
    done = send(client, "alert:step", alert.pk, "close", verdict="wrong", wrong=record, reason="金额有误。")
    assert done.status_code == 302
    assert Case.objects.get(pk=alert.pk).state == "closed"
    asked = Case.objects.of("record-check").get()
    client.force_login(ClerkFactory(department=asked.department))
    assert "金额有误。" in text(page(client, "record_check:case", asked.pk))
    assert send(client, "record_check:step", asked.pk, "uphold", reason="与案卷一致。").status_code == 302


def test_an_interview_offers_the_records_of_the_own_department(client):
    case = case_in("handling")
    client.force_login(ReviewerFactory(department=case.department))
    offered = page(client, "alert:step", case.pk, "interview").context["form"].fields["record"].queryset
    assert {each.source_department_id for each in offered} == {case.department_id}
    record = offered.first()
    sent = send(client, "alert:step", case.pk, "interview", record=record.pk, facts="两次被罚。", demands="整改。")
    assert sent.status_code == 302
    assert AlertCase.objects.get(pk=case.pk).correction.subject == case.subject


def test_a_rule_is_revised_tested_tried_and_let_speak_on_its_pages(
    client, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("supervision.alerts.pages.backtests.run_backtest.delay", backtesting.run)
    row, first, second = rule("W01", "draft"), office(), office()
    penalty(on=date(2026, 3, 2))
    client.force_login(first)
    assert "一年内多次受到行政处罚" in text(page(client, "alert_rules:list"))
    bad = send(client, "alert_rules:revise", row.pk, clear_threshold=9)
    assert (bad.status_code, "解除值应小于触发值" in text(bad)) == (422, True)
    assert (
        send(client, "alert_rules:revise", row.pk, threshold=1, clear_threshold=0, p_kinds="penalty").status_code == 302
    )
    row.refresh_from_db()
    assert (row.threshold, row.parameters) == (1, {"kinds": ["penalty"], "without_minor": 1})
    with django_capture_on_commit_callbacks(execute=True):
        sent = send(client, "alert_rules:order", row.pk, first="2026-01-01", last="2026-11-20")
    test = Backtest.objects.get()
    assert sent.url == reverse("alert_rules:backtest", args=[test.pk])
    assert test.state == "done", "a worker begins once the order stands"
    shown = text(page(client, "alert_rules:backtest", test.pk))
    assert "会发出的预警" in shown
    assert "准确率" in text(page(client, "alert_rules:rule", row.pk))
    assert page(client, "alert_rules:backtest", test.pk, export="csv").status_code == 200
    assert client.post(reverse("alert_rules:act", args=[row.pk, "shadow"])).status_code == 302
    assert client.post(reverse("alert_rules:act", args=[row.pk, "activate"])).status_code == 403
    button = reverse("alert_rules:act", args=[row.pk, "activate"])
    assert button not in text(page(client, "alert_rules:rule", row.pk))
    sweep()
    assert CreditRecord.objects.get().subject.name in text(page(client, "alert_rules:firings", row.pk))
    client.force_login(second)
    assert button in text(page(client, "alert_rules:rule", row.pk))
    assert client.post(button).status_code == 302
    assert AlertRule.objects.get(pk=row.pk).state == "active"
    assert send(client, "alert_rules:end", row.pk, "pause", why="复核参数。").status_code == 302
    assert "复核参数。" in text(page(client, "alert_rules:rule", row.pk))


def test_a_back_test_tells_how_far_it_has_come_and_is_cancelled(client):
    row, by = rule("W01", "draft"), office()
    test = backtesting.order(row, first=date(2026, 1, 1), last=date(2026, 11, 20), by=by)
    Backtest.objects.filter(pk=test.pk).update(state="running", position=3, total=12)
    client.force_login(by)
    assert "已完成 3 步，共 12 步" in text(page(client, "alert_rules:backtest", test.pk))
    box = client.get(reverse("alert_rules:backtest", args=[test.pk]), HTTP_HX_REQUEST="true")
    assert "已完成 3 步" in text(box)
    assert client.post(reverse("alert_rules:cancel", args=[test.pk])).status_code == 302
    assert "已取消" in text(page(client, "alert_rules:backtest", test.pk))


def test_an_auditor_reads_rules_and_changes_none(client):
    row = rule("W01")
    client.force_login(AuditorFactory())
    assert page(client, "alert_rules:rule", row.pk).status_code == 200
    assert page(client, "alert_rules:revise", row.pk).status_code == 403
    assert page(client, "alert:cases").status_code == 403


def test_an_alert_is_in_no_public_page_report_or_check(client):
    case = take(case_in("handling"), "interview")
    own = AlertCase.objects.get(pk=case.pk)
    words = (case.number, own.rule.name, "预警")
    for address in (f"/subjects/{case.subject.code}/", f"/api/v1/subjects/{case.subject.code}/"):
        answer = client.get(address)
        assert not [each for each in words if each in text(answer)], address
    report_rows.load()
    layout = ReportLayout.objects.in_force(TODAY)[0].layout
    assert not [each for each in words if each in str(content_of(case.subject, layout, TODAY))]
    checks.measures()
    assert not [each for each in words if each in str(checks.asked(case.subject).payload)]
