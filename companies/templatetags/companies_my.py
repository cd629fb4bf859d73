"""The menu of companies' pages."""

from __future__ import annotations

from typing import Any

from django import template

from companies import home

register = template.Library()


@register.simple_tag(takes_context=True)
def my_links(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Entries for `{% tabs %}`."""
    return [{"label": label, "url": url, "current": here} for label, url, here in home.links(context["request"].path)]
