"""An app above tells its standards, tables and catalogue items; a code belongs to one owner."""

from dataclasses import replace

import pytest

from records import base_data
from records.standards import codetables, registry
from records.standards.codetable import custom


def test_registering_the_same_again_is_harmless():
    standard, table = registry.get("commitment"), codetables.get("commitment-type")
    before = registry.all(), codetables.all_tables(), tuple(base_data._owned)
    registry.register(standard)
    codetables.register(table)
    base_data.register(*base_data._owned)
    assert (registry.all(), codetables.all_tables(), tuple(base_data._owned)) == before


def test_a_code_that_is_taken_is_refused_and_nothing_replaced():
    with pytest.raises(ValueError, match="penalty-2018"):
        registry.register(replace(registry.get("penalty-2018"), name="另一个"))
    with pytest.raises(ValueError, match="penalty-kind"):
        codetables.register(custom("penalty-kind", "另一个", ("甲",)))
    assert registry.get("penalty-2018").name != "另一个"


def test_current_standards_come_before_old_layouts_whoever_registered_them():
    old = [bool(each.accepted_as) for each in registry.all()]
    assert old == sorted(old)
    assert {"commitment", "commitment-fulfilment", "commitment-breach", "voluntary"} <= {
        each.code for each in registry.all()
    }


def test_forms_offer_what_was_registered_later():
    from records.forms.imports import BatchFilter

    assert "commitment" in dict(BatchFilter().form.fields["standard"].choices)
