"""How entries become a chain (`chain`), how the chain becomes a tree with a head (`merkle`), how the head is signed (`notes`), what else the
platform says under its signature (`jws`), and how an entry is shown to be in the chain (`proofs`). Pure."""

from credit_platform.audit.rules.chain import ALGORITHMS, CURRENT_SCHEME, GENESIS, SCHEMES, canonical, link

__all__ = ["ALGORITHMS", "CURRENT_SCHEME", "GENESIS", "SCHEMES", "canonical", "link"]
