"""The desk's pages of the ledger: each parses, calls one action or query, and renders."""
