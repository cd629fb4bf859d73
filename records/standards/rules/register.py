"""The register of cross-field rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from records.standards.working import Check

Maker = Callable[[Mapping[str, str]], Check | None]
"""Binds a rule to the roles of a standard (role → field code); None when the standard has no such fields."""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule as it is listed for people: id, what it checks, its source."""

    id: str
    text: str
    article: str
    maker: Maker


_RULES: dict[str, RuleInfo] = {}


def rule(rule_id: str, text: str, article: str = "") -> Callable[[Maker], Maker]:
    """Register a maker under an id."""

    def register(maker: Maker) -> Maker:
        if rule_id in _RULES:
            raise ValueError(f"rule {rule_id} is registered twice")
        _RULES[rule_id] = RuleInfo(rule_id, text, article, maker)
        return maker

    return register


def bind(rule_ids: tuple[str, ...], roles: Mapping[str, str]) -> tuple[Check, ...]:
    """The checks of the named rules for a standard; KeyError for an unknown id."""
    checks = (_RULES[each].maker(roles) for each in rule_ids)
    return tuple(check for check in checks if check is not None)


def all_rules() -> tuple[RuleInfo, ...]:
    """Every rule, by id."""
    return tuple(_RULES[each] for each in sorted(_RULES))
