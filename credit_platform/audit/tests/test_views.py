import csv
import io
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department
from credit_platform.audit import actions
from credit_platform.audit.models import AuditEntry
from credit_platform.audit.tests.test_chain import tamper
from credit_platform.tests.dead_broker import broker_away

pytestmark = pytest.mark.django_db

PAGES = ["/desk/audit/", "/desk/audit/chain/", "/desk/audit/stray/"]


@pytest.fixture
def auditor(client, arthur_auditor):
    client.force_login(arthur_auditor)
    return client


@pytest.mark.parametrize("address", [*PAGES, "/desk/audit/1/", "/desk/audit/?export=csv"])
@pytest.mark.parametrize("person", ["alice_clerk", "carol_credit_office", "simon_system_admin", "sarah_security_admin"])
def test_only_auditors_read_the_trail(client, address, person, request):
    client.force_login(request.getfixturevalue(person))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", PAGES)
def test_strangers_are_sent_to_the_log_in(client, address):
    assert client.get(address)["Location"].startswith("/accounts/login/")


def test_others_cannot_set_a_verification_going(client, alice_clerk):
    client.force_login(alice_clerk)
    assert client.post("/desk/audit/chain/verify/").status_code == 403
    assert not AuditEntry.objects.filter(verb__startswith="audit.").exists()


@pytest.mark.parametrize("address", PAGES)
def test_empty_pages_say_so(auditor, address):
    response = auditor.get(address)
    assert response.status_code == 200
    assert "empty-state" in response.text


def test_the_list_shows_who_did_what_to_whom(auditor, alice_clerk, market_bureau):
    actions.record("departments.update", market_bureau, by=alice_clerk, reason="更名")
    actions.look("subject.profile", by=alice_clerk, subject_ref="某公司", purpose="办理贷款审批", results=3)
    page = auditor.get("/desk/audit/").text
    for text in ("甲录入", "市场监管局", "修改部门", "更名", "某公司", "办理贷款审批", "结果 3 条"):
        assert text in page


def found(client, **asked):
    return [row["entry"].verb for row in client.get("/desk/audit/", asked).context["rows"]]


def test_filters(auditor, alice_clerk, market_client, market_bureau):
    actions.record("departments.update", market_bureau, by=alice_clerk)
    actions.record("records.enter", by=market_client)
    actions.record("audit.verify", by=SYSTEM)
    actions.look("subject.profile", by=alice_clerk, subject_ref="某公司", purpose="审批")
    assert found(auditor, who="甲录") == ["subject.profile", "departments.update"]
    assert found(auditor, who="ALICE") == ["subject.profile", "departments.update"]
    assert found(auditor, who="执法系统") == ["records.enter"]
    assert found(auditor, who="系统") == ["audit.verify", "records.enter"]
    assert found(auditor, who="没有此人") == []
    assert found(auditor, verb="departments.") == ["departments.update"]
    assert found(auditor, object="某公") == ["subject.profile"]
    assert found(auditor, object=str(market_bureau.pk)) == ["departments.update"]
    assert found(auditor, kind="look") == ["subject.profile"]
    today = timezone.localdate()
    assert len(found(auditor, since=today.isoformat(), until=today.isoformat())) == 4
    assert found(auditor, until=(today - timedelta(days=1)).isoformat()) == []


@pytest.mark.parametrize(
    "query",
    [
        "since=x",
        "until=2026-13-40",
        "kind=zzz",
        "cursor=abc",
        "sort=zzz",
        "size=-1",
        "who=" + "a" * 900,
        "object=%25%27%22",
        "since=9999-99-99",
        "export=pdf",
        "verb=%00",
    ],
)
def test_odd_questions_are_answered_and_never_a_500(auditor, query):
    assert auditor.get(f"/desk/audit/?{query}").status_code in (200, 400)


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "1"])
def test_an_unknown_entry_is_a_404(auditor, number):
    assert auditor.get(f"/desk/audit/{number}/").status_code == 404


def test_pages_follow_each_other_without_offset(auditor):
    for number in range(120):
        actions.record(f"test.{number:03}", by=SYSTEM)
    verbs, url = [], "/desk/audit/?size=50"
    while url:
        page = auditor.get(url).context["listing"].page
        verbs += [entry.verb for entry in page.items]
        url = f"/desk/audit/?size=50&cursor={page.next_cursor}" if page.has_next else ""
    assert verbs == [f"test.{number:03}" for number in reversed(range(120))]


def test_the_number_of_queries_does_not_depend_on_the_rows(auditor, alice_clerk, django_assert_max_num_queries):
    for _ in range(40):
        actions.record("test", by=alice_clerk)
    with django_assert_max_num_queries(10):
        auditor.get("/desk/audit/")


def test_the_export_is_neutralised_filtered_and_itself_an_entry(auditor, alice_clerk, arthur_auditor):
    actions.record("test.a", by=alice_clerk, reason="=HYPERLINK(1)")
    actions.record("test.b", by=alice_clerk)
    response = auditor.get("/desk/audit/?verb=test.a&export=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert [(row["动作代码"], row["理由"]) for row in rows] == [("test.a", "'=HYPERLINK(1)")]
    entry = AuditEntry.objects.get(verb="audit.export")
    assert (entry.actor_id, entry.detail) == (arthur_auditor.pk, {"filters": {"verb": "test.a"}, "format": "csv"})


def test_an_entry_shows_before_and_after_and_its_place_in_the_chain(auditor, market_bureau):
    entry = actions.record(
        "departments.update",
        market_bureau,
        by=SYSTEM,
        before={"name": "旧名", "level": "city"},
        after={"name": "<b>新名</b>", "level": "city"},
        members=[1, 2],
        detail={"来源": "文件"},
        unit_id=market_bureau.pk,
    )
    assert "等待入链" in auditor.get(f"/desk/audit/{entry.pk}/").text
    actions.seal()
    page = auditor.get(f"/desk/audit/{entry.pk}/").text
    for text in ("旧名", "&lt;b&gt;新名&lt;/b&gt;", "已变化", "未变化", "第 1 环", "共 2 项", "来源"):
        assert text in page


def test_the_chain_page_tells_the_last_link_and_what_waits_too_long(auditor):
    actions.record("test", by=SYSTEM)
    actions.seal()
    actions.record("test", by=SYSTEM)
    tamper("UPDATE audit_entry SET at = at - interval '1 hour'")
    page = auditor.get("/desk/audit/chain/").text
    assert "第 1 环" in page
    assert "未入链。请系统管理员检查" in page


@pytest.mark.parametrize("extent", ["recent", "whole", "odd"])
def test_a_verification_from_the_page_leaves_its_outcome(auditor, extent):
    altered = actions.record("test", by=SYSTEM)
    actions.seal()
    tamper("UPDATE audit_entry SET reason = 'x' WHERE id = %s", altered.pk)
    response = auditor.post("/desk/audit/chain/verify/", {"extent": extent}, follow=True)
    assert "不完整" in response.text
    assert AuditEntry.objects.get(verb="audit.verify").after["breaks"][0]["seq"] == 1


def test_a_whole_verification_says_when_nobody_can_do_it(auditor):
    with broker_away():
        response = auditor.post("/desk/audit/chain/verify/", {"extent": "whole"}, follow=True)
    assert "全链复核没有开始" in response.text
    assert "已开始复核全链" not in response.text


def test_stray_changes_are_listed(auditor, market_bureau):
    Department.objects.filter(pk=market_bureau.pk).update(name="改")
    page = auditor.get("/desk/audit/stray/").text
    assert "accounts_department" in page
    assert "UPDATE" in page


def test_what_a_client_or_the_system_did_has_a_page_too(auditor, market_client):
    for by in (market_client, SYSTEM):
        entry = actions.record("records.enter", by=by, after=json.loads('{"n": 1}'))
        assert auditor.get(f"/desk/audit/{entry.pk}/").status_code == 200


def test_an_entry_reads_in_words(auditor, alice_clerk, market_bureau):
    entry = actions.record(
        "departments.update",
        market_bureau,
        by=alice_clerk,
        before={"name": "旧名", "level": "city", "closed_on": None, "made_up": 1},
        after={"name": "新名", "level": "district", "closed_on": "2026-11-23", "made_up": 1},
        detail={"on": "2099-12-31", "period": ["第一行", "第二行"], "simulate": True, "filters": {"state": "draft"}},
    )
    page = auditor.get(f"/desk/audit/{entry.pk}/").text
    for text in ("全称", "市级", "区县（市）级", "2026年11月23日", "made_up", "长期", "第一行", "状态：draft"):
        assert text in page, text
    assert "['" not in page
    assert "<dt>模拟导入</dt><dd>是</dd>" in page
