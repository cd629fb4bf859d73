"""What of a kind may be sent: the public fields of its standards. A first mapping is made of them."""

from __future__ import annotations

from exchange.rules.mappings import FACTS
from records.standards import registry


def public_fields(kind: str) -> dict[str, str]:
    """The public fields of a kind, code → label, in the order of its standards."""
    standards = [each for each in registry.all() if each.kind == kind and not each.accepted_as]
    return {field.code: field.label for standard in standards for field in standard.visible_fields()}


def first_mapping(kind: str) -> dict[str, str]:
    """Every fact and every public field under its own name: where a partner has no names of its own, and where a form begins."""
    return {fact: fact.removeprefix("@") for fact in FACTS} | {code: code for code in public_fields(kind)}
