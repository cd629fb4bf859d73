"""Forms and lists of the administration: messages that name their field, a sum of them on top, choices and empty lists in words."""

import pytest

from records.tests.factories import CatalogueEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, simon_system_admin):
    client.force_login(simon_system_admin)
    return client


def test_what_is_missing_is_named_at_its_field_and_summed_up_on_top(admin):
    page = admin.post("/admin/accounts/department/add/", {"code": "", "name": ""}).text
    assert "处需要更正" in page
    assert '<a href="#id_code">请填写部门代号。</a>' in page
    assert "该字段是必填项" not in page


def test_a_declared_field_is_named_as_well(admin):
    page = admin.post("/admin/records/catalogueentry/add/", {}).text
    assert "请选择适用主体。" in page
    assert "该字段是必填项" not in page


@pytest.mark.parametrize("address", ["accounts/department", "records/catalogueentry", "commitments/measure"])
def test_an_empty_choice_says_what_to_do_and_the_title_reads_as_one(admin, address):
    page = admin.get(f"/admin/{address}/add/").text
    assert "---------" not in page
    assert "<h1>增加" in page
    assert "<h1>增加 " not in page


def test_an_empty_list_says_what_to_do(admin):
    page = admin.get("/admin/disclosure/finethreshold/").text
    assert "还没有罚款数额标准，点“增加罚款数额标准”新建。" in page
    assert "没有符合条件的部门" in admin.get("/admin/accounts/department/?q=没有这个部门").text


def test_a_list_of_the_catalogue_names_the_standard(admin):
    CatalogueEntryFactory(standard="penalty-2018")
    page = admin.get("/admin/records/catalogueentry/").text
    assert "行政处罚" in page
    assert ">penalty-2018<" not in page


def test_what_is_only_read_is_in_words_and_has_nothing_to_save(admin):
    entry = CatalogueEntryFactory(
        standard="penalty-2018", version__state="issued", subject_kinds=["legal", "sole_trader"]
    )
    page = admin.get(f"/admin/records/catalogueentry/{entry.pk}/change/").text
    assert "法人及非法人组织、个体工商户" in page
    assert "sole_trader" not in page
    assert 'name="_save"' not in page
    assert 'name="_save"' not in admin.get(f"/admin/records/catalogueversion/{entry.version_id}/change/").text
