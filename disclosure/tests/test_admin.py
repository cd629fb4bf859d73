import pytest
from django.core.management import call_command

from credit_platform.audit.models import AuditEntry
from disclosure.models import FineThreshold, RuleSet
from disclosure.tests.factories import DisclosureFactory

pytestmark = pytest.mark.django_db


def test_the_system_administrator_keeps_the_rules(client, simon_system_admin):
    client.force_login(simon_system_admin)
    for name in ("ruleset", "periodrule", "finethreshold"):
        assert client.get(f"/admin/disclosure/{name}/").status_code == 200
    data = {
        "domain": "食品", "subject_kind": "", "severity": "一般", "amount_wan": "5", "valid_from": "2026-06-01", "basis": "示例标准",
    }  # fmt: skip
    client.post("/admin/disclosure/finethreshold/add/", data)
    assert FineThreshold.objects.get().severity == "一般"
    assert AuditEntry.objects.filter(verb="disclosure.finethreshold.add").exists()
    shown = client.get("/admin/disclosure/periodrule/?severity=none")
    assert "不分类别" in shown.content.decode()
    assert {row.severity for row in shown.context["cl"].result_list} == {""}
    assert {
        row.severity for row in client.get("/admin/disclosure/periodrule/?severity=一般").context["cl"].result_list
    } == {"一般"}
    rule = RuleSet.objects.get(code="R3")
    assert client.post(f"/admin/disclosure/ruleset/{rule.pk}/delete/").status_code == 403


@pytest.mark.parametrize("who", ["bob_reviewer", "arthur_auditor", "sarah_security_admin"])
def test_nobody_else_does(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/admin/disclosure/ruleset/").status_code in (302, 403)


def test_the_recount_command_names_what_differs(capsys):
    DisclosureFactory()
    call_command("recount_timeliness")
    assert "差异 2 处" in capsys.readouterr().out
    call_command("recount_timeliness")
    assert "一致" in capsys.readouterr().out
