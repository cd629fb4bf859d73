"""How grades and tiers are written on a page."""

from __future__ import annotations

from decimal import Decimal

from django import template

from credit_platform.web.templatetags.kit import status_tag
from supervision.grading.queries.explained import plain as plain_number
from supervision.grading.rules.tiers import LABELS, TONES, Tier

register = template.Library()


@register.simple_tag
def tier_tag(tier: str) -> str:
    """A tier as a word with its colour."""
    return status_tag(LABELS[Tier(tier)], TONES[Tier(tier)])


@register.filter
def plain(number: Decimal) -> str:
    """A number without idle zeros."""
    return plain_number(number)


@register.filter
def signed(number: Decimal) -> str:
    """Points with their sign: +5, -12."""
    return f"+{plain_number(number)}" if number > 0 else plain_number(number)
