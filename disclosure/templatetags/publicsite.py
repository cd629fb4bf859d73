"""Words of the public site in its templates."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from disclosure import kinds
from disclosure.public import entries
from records.identifiers import regions

register = template.Library()
register.filter("as_kind", kinds.kind)
register.filter("kind_label", kinds.label)
register.filter("gist", entries.gist)
register.filter("outcome", entries.outcome)
register.filter("source", entries.source)


@register.filter
def region_name(code: str) -> str:
    """The name of a district by its code, "" for none."""
    return regions.region_name(code) if code else ""


@register.filter
def marked(text: str, wanted: str) -> SafeString:
    """The text with every occurrence of the words that were looked for marked."""
    parts = text.split(wanted) if wanted else [text]
    return format_html_join(format_html("<mark>{}</mark>", wanted), "{}", ((part,) for part in parts))


@register.filter
def period(months: int | None) -> str:
    """A number of months as people say it: 3个月, 1年, 3年."""
    if not months:
        return "—"
    return f"{months // 12}年" if months % 12 == 0 else f"{months}个月"


@register.filter
def without(text: str, prefix: str) -> str:
    """A ground without the name of the document that the heading tells already."""
    return text.removeprefix(prefix).lstrip("：") or text


@register.filter
def bare_period(text: str) -> str:
    """How long, without the ground and the word on whether it runs, which the page tells above."""
    return text.rpartition("公示期为平台参数：")[2]


@register.filter
def bare_label(label: str) -> str:
    """A standard's label for people: without the unit, which the value has, and the counting of codes."""
    if label.startswith("行政相对人代码"):
        return "统一社会信用代码" if "统一" in label else label.partition("(")[2].rstrip(")") or label
    return label.replace("(万元)", "").replace("(元)", "")
