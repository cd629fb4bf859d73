"""The verbs of the ledger: the only writers of subjects, records, merges and the catalogue."""
