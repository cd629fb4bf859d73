"""How entries become a chain (`chain`), how the chain becomes a tree with a head (`merkle`), and how the head is signed (`notes`). Pure."""

from credit_platform.audit.rules.chain import ALGORITHMS, CURRENT_SCHEME, GENESIS, SCHEMES, canonical, link

__all__ = ["ALGORITHMS", "CURRENT_SCHEME", "GENESIS", "SCHEMES", "canonical", "link"]
