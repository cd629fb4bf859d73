"""Filters and tags of every page: `{% load kit %}`. docs/ui.md shows each in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from credit_platform.web import fields, formats, freshness, maps, navigation, preferences
from credit_platform.web.addresses import with_params
from credit_platform.web.export import FORMATS

register = template.Library()

SITE_NAME = "信用中国（黑龙江哈尔滨）"
TONES = ("neutral", "info", "good", "warn", "serious")


# --- filters

register.filter("masked", formats.masked)
register.filter("money_wan", formats.money_wan)
register.filter("money_yuan", formats.money_yuan)


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def cn_date(value: Any) -> str:
    return formats.cn_date(_local(value))


@register.filter
def cn_date_or_longterm(value: Any) -> str:
    return formats.cn_date_or_longterm(_local(value))


@register.filter
def cn_datetime(value: Any) -> str:
    return formats.cn_datetime(_local(value))


@register.filter
def thousands(value: Any) -> str:
    """1,234 for a number; anything else (a CappedCount, a dash) as it is."""
    number = formats.as_decimal(value)
    return str(value) if number is None else formats.plain(number)


# --- the frame


@register.simple_tag
def site_name() -> str:
    return SITE_NAME


@register.simple_tag(takes_context=True)
def large_type_class(context: Context) -> str:
    request = context.get("request")
    return "large-type" if request is not None and preferences.large_type(request) else ""


@register.simple_tag(takes_context=True)
def large_type_link(context: Context) -> str:
    """The switch of the large-type mode; a link, so that it works without JavaScript and without a form."""
    request = context.get("request")
    if request is None:
        return ""
    on = preferences.large_type(request)
    url = preferences.switch_url(request, on=not on)
    return format_html('<a class="head-link" rel="nofollow" href="{}">{}</a>', url, "标准字号" if on else "大字版")


@register.simple_tag(takes_context=True)
def public_nav(context: Context) -> list[navigation.Shown]:
    request = context.get("request")
    return navigation.for_public(request.path if request is not None else "")


@register.simple_tag(takes_context=True)
def desk_nav(context: Context) -> list[navigation.Group]:
    request = context.get("request")
    user = getattr(request, "user", None)
    return navigation.for_desk(user, request.path) if request is not None and navigation.signed_in(user) else []


@register.simple_tag(takes_context=True)
def who(context: Context) -> dict[str, Any]:
    """Name, department and roles of the person who has signed in."""
    user = context["request"].user
    department = getattr(user, "department", None)
    return {
        "name": getattr(user, "actor_name", str(user)),
        "department": str(department) if department else "",
        # An account named after its role does not say it twice.
        "roles": [label for label in getattr(user, "role_labels", ()) if label != getattr(user, "actor_name", "")],
    }


@register.simple_tag
def data_as_of() -> date | None:
    return freshness.data_as_of()


@register.simple_tag
def now_local() -> datetime:
    return timezone.localtime()


@register.inclusion_tag("kit/breadcrumbs.html")
def breadcrumbs(*parts: Any) -> dict[str, Any]:
    """Labels and addresses in turn, the last label is this page: `{% breadcrumbs "首页" "/" "行政许可" %}`. An address is
    a path, the name of one that takes no argument, or "" for no link; NoReverseMatch for anything else."""
    labels, urls = parts[::2], parts[1::2]
    crumbs = [{"label": label, "url": _address(urls[i]) if i < len(urls) else ""} for i, label in enumerate(labels)]
    return {"crumbs": crumbs}


def _address(target: Any) -> str:
    text = str(target)
    return text if not text or text.startswith(("/", "?", "#")) else reverse(text)


@register.simple_tag(takes_context=True)
def querystring_with(context: Context, **changes: Any) -> str:
    """`?…` with some parameters replaced: `{% querystring_with sort="due" %}`."""
    return with_params(context["request"].GET, **changes)


# --- pieces


@register.simple_tag
def status_tag(text: Any, tone: str = "neutral") -> str:
    """A word in a coloured frame; `tone` is one of neutral, info, good, warn, serious. The word says it all by itself."""
    if tone not in TONES:
        raise ImproperlyConfigured(f"unknown tone {tone!r}, one of {TONES}")
    return format_html('<span class="tag tag-{}">{}</span>', tone, text)


@register.inclusion_tag("kit/deadline_badge.html")
def deadline_badge(
    due: date | None, on: date | None = None, provisional: bool = False, done: bool = False
) -> dict[str, Any]:
    """A deadline with how it stands on the day `on` (today by default); calendar days, the working days were counted when
    the date was set."""
    today = on or timezone.localdate()
    word, tone = formats.deadline_words(due, today, done=done)
    return {"due": due, "text": formats.cn_date(due), "word": word, "tone": tone, "provisional": provisional}


@register.inclusion_tag("kit/stat.html")
def stat(label: str, value: Any, unit: str = "", note: str = "", serious: bool = False) -> dict[str, Any]:
    return {"label": label, "value": thousands(value), "unit": unit, "note": note, "serious": serious}


@register.inclusion_tag("kit/empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """What to do when there is nothing: `{% empty_state "没有符合条件的信息" "可以减少筛选条件。" "?" "清除条件" %}`."""
    return {"title": title, "text": text, "url": url, "action": action or "返回"}


@register.inclusion_tag("kit/sheet.html")
def sheet(rows: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A record as label and value: an iterable of pairs (None and "" read 未填)."""
    return {"rows": list(rows.items()) if isinstance(rows, Mapping) else list(rows)}


@register.inclusion_tag("kit/timeline.html")
def timeline(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Events with title and `moment` (with clock) or `on` (day); text, note, tone="serious", done as needed."""
    return {"events": events}


@register.inclusion_tag("kit/tabs.html")
def tabs(items: Sequence[Mapping[str, Any]], label: str = "分类") -> dict[str, Any]:
    """Tabs that are links: mappings with label, url, current and, if wanted, count."""
    return {"tabs": [{"count": None, "current": False, **item} for item in items], "label": label}


# --- lists


@register.inclusion_tag("kit/pager.html", takes_context=True)
def pager(context: Context, page: Any) -> dict[str, Any]:
    """First, previous and next page of a KeysetPage."""
    params = context["request"].GET
    return {
        "page": page,
        "first_url": with_params(params),
        "previous_url": with_params(params, cursor=page.previous_cursor),
        "next_url": with_params(params, cursor=page.next_cursor),
    }


@register.inclusion_tag("kit/filter_bar.html", takes_context=True)
def filter_bar(context: Context, filterset: Any) -> dict[str, Any]:
    """The form of a django-filter FilterSet; tab, order and page size are kept, the page starts again."""
    params = context["request"].GET
    kept = [(name, params[name]) for name in ("scope", "sort", "size") if params.get(name)]
    return {
        "form": filterset.form,
        "kept": kept,
        "active": any(
            value.strip()
            for name in params
            if name not in ("scope", "sort", "size", "cursor", "check")
            for value in params.getlist(name)
        ),
        "clear_url": "?" + "&".join(f"{name}={value}" for name, value in kept if value.isalnum()),
    }


@register.simple_tag
def idle_seconds() -> int:
    """After how much silence a session ends, for the page that warns of it."""
    return int(settings.SESSION_IDLE_SECONDS)


@register.inclusion_tag("kit/export_links.html", takes_context=True)
def export_links(context: Context, label: str = "导出全部筛选结果：") -> dict[str, Any]:
    """Links to the same list as a file; the view answers `?export=` with ListPage.export_response."""
    listing = context.get("listing")
    params = listing.asked if listing is not None else context["request"].GET
    return {
        "label": label,
        "links": [{"label": name, "url": with_params(params, export=form)} for form, name in FORMATS.items()],
    }


@register.inclusion_tag("kit/sort_links.html")
def sort_links(listing: Any) -> dict[str, Any]:
    """The choices of order of a ListPage."""
    return {"links": listing.sort_links(), "notice": listing.notice}


# --- forms


@register.inclusion_tag("kit/field.html")
def kit_field(field: Any, optional_mark: bool = True, wide: bool = False) -> dict[str, Any]:
    """Label, hint, error and control of one field, joined by aria attributes."""
    return fields.describe(field, optional_mark=optional_mark, wide=wide)


@register.inclusion_tag("kit/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """On top of a form: all errors, each a link to its field. Nothing when there are none."""
    return {"problems": fields.problems(form) if form.is_bound or form.errors else []}


# --- pictures


@register.inclusion_tag("kit/chart.html")
def chart(
    id: str, option: Mapping[str, Any], title: str, summary: str, headers: Sequence[str] = (), rows: Sequence[Any] = ()
) -> dict[str, Any]:
    """A chart (an ECharts option without functions) with a sentence that says what it shows and a table of its figures.
    The page adds `{% include "kit/chart_scripts.html" %}` in its scripts block."""
    return {
        "id": id, "data_id": f"{id}-data", "option": option, "title": title, "summary": summary,
        "headers": headers, "rows": rows,
    }  # fmt: skip


@register.inclusion_tag("kit/district_map.html")
def district_map(
    values: Mapping[str, Any], title: str, unit: str = "件", summary: str = "", id: str = "district-map"
) -> dict[str, Any]:
    """Figures by district code on the schematic map; a district without a figure reads 无数据."""
    return {"id": id, "title": title, "summary": summary} | maps.drawn(values, unit)
