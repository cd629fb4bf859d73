"""The list as an installation begins with it, as a workbook, in the administration, and in public."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, SystemAdminFactory
from credit_platform.editions.workbook.plan import plan, take
from credit_platform.editions.workbook.read import checked, content_of
from credit_platform.editions.workbook.write import workbook
from credit_platform.errors import Conflict, Forbidden, Refused
from sanctions import base_data
from sanctions.lists.models import CreditList
from sanctions.lists.tests.factories import SeriousListFactory
from sanctions.measures import base_data as start
from sanctions.measures import rules
from sanctions.measures.actions import LISTS
from sanctions.measures.models import MatterField, MeasureEntry, MeasureList
from sanctions.measures.start_list import FIELDS, MEASURES
from sanctions.measures.tests.factories import (
    AutonomousEntryFactory,
    BanEntryFactory,
    DraftListFactory,
    FieldFactory,
    MeasureFactory,
    WeighedEntryFactory,
)
from sanctions.measures.workbook import WORKBOOK

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    for name in sorted({each for row in MEASURES for each in row.departments}):
        DepartmentFactory(short_name=name)
    base_data.load()
    return MeasureList.objects.get()


def test_an_installation_begins_with_every_measure_in_force_and_each_is_sound(loaded):
    rows = list(LISTS.of(loaded))
    assert [row.measure.code for row in rows] == [each.code for each in MEASURES]
    assert loaded.state == "issued"
    assert not [finding for row in rows for finding in LISTS.unsound(row)]
    assert set(MatterField.objects.values_list("code", flat=True)) == {code for code, _ in FIELDS}
    named = {name for row in rows for name in row.departments.values_list("short_name", flat=True)}
    assert named == {each for row in MEASURES for each in row.departments}


def test_the_start_list_names_lists_that_there_are(loaded):
    known = set(CreditList.objects.values_list("code", flat=True))
    named = {code for row in MEASURES for code in row.lists if not code.startswith("@")}
    assert named <= known
    assert {code for row in MEASURES for code in row.matters} <= {"*", *(code for code, _ in FIELDS)}


def test_what_banks_and_insurers_do_is_no_duty_in_the_start_list(loaded):
    autonomous = MeasureEntry.objects.filter(kind="autonomous")
    assert set(autonomous.values_list("measure__code", flat=True)) == {"M13", "M14"}
    assert not autonomous.duties().exists()


def test_loading_again_changes_nothing(loaded):
    before = list(MeasureEntry.objects.values())
    assert start.load() == []
    assert list(MeasureEntry.objects.values()) == before


def test_without_departments_nothing_is_issued():
    base_data.load()
    assert not MeasureList.objects.exists()


def test_the_workbook_read_back_changes_nothing(loaded):
    draft = LISTS.new_from(
        loaded, by=SystemAdminFactory(), code="cs-2", name="第二版", basis="示例", valid_from=date(2027, 1, 1)
    )
    rows, problems = checked(WORKBOOK, content_of(WORKBOOK, workbook(WORKBOOK, loaded), "清单.xlsx"))
    assert problems == []
    made = plan(WORKBOOK, draft, rows)
    assert (made.changes.added, made.changes.changed, made.changes.removed) == ([], [], [])
    take(WORKBOOK, draft, rows, by=SystemAdminFactory(), seen=made.stamp)
    assert LISTS.compare(loaded, draft).same == len(MEASURES)


def test_a_workbook_with_an_unknown_list_is_refused_at_its_cell():
    SeriousListFactory(code="CS-01")
    FieldFactory()
    entry = WeighedEntryFactory(lists=["CS-01"])
    data = workbook(WORKBOOK, entry.edition)
    CreditList.objects.filter(code="CS-01").update(code="CS-09")
    _, problems = checked(WORKBOOK, content_of(WORKBOOK, data, "清单.xlsx"))
    assert [(each.row, "触发名单" in each.column, each.text) for each in problems] == [
        (3, True, "没有编码为“CS-01”的名单。")
    ]


def test_a_draft_refuses_what_the_rules_refuse_and_an_issued_edition_everything():
    FieldFactory()
    draft, measure, by = DraftListFactory(), MeasureFactory(), SystemAdminFactory()
    values = {
        "kind": "autonomous", "force": "must", "whom": "both", "lists": ["@serious"], "matters": ["procurement"], "term": "entry",
        "authority": "银行", "basis": "基础清单", "legal_text": "条文",
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        LISTS.save_entry(draft, measure, values, by=by)
    assert [each.rule for each in refused.value.findings] == ["measure.autonomous"]
    entry = LISTS.save_entry(draft, measure, values | {"force": "inform"}, by=by)
    LISTS.issue(draft, by=by, reason="示例")
    with pytest.raises(Conflict):
        LISTS.save_entry(draft, measure, values | {"force": "inform"}, by=by)
    assert not entry.facts.is_duty


def test_only_the_system_administrator_draws_the_list_up():
    with pytest.raises(Forbidden):
        LISTS.new("cs-3", "第三版", by=ClerkFactory(), basis="示例", valid_from=date(2027, 1, 1))


def test_the_administration_shows_an_entry_in_words_and_takes_a_new_one(client):
    SeriousListFactory(code="CS-01")
    FieldFactory()
    client.force_login(SystemAdminFactory())
    entry = BanEntryFactory(lists=["CS-01"], documents=["penalty"])
    page = client.get(reverse("admin:sanctions_measureentry_change", args=[entry.pk])).content.decode()
    assert "示例严重失信主体名单CS-01" in page
    assert "行政处罚决定" in page
    draft, measure = DraftListFactory(), MeasureFactory()
    given = {
        "edition": draft.pk, "measure": measure.pk, "kind": "managing", "force": "weigh", "whom": "both", "lists": ["@serious", "CS-01"],
        "matters": ["*"], "term": "entry", "authority": "示例部门", "basis": "《示例条例》", "legal_text": "条文", "position": "1",
    }  # fmt: skip
    wrong = client.post(reverse("admin:sanctions_measureentry_add"), given | {"kind": "autonomous"})
    assert "约束力只能是“仅供参考”" in wrong.content.decode()
    assert client.post(reverse("admin:sanctions_measureentry_add"), given).status_code == 302
    assert MeasureEntry.objects.get(edition=draft).lists == ["@serious", "CS-01"]


def test_a_field_of_matters_is_kept_with_its_codes(client):
    client.force_login(SystemAdminFactory())
    given = {"code": "food", "name": "食品生产经营许可", "matters": "230100-SP-001,230100-SP-002"}
    assert client.post(reverse("admin:sanctions_matterfield_add"), given).status_code == 302
    assert MatterField.objects.get(code="food").matters == ["230100-SP-001", "230100-SP-002"]


def test_the_public_reads_the_list_in_force_with_its_law(client):
    FieldFactory()
    SeriousListFactory(code="CS-01")
    entry, bank = WeighedEntryFactory(), AutonomousEntryFactory()
    page = client.get("/measures/").content.decode()
    assert entry.measure.name in page
    assert "各严重失信主体名单" in page
    one = client.get(f"/measures/{entry.measure.code}/").content.decode()
    assert "有关部门应当将其作为重要考量因素。" in one
    assert "不是行政机关的义务" in client.get(f"/measures/{bank.measure.code}/").content.decode()
    assert client.get("/measures/X-1/").status_code == 404


def test_the_public_list_is_filtered_and_exported_alike(client):
    FieldFactory()
    SeriousListFactory(code="CS-01")
    SeriousListFactory(code="CS-02")
    mine, other = BanEntryFactory(lists=["CS-01"]), BanEntryFactory(lists=["CS-02"])
    page = client.get("/measures/?list=CS-01").content.decode()
    assert mine.measure.name in page
    assert other.measure.name not in page
    told = b"".join(client.get("/measures/?list=CS-01&export=csv").streaming_content).decode()
    assert mine.measure.code in told
    assert other.measure.code not in told
    assert client.get("/measures/?list=XX").status_code == 422
    assert mine.measure.name in client.get("/measures/?matter=procurement").content.decode()
    assert mine.measure.name not in client.get(f"/measures/?q={other.measure.code}").content.decode()


def test_the_public_compares_editions(client):
    FieldFactory()
    entry = WeighedEntryFactory()
    by = SystemAdminFactory()
    later = LISTS.new_from(
        entry.edition, by=by, code="cs-later", name="第二版", basis="示例", valid_from=date(2027, 1, 1)
    )
    LISTS.save_entry(later, entry.measure, {"legal_text": "新的条文。"}, by=by)
    LISTS.issue(later, by=by)
    page = re.sub(r"\s+", "", client.get("/measures/compare/").content.decode())
    assert "新的条文。" in page
    assert entry.measure.name in page


def test_a_draft_is_not_public(client):
    FieldFactory()
    draft = WeighedEntryFactory(edition=DraftListFactory())
    assert client.get(f"/measures/{draft.measure.code}/").status_code == 404
    assert draft.measure.name not in client.get("/measures/").content.decode()
    assert LISTS.permission == rules.MANAGE
