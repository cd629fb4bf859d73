"""The fast drop-down says exactly what Django's templates say."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from credit_platform.web.form_renderer import KitRenderer

CHOICES = {
    "plain": [("", "全部"), ("a", "甲"), (7, '<乙> & "丙"')],
    "safe label": [("x", mark_safe("<b>粗</b>"))],
    "groups": [("市级", [("1", "市监局"), ("2", "住建局")]), ("其他", [("3", "它")])],
    "none": [],
}


class Form(forms.Form):
    field = forms.ChoiceField()


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("value", ["", "a", "2", 7])
@pytest.mark.parametrize(
    "attrs", [{}, {"class": "form-select", "aria-invalid": "true", "multiple": False, "disabled": True, "title": 'a"b'}]
)
def test_every_drop_down_is_the_same_sign_for_sign(name, value, attrs):
    widget = forms.Select(attrs=attrs, choices=CHOICES[name])
    assert widget.render("field", value, renderer=KitRenderer()) == widget.render(
        "field", value, renderer=DjangoTemplates()
    )


def test_other_widgets_and_subclasses_with_a_template_of_their_own_are_left_alone():
    for widget in (
        forms.TextInput(),
        forms.SelectMultiple(choices=CHOICES["plain"]),
        forms.RadioSelect(choices=CHOICES["plain"]),
    ):
        assert widget.render("f", "a", renderer=KitRenderer()) == widget.render("f", "a", renderer=DjangoTemplates())


def test_it_is_the_renderer_of_all_forms():
    assert isinstance(Form().renderer, KitRenderer)
