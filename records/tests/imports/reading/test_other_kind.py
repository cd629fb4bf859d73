"""A file of another kind than the chosen one is told as that: nothing is asked about its headers, and one click brings it where it belongs."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from credit_platform.errors import Conflict, Forbidden
from records.imports.batches import batches, engine
from records.models import CreditRecord, HeaderMapping, ImportBatch
from records.standards import registry
from records.standards.template import build_template
from records.tests.imports.samples import as_csv, bring, counts, penalty

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrong(penalties, permits, market_bureau, alice_clerk):
    return bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk, standard="permit-2018")


def test_the_wrong_kind_is_told_and_nothing_is_asked_or_remembered(wrong):
    assert wrong.state == "refused"
    assert wrong.refusal.startswith("这像是“行政处罚”的表格，您选择的是“行政许可”。")
    assert wrong.progress["other"] == "penalty-2018"
    assert not HeaderMapping.objects.exists()


def test_one_click_imports_it_as_what_it_is(wrong, alice_clerk, client):
    client.force_login(alice_clerk)
    page = client.get(reverse("records:import", args=[wrong.pk])).content.decode()
    assert "改按“行政处罚信息" in page
    answer = client.post(reverse("records:import-other-kind", args=[wrong.pk]), {"item": "XZCF-2018"})
    made = ImportBatch.objects.latest("pk")
    assert answer.url == reverse("records:import", args=[made.pk])
    assert counts(engine.run(made.pk)) == (1, 1, 0, 0)
    assert CreditRecord.objects.get().kind == "penalty"


def test_only_the_department_changes_the_kind_and_only_to_what_the_file_is(
    wrong, penalties, alice_clerk, dan_other_clerk
):
    with pytest.raises(Forbidden):
        batches.change_kind(wrong, "penalty-2018", penalties.item, by=dan_other_clerk)
    with pytest.raises(Conflict):
        batches.change_kind(wrong, "permit-2018", penalties.item, by=alice_clerk)


@pytest.mark.parametrize(
    "code", [each.code for each in registry.all() if each.kind in ("penalty", "permit", "registration")]
)
def test_our_own_templates_are_told_apart(code, penalties, permits, registrations, market_bureau, alice_clerk):
    """The blank template of every kind, chosen as each of the others."""
    data = build_template(registry.get(code), timezone.localdate())
    for chosen in ("penalty-2018", "permit-2018", "registration"):
        batch = bring(data, f"{code}.xlsx", market_bureau, alice_clerk, standard=chosen)
        assert batch.state == "refused"
        assert batch.progress.get("other") == (None if code == chosen else code)


def test_a_table_of_the_right_kind_with_strange_headers_is_still_asked_about(
    penalties, permits, market_bureau, alice_clerk
):
    data = as_csv([penalty(1, market_bureau)]).decode("utf-8-sig").replace("违法事实", "案情").encode()
    assert bring(data, "a.csv", market_bureau, alice_clerk).state == "mapping"
