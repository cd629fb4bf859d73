from __future__ import annotations

from datetime import date

from records.standards import registry
from records.standards.sections import Widget, sections
from records.tests.standards.rows import TODAY


def test_a_form_has_every_field_once_in_titled_sections():
    standard = registry.get("penalty-2018")
    made = sections(standard, TODAY)
    assert [each.title for each in made] == ["行政相对人", "决定文书", "内容", "日期和期限", "机关和来源", "本市补充"]
    assert sorted(item.field.code for section in made for item in section.items) == sorted(
        each.code for each in standard.fields
    )


def test_items_tell_widget_choices_and_conditions():
    items = {
        item.field.code: item for section in sections(registry.get("penalty-2018"), TODAY) for item in section.items
    }
    assert items["CF_CFLB"].widget is Widget.CHECKBOXES
    assert ("限制从业", "限制从业") in items["CF_CFLB"].choices
    assert items["CF_NR_FK"].required_when.any_of == ("罚款",)
    assert items["CF_YXQ"].long_term
    assert items["CF_SY"].widget is Widget.TEXTAREA
    permit = {
        item.field.code: item
        for section in sections(registry.get("permit-2018"), date(2026, 1, 1))
        for item in section.items
    }
    assert permit["XK_ZT"].choices == (("1", "有效"), ("2", "无效"))
    assert permit["XK_XKLB"].needs_text


def test_the_form_says_nothing_of_a_format_that_its_calendar_and_boxes_take_care_of():
    for standard in registry.all():
        for section in sections(standard, TODAY):
            for item in section.items:
                assert "YYYY" not in item.help
                assert "分开" not in item.help
