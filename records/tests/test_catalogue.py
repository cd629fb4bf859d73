"""Editions of the catalogue: drafts are edited, issued ones stand; the guard against what is not in force; comparison."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import DepartmentFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from records import actions, base_data, queries
from records.actions.catalogue import CATALOGUE
from records.models import CatalogueEntry, CatalogueItem, CatalogueVersion, CodeExemption
from records.tests import factories

LOCAL_FIELDS = [
    {"code": "MC", "label": "名称", "type": "text", "required": True, "role": "subject_name"},
    {"code": "DM", "label": "统一社会信用代码", "type": "uscc", "required": True, "role": "uscc"},
    {"code": "WH", "label": "文书号", "type": "document_number", "required": True, "role": "document_number"},
    {"code": "RQ", "label": "认定日期", "type": "date", "required": True, "role": "decided_on"},
]


@pytest.fixture
def in_force(db: None) -> CatalogueVersion:
    return factories.PenaltyEntryFactory().version


def draft_of(version: CatalogueVersion, by: User, day: datetime.date = datetime.date(2026, 12, 1)) -> CatalogueVersion:
    return actions.new_version_from(
        version, by=by, code="next", name="示例市公共信用信息目录（2026版）", basis="示例文件二", valid_from=day
    )


def test_a_new_edition_begins_with_the_entries_of_the_former(
    in_force: CatalogueVersion, simon_system_admin: User
) -> None:
    provider = DepartmentFactory()
    in_force.entries.get().providers.add(provider)
    draft = draft_of(in_force, simon_system_admin)
    copied = draft.entries.get()
    assert draft.state == "draft"
    assert (copied.item.code, copied.standard, list(copied.providers.all())) == (
        "XZCF-2018",
        "penalty-2018",
        [provider],
    )
    assert CATALOGUE.compare(in_force, draft).same == 1


def test_issuing_closes_the_former_edition_the_day_before(in_force: CatalogueVersion, simon_system_admin: User) -> None:
    draft = draft_of(in_force, simon_system_admin)
    actions.issue(draft, by=simon_system_admin)
    in_force.refresh_from_db()
    assert in_force.valid_until == datetime.date(2026, 11, 30)
    assert CatalogueVersion.objects.in_force(datetime.date(2026, 11, 30)).get() == in_force
    assert CatalogueVersion.objects.in_force(datetime.date(2026, 12, 1)).get() == draft
    assert AuditEntry.objects.filter(verb="catalogue.issue").count() == 1


def test_an_issued_edition_is_not_changed_any_more(in_force: CatalogueVersion, simon_system_admin: User) -> None:
    item = in_force.entries.get().item
    with pytest.raises(Conflict, match="已发布"):
        actions.save_entry(in_force, item, {"cycle": "每月"}, by=simon_system_admin)
    with pytest.raises(Conflict):
        actions.remove_entry(in_force.entries.get(), by=simon_system_admin, reason="不再归集")


def test_an_edition_that_would_overlap_or_is_empty_or_unsound_is_refused(
    in_force: CatalogueVersion, simon_system_admin: User
) -> None:
    same_day = draft_of(in_force, simon_system_admin, in_force.valid_from)
    with pytest.raises(Refused, match="不早于本版本"):
        actions.issue(same_day, by=simon_system_admin)
    with pytest.raises(Refused, match="还没有条目"):
        actions.issue(factories.DraftVersionFactory(), by=simon_system_admin)
    unsound = factories.CatalogueEntryFactory(version=factories.DraftVersionFactory(), standard="no-such").version
    with pytest.raises(Refused, match="不符合要求") as told:
        actions.issue(unsound, by=simon_system_admin)
    assert ["XZCF-2018" in each.text for each in told.value.findings] == [True]


def test_repealing_stops_entries_at_once(
    in_force: CatalogueVersion, simon_system_admin: User, alice_clerk: User
) -> None:
    with pytest.raises(Refused, match="废止理由"):
        actions.repeal(in_force, by=simon_system_admin, reason=" ")
    actions.repeal(in_force, by=simon_system_admin, reason="上位法修改")
    with pytest.raises(Refused, match="penalty-2018"):
        queries.entry_for("penalty-2018", item=None, department=alice_clerk.department, on=datetime.date(2026, 11, 23))


@pytest.mark.parametrize("who", ["alice_clerk", "carol_credit_office", "sarah_security_admin", "arthur_auditor"])
def test_only_the_system_administrator_touches_the_catalogue(
    who: str, in_force: CatalogueVersion, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(Forbidden):
        draft_of(in_force, person)
    with pytest.raises(Forbidden):
        actions.repeal(in_force, by=person, reason="无")
    with pytest.raises(Forbidden):
        actions.add_exemption("91350203M0001FUE2P", "证明", by=person)


def test_the_comparison_names_added_removed_and_changed_fields(
    in_force: CatalogueVersion, simon_system_admin: User
) -> None:
    gone = factories.PermitEntryFactory(version=in_force)
    draft = draft_of(in_force, simon_system_admin)
    actions.remove_entry(draft.entries.get(item=gone.item), by=simon_system_admin, reason="并入其他事项")
    penalty = draft.entries.get()
    provider = DepartmentFactory(name="示例市甲局")
    actions.save_entry(
        draft,
        penalty.item,
        {"visibility": "shared", "subject_kinds": ["legal"]},
        by=simon_system_admin,
        chosen=[provider],
    )
    added = factories.CatalogueItemFactory(code="NEW-1", name="新增事项")
    values = {"category": "honour", "basis": "示例", "visibility": "public", "cycle": "每月", "standard": "act-award"}
    actions.save_entry(draft, added, values | {"publication": "on_entry"}, by=simon_system_admin)
    result = CATALOGUE.compare(in_force, draft)
    assert [each.code for each in result.added] == ["NEW-1"]
    assert [each.code for each in result.removed] == [gone.item.code]
    (changed,) = result.changed
    assert {(d.label, d.before, d.after) for d in changed.differences} == {
        ("公开属性", "社会公开", "政务共享"),
        ("适用主体", "法人及非法人组织、个体工商户、自然人", "法人及非法人组织"),
        ("提供单位", "各有权部门", "示例市甲局"),
    }


def test_a_local_item_needs_a_sound_list_of_fields_and_can_then_be_entered(
    simon_system_admin: User, alice_clerk: User, db: None
) -> None:
    draft = factories.DraftVersionFactory(valid_from=datetime.date(2020, 1, 1))
    item = factories.CatalogueItemFactory(code="BD-0001", name="示例认定信息")
    values = {
        "category": "honour",
        "basis": "示例文件",
        "visibility": "shared",
        "cycle": "每月",
        "standard": "local",
        "publication": "not_published",
    }
    with pytest.raises(Refused):
        actions.save_entry(draft, item, values | {"fields": [{"code": "x"}]}, by=simon_system_admin)
    actions.save_entry(draft, item, values | {"fields": LOCAL_FIELDS}, by=simon_system_admin)
    actions.issue(draft, by=simon_system_admin)
    row = {"MC": "哈尔滨示例商贸有限公司", "DM": factories.valid_code(1), "WH": "认字1号", "RQ": "2026-03-01"}
    record = actions.enter("local", row, by=alice_clerk, department=alice_clerk.department, item=item)
    assert (record.subject.code, record.document_number) == (factories.valid_code(1), "认字1号")
    assert queries.standard_of(record.standard, item).name == "示例认定信息"
    assert [each.label for each in queries.fields_of(record, own=True)] == [
        "名称",
        "统一社会信用代码",
        "文书号",
        "认定日期",
    ]


def test_an_exempt_code_is_a_warning_from_then_on(
    simon_system_admin: User, alice_clerk: User, in_force: CatalogueVersion
) -> None:
    from records.tests.test_entry import penalty

    row = penalty(alice_clerk.department, CF_XDR_SHXYM="91350203M0001FUE2P")
    with pytest.raises(Refused):
        actions.enter("penalty-2018", row, by=alice_clerk, department=alice_clerk.department)
    actions.add_exemption("91350203m0001fue2p", "登记机关公示页面", by=simon_system_admin)
    record = actions.enter("penalty-2018", row, by=alice_clerk, department=alice_clerk.department)
    assert "uscc.exempt" in [warning["rule"] for warning in record.warnings]
    with pytest.raises(Refused, match="不需要登记"):
        actions.add_exemption(factories.valid_code(1), "证明", by=simon_system_admin)


@pytest.mark.django_db
def test_base_data_are_loaded_once_and_stay_as_they_were_changed() -> None:
    call_command("load_base", verbosity=0)
    version = CatalogueVersion.objects.get()
    assert version.state == "issued"
    assert version.entries.count() == 1 + len(base_data.ACTS) + len(base_data._owned)
    assert CodeExemption.objects.count() == 2
    assert set(CatalogueEntry.objects.values_list("standard", flat=True)) >= {
        "registration",
        "permit-2018",
        "act-award",
    }
    CatalogueVersion.objects.update(name="改过的名称")
    call_command("load_base", verbosity=0)
    assert CatalogueVersion.objects.get().name == "改过的名称"
    assert AuditEntry.objects.filter(actor_name=SYSTEM.actor_name, verb="catalogue.issue").count() == 1


@pytest.mark.django_db
def test_an_edition_issued_before_commitments_receives_their_items_once() -> None:
    call_command("load_base", verbosity=0)
    late = ("XYCN", "XYLY", "XYWN", "ZZSB")
    CatalogueEntry.objects.filter(item__code__in=late).delete()
    CatalogueItem.objects.filter(code__in=late).delete()
    call_command("load_base", verbosity=0)
    assert CatalogueEntry.objects.in_force(timezone.localdate()).filter(item__code__in=late).count() == 4
    assert AuditEntry.objects.filter(verb="catalogue.supplement").count() == 4
    CatalogueEntry.objects.filter(item__code="ZZSB").delete()
    call_command("load_base", verbosity=0)
    assert not CatalogueEntry.objects.filter(item__code="ZZSB").exists(), "what was taken out of an edition stays out"
