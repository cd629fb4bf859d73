"""What lists tell the ledger of their entries: data standards and cross-field rules, registered in AppConfig.ready()."""

from sanctions.standards.checks import GROUNDS, LISTS, TERMS
from sanctions.standards.declared import ALL, PREFIX

__all__ = ["ALL", "GROUNDS", "LISTS", "PREFIX", "TERMS"]
