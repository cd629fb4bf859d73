"""Cross-field rules, each registered under a stable id and bound to a standard's fields by the roles they play."""

from records.standards.rules import amounts, authorities, documents, periods, subjects
from records.standards.rules.register import RuleInfo, all_rules, bind

__all__ = ["RuleInfo", "all_rules", "amounts", "bind", "documents", "authorities", "periods", "subjects"]
